"""`ehcp up` with small real programs in place of the other rooms': run as a process of its own.

    python -m tests.local.small_house DATA PORT [--bad-migration] [--bad-pages] [--demo]

Says `ready` once everything answers, and every piece of news.
"""

import sys
from pathlib import Path

from config.settings import Settings
from local.addresses import Addresses
from local.child import Command
from local.errors import LocalError
from local.house import Programs
from local.up import up

MIGRATE = """
import os, psycopg
url = os.environ["EHCP_MIGRATION_URL"].replace("+psycopg", "")
with psycopg.connect(url) as db:
    db.execute("create table if not exists beat (n int)")
    db.execute("grant select, insert on beat to ehcp_app")
"""
WORKER = """
import os, signal, sys, time, psycopg
signal.signal(signal.SIGTERM, lambda *_: (print("asked to end", flush=True), sys.exit(0)))
assert "EHCP_MIGRATION_URL" not in os.environ
n = 0
while True:
    try:
        with psycopg.connect(os.environ["EHCP_DATABASE_URL"].replace("+psycopg", "")) as db:
            while True:
                db.execute("insert into beat values (%s)", [n])
                db.commit()
                n += 1
                time.sleep(0.05)
    except psycopg.OperationalError:
        time.sleep(0.05)
"""
PAGES = """
import http.server, os, sys
class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(os.environ["EHCP_PUBLIC_URL"].encode())
http.server.HTTPServer(("127.0.0.1", int(sys.argv[-1])), Page).serve_forever()
"""
CHORE = "import pathlib, os; pathlib.Path(os.environ['EHCP_DATA_DIR'], 'chore.txt').open('a').write('done ')"


def program(name: str, code: str) -> Command:
    return Command(name, (sys.executable, "-c", code), patience_seconds=5)


def ready(_: Addresses) -> None:
    print("ready", flush=True)


def news(sentence: str) -> None:
    print(sentence, flush=True)


def main() -> None:
    migrate = "raise SystemExit(3)" if "--bad-migration" in sys.argv else MIGRATE
    programs = Programs(
        program("migrate", migrate),
        (program("worker", WORKER),),
        (program("first", CHORE), program("second", CHORE)),
        program("web", "raise SystemExit(4)" if "--bad-pages" in sys.argv else PAGES),
    )
    try:
        up(
            Settings(data_dir=Path(sys.argv[1])), port=int(sys.argv[2]), demo="--demo" in sys.argv,
            on_ready=ready, on_news=news, programs=programs,
        )  # fmt: skip
    except LocalError as error:
        sys.exit(f"refused: {error}")


if __name__ == "__main__":
    main()
