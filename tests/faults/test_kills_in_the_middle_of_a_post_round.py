"""Worker, Postgres and Temporal are killed while letters are on their way: nothing is lost, at most one comes twice."""

import asyncio
import csv
import json
import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, time, timedelta
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from uuid import uuid4

import psutil
import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import OperationalError
from temporalio.client import Client

from casework.actor import Actor
from casework.arming import All, arm
from config.clock import london_day, utc_now, utc_of_london
from engine.plugin import ehcp_plugin
from statute.calendar import operational_due
from tests.cli.conftest import EHCP, Ended, clean_environment, run_process
from tests.faults.slow_post import SlowPost

pytestmark = [pytest.mark.timeout(300)]

SCHOOLS = 24
WAITING = "SELECT count(*) FROM message WHERE status IN ('queued', 'sending')"
LOST = "SELECT count(*) FROM message WHERE status NOT IN ('sent', 'skipped')"


@dataclass
class House:
    """An `ehcp up` with its mail server, and what can be done to it."""

    folder: Path
    up: subprocess.Popen[bytes]
    post: SlowPost
    log: Path

    def ehcp(self, *words: str) -> Ended:
        return run_process(
            *words, EHCP_DATA_DIR=str(self.folder), EHCP_SMTP_URL=self.post.url, EHCP_MAIL_FROM="clock@council.example"
        )

    @property
    def addresses(self) -> dict[str, Any]:
        return json.loads((self.folder / "run" / "addresses.json").read_text())

    def kill(self, program: str) -> None:
        """Kill -9 what runs here under that word of its command line, and only what runs here.

        What an earlier kill left behind may be ending, and its successor beginning, at this very moment.
        """
        self.wait_until(lambda: self._killed(program), f"a running {program} to kill")

    def _killed(self, program: str) -> int:
        killed = 0
        for each in psutil.Process(self.up.pid).children(recursive=True):
            with suppress(psutil.NoSuchProcess, psutil.ZombieProcess):
                if program in " ".join(each.cmdline()):
                    each.kill()
                    killed += 1
        return killed

    def engine(self) -> Engine:
        return create_engine(self.addresses["database_url"])

    def ask(self, query: str) -> int:
        db = self.engine()
        try:
            with db.connect() as connection:
                return connection.execute(text(query)).scalar_one()
        except OperationalError:
            return -1
        finally:
            db.dispose()

    def wait_until(self, true: Callable[[], object], what: str, seconds: float = 90) -> None:
        until = monotonic() + seconds
        while not true():
            assert monotonic() < until, f"{what}: {self.log.read_text()[-1500:]}"
            sleep(0.3)

    def order_round(self) -> None:
        async def order() -> None:
            client = await Client.connect(self.addresses["temporal_address"], plugins=[ehcp_plugin()])
            await client.start_workflow("PostRoundWorkflow", True, id=f"post-{uuid4()}", task_queue="ehcp")

        asyncio.run(order())


def last_working_day() -> date:
    """The last day whose rungs have all come by now: none falls on a day without post, or before the morning."""
    return operational_due(london_day(utc_now() - timedelta(hours=9)))


def caseload(path: Path, name: str, days_ago: int) -> Path:
    """Cases whose four pieces of advice fall due on the last working day, each at a school of its own."""
    today = last_working_day()
    columns = [
        "case_ref",
        "surname",
        "forename",
        "date_of_birth",
        "setting_urn",
        "request_source",
        "received",
        "decision",
        "decision_notified",
        "advice_requested",
        "caseworker",
        "team",
    ]
    with path.open("w", newline="") as file:
        out = csv.writer(file)
        out.writerow(columns)
        for number in range(SCHOOLS):
            out.writerow(
                [
                    f"{name}-{number:03}",
                    f"Surname{name}{number}",
                    "Forename",
                    f"2016-03-{number % 28 + 1:02}",
                    f"{100000 + number}",
                    "2",
                    today - timedelta(days_ago + 30),
                    "assess",
                    today - timedelta(days_ago + 2),
                    today - timedelta(days_ago),
                    "",
                    "East",
                ]
            )
    return path


