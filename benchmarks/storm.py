"""A Monday morning's storm: 5,000 notices for 800 people go out as 800 digests, ten mails a second.

1,250 cases have four pieces of advice due that day. A setting is asked about one or two of them, a desk of the health,
the psychology or the social care service about 125: the letters are of very different lengths, as in life. A real mail
server takes them in a process of its own; the round runs in another, whose memory is measured.
"""

import csv
import multiprocessing
import subprocess
import sys
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, time, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from time import monotonic, process_time

from sqlalchemy import text

from benchmarks.measure import Figure
from benchmarks.place import Town, town
from casework.actor import Actor
from casework.arming import All, arm
from casework.caseload.importing import import_caseload
from casework.chasing import carry_out
from casework.directories import import_services, import_settings
from casework.mailing import courier_of
from casework.round import post_round
from config.clock import utc_of_london
from config.settings import Settings
from post.house import House
from records.database import connect

CASES, SETTINGS, DESKS = 1_250, 770, 10
CATEGORIES = ("health", "educational_psychology", "social_care")
NOTICES, PEOPLE = CASES * (1 + len(CATEGORIES)), SETTINGS + DESKS * len(CATEGORIES)
PER_SECOND = 10.0
PATIENCE_SECONDS = 900
MONDAY = date(2026, 11, 16)
ASKED = MONDAY - timedelta(weeks=6)
MORNING = utc_of_london(MONDAY, time(8, 30))
HOUSE = House("Exampleshire Council", "ehc-clock@council.example", "send-team@council.example", "01632 960123")
ACTOR = Actor("bench", "cli")
# Each category has so many desks, and the cases take turns among them.
SHARED_OUT = """
UPDATE advice_request SET body_id = desk.id
FROM (SELECT id, category, row_number() OVER (PARTITION BY category ORDER BY code) - 1 AS place FROM body) desk,
     (SELECT id, row_number() OVER (ORDER BY id) AS place FROM process) numbered
WHERE advice_request.process_id = numbered.id AND advice_request.category = desk.category
  AND desk.place = numbered.place % :desks
"""
WAITING = text("SELECT count(*), count(DISTINCT recipient) FROM message WHERE status = 'queued'")


@dataclass(frozen=True, slots=True)
class Gone:
    """What the round says of itself: notices and letters, seconds in all, seconds of a processor (Postgres' own not
    among them), and its peak of memory in megabytes.
    """

    notices: int
    letters: int
    seconds: float
    worked: float
    megabytes: float


def measure() -> Iterator[Figure]:
    """The rate against the configured one, the time of the whole storm, and the round's peak of memory."""
    with town() as place, sink() as (port, ended):
        storm(place)
        gone = in_a_process_of_its_own(place.urls.app_url, port)
        taken = ended()
    assert (gone.notices, gone.letters) == (NOTICES, PEOPLE), gone
    assert taken == [PEOPLE, PEOPLE], f"the mail server took {taken}"
    what = f"{gone.notices:,} notices to {gone.letters} people"
    yield Figure(
        f"{what}, configured for {PER_SECOND:g} mails a second", gone.letters / gone.seconds, PEOPLE / 300, "/s", True
    )
    yield Figure(f"{what}, the whole round", gone.seconds, 300, "s")
    yield Figure(f"{what}, the round's own work on one core", gone.worked, 240, "s")
    yield Figure(f"{what}, the round's peak of memory", gone.megabytes, 300, "MB")


def storm(place: Town) -> None:
    """The cases, and their notices put down for this morning."""
    _directories(place)
    import_caseload(place.db, _caseload(place.folder), ACTOR, MORNING)
    place.fill(SHARED_OUT, desks=DESKS)
    arm(place.db, All(), ACTOR, MORNING, armed_from=utc_of_london(MONDAY, time.min))
    with place.db.connect() as connection:
        processes = connection.scalars(text("SELECT id FROM process")).all()
    for process_id in processes:
        carry_out(place.db, process_id, MORNING)
    with place.db.connect() as connection:
        notices, people = connection.execute(WAITING).one()
    assert (notices, people) == (NOTICES, PEOPLE), f"{notices} notices wait for {people} people"


def in_a_process_of_its_own(database: str, port: int) -> Gone:
    """The round as a worker makes it."""
    ours, theirs = multiprocessing.Pipe(duplex=False)
    child = multiprocessing.get_context("spawn").Process(target=_round, args=(database, port, theirs))
    child.start()
    try:
        assert ours.poll(PATIENCE_SECONDS), "the round did not end"
        return ours.recv()
    finally:
        child.terminate()
        child.join(timeout=10)


def _round(database: str, port: int, answer: Connection) -> None:
    db = connect(database)
    courier = courier_of(Settings(smtp_url=f"smtp://127.0.0.1:{port}", mails_per_second=PER_SECOND), db)
    begin = monotonic()
    result = post_round(db, MORNING, courier, HOUSE)
    answer.send(Gone(result.sent, result.letters, monotonic() - begin, process_time(), _peak()))


def _peak() -> float:
    """The most memory that this program has held, in megabytes."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1e3 for line in lines if line.startswith("VmHWM"))


@contextmanager
def sink() -> Generator[tuple[int, "Ended"]]:
    """A mail server on a free port."""
    server = subprocess.Popen([sys.executable, "-m", "benchmarks.sink"], stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    try:
        yield int(server.stdout.readline()), Ended(server)
    finally:
        server.kill()
        server.wait(timeout=10)


@dataclass(frozen=True, slots=True)
class Ended:
    """Ends the server; how many letters and recipients it had."""

    server: "subprocess.Popen[str]"

    def __call__(self) -> list[int]:
        self.server.terminate()
        told, _ = self.server.communicate(timeout=10)
        return [int(word) for word in told.split()]


def _directories(place: Town) -> None:
    settings = place.folder / "settings.csv"
    _write(
        settings,
        ["urn", "name", "email"],
        [[100_000 + n, f"School {n}", f"senco.{n}@schools.example"] for n in range(SETTINGS)],
    )
    services = place.folder / "services.csv"
    desks = [(category, n) for category in CATEGORIES for n in range(DESKS)]
    columns = ["who", "body", "name", "section_31", "email"]
    _write(services, columns, [[who, f"desk{n}", f"{who} {n}", "no", f"{who}.{n}@nhs.example"] for who, n in desks])
    import_settings(place.db, settings, ACTOR, MORNING)
    import_services(place.db, services, ACTOR, MORNING)


def _caseload(folder: Path) -> Path:
    path = folder / "storm.csv"
    columns = ["case_ref", "surname", "forename", "date_of_birth", "setting_urn", "request_source"]
    columns += ["received", "decision", "decision_notified", "advice_requested"]
    days = [ASKED - timedelta(days=28), "assess", ASKED, ASKED]
    _write(path, columns, [
        [f"STORM-{n:04}", f"Surname{n}", "Forename", f"2016-03-{n % 28 + 1:02}", 100_000 + n % SETTINGS, "2", *days]
        for n in range(CASES)
    ])  # fmt: skip
    return path


def _write(path: Path, columns: list[str], rows: list[list[object]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([columns, *rows])