def directories(folder: Path) -> None:
    (folder / "settings.csv").write_text(
        "urn,name,email,head_email\n"
        + "".join(
            f"{100000 + n},School {n},senco.{n}@schools.example,head.{n}@schools.example\n" for n in range(SCHOOLS)
        )
    )
    (folder / "services.csv").write_text(
        "who,body,name,section_31,email,manager_email,lead_email,fallback_email\n"
        "health,paeds,Paediatrics,yes,p@nhs.example,pm@nhs.example,dco@nhs.example,po@nhs.example\n"
        "educational_psychology,eps,Psychology,no,ep@council.example,epm@council.example,pep@council.example,epo@council.example\n"
        "social_care,dct,Social Care,no,dct@council.example,dctm@council.example,dsco@council.example,fd@council.example\n"
    )


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("faults")
    post, log = SlowPost(pause=0.25), folder / "up.log"
    post.start()
    settings = {
        "EHCP_DATA_DIR": str(folder / "data"),
        "EHCP_SMTP_URL": post.url,
        "EHCP_MAIL_FROM": "clock@council.example",
    }
    with log.open("wb") as out:
        up = subprocess.Popen(
            [EHCP, "up", "--port", "18700"],
            stdout=out,
            stderr=out,
            cwd="/",
            env={**clean_environment(), **settings},
            start_new_session=True,
        )
    made = House(folder / "data", up, post, log)
    try:
        made.wait_until(lambda: "is up" in log.read_text(), "ehcp up")
        directories(folder)
        for kind in ("services", "settings"):
            done = made.ehcp(kind, "import", str(folder / f"{kind}.csv"))
            assert done.code == 0, done.err
        yield made
    finally:
        os.kill(made.up.pid, signal.SIGINT)
        made.up.wait(timeout=60)
        post.stop()


def fill(house: House, name: str, days_ago: int) -> int:
    """Put a round's worth of messages in the queue; returns how many letters there will be."""
    done = house.ehcp("import", str(caseload(house.folder.parent / f"{name}.csv", name, days_ago)))
    assert done.code == 0, done.err
    db, now = house.engine(), utc_now()
    try:
        arm(db, All(), Actor("t.tester", "cli"), now, armed_from=utc_of_london(last_working_day(), time.min))
    finally:
        db.dispose()
    expected = f"SELECT count(*) FROM message m JOIN process p ON p.id = m.process_id WHERE p.case_ref LIKE '{name}-%'"
    house.wait_until(
        lambda: house.ask(expected + " AND m.status = 'queued'") >= 4 * SCHOOLS, "the messages are put down"
    )
    return house.ask("SELECT count(DISTINCT recipient) FROM message WHERE status = 'queued'")


def delivered(house: House) -> bool:
    return house.ask(WAITING) == 0


def nothing_lost(house: House) -> None:
    assert house.ask(LOST) == 0
    assert house.ask("SELECT count(*) FROM digest WHERE sent_at IS NULL AND id IN (SELECT digest_id FROM message)") == 0
    stored = house.ask("SELECT count(*) FROM digest WHERE sent_at IS NOT NULL")
    assert len(house.post.copies()) == stored


def twice(house: House) -> int:
    return sum(number - 1 for number in house.post.copies().values())


def test_each_is_killed_in_turn_and_every_letter_arrives(house: House) -> None:
    # One round of letters, three kills: the round that was killed goes on, or the next one takes over what it had claimed.
    letters = fill(house, "KIL", 42)
    assert letters >= SCHOOLS
    house.order_round()
    house.post.wait_for(4)
    house.kill("temporal")
    house.post.wait_for(8)
    assert twice(house) == 0, "while Temporal is away the round goes on"
    house.kill("postgres")
    house.post.wait_for(12, seconds=120)
    house.kill("worker")
    house.wait_until(lambda: house.ehcp("post").code == 0 and delivered(house), "what was claimed is taken over", 150)
    nothing_lost(house)
    assert twice(house) <= 2, (
        "one letter for the kill of Postgres, one for the kill of the worker: both were accepted, not yet noted"
    )


def test_the_workflows_are_all_there_again(house: House) -> None:
    def well() -> bool:
        checks = {check["what"]: check["well"] for check in house.ehcp("doctor", "--json").json["checks"]}
        return checks["Temporal"] and checks["worker"] and checks["oldest wake"] and checks["database"]

    house.wait_until(well, "all is well again")

    async def running() -> int:
        from engine.running import running_ids

        return len(
            await running_ids(await Client.connect(house.addresses["temporal_address"], plugins=[ehcp_plugin()]))
        )

    house.wait_until(lambda: asyncio.run(running()) == SCHOOLS, "every open case has its workflow")


def test_the_supervisor_is_killed_and_started_again(house: House) -> None:
    os.kill(house.up.pid, signal.SIGKILL)
    house.up.wait(timeout=10)
    settings = {
        "EHCP_DATA_DIR": str(house.folder),
        "EHCP_SMTP_URL": house.post.url,
        "EHCP_MAIL_FROM": "clock@council.example",
    }
    with house.log.open("wb") as out:
        house.up = subprocess.Popen(
            [EHCP, "up", "--port", "18700"],
            stdout=out,
            stderr=out,
            cwd="/",
            env={**clean_environment(), **settings},
            start_new_session=True,
        )
    house.wait_until(lambda: "is up" in house.log.read_text(), "ehcp up after kill -9")
    assert house.ask("SELECT count(*) FROM process") == SCHOOLS
    copies = house.post.copies()
    assert house.ehcp("post").code == 0
    assert house.post.copies() == copies, "nothing is sent again"
