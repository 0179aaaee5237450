"""A case with names that cannot be missed goes through its months and its troubles; then everything is searched for them."""

import csv
import io
import json
import logging
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import redirect_stderr
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import psutil
import psycopg
import pytest
from temporalio.client import WorkflowHandle

from casework.errors import CaseworkError
from casework.recording import record
from config.clock import london_day, utc_now
from config.log import configure_logging
from config.settings import Settings
from local.logs import log_path
from local.postgres import Urls, borrow
from post.servers import server_from_url
from post.smtp import SmtpCourier
from statute.notation import parse_fact
from tests.casework.chasing.council import ACTOR
from tests.cli.conftest import EHCP, Ended, clean_environment, run
from tests.faults.child import BORN, FORENAME, NOTE, REFERENCE, REQUEST, SURNAME, UPN, named_in, typed
from tests.post.mailserver import Mailbox, smtp_server
from tests.support.database import Database
from tests.support.journey import Journey, journey
from tests.support.temporal import skipping_server, sleep_to

pytestmark = [pytest.mark.timeout(180)]

# As a developer's own mistake, or a new constraint, would quote a row: in the message and in its detail.
BROKEN = """
CREATE FUNCTION quote_the_row() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE p person;
BEGIN
  SELECT * INTO p FROM person WHERE id = NEW.person_id;
  RAISE EXCEPTION 'cannot store %', p.surname USING DETAIL = row_to_json(p)::text, HINT = p.upn;
END $$;
CREATE TRIGGER quote_the_row BEFORE UPDATE ON process FOR EACH ROW EXECUTE FUNCTION quote_the_row();
"""
MENDED = "DROP TRIGGER quote_the_row ON process; DROP FUNCTION quote_the_row()"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What a worker with EHCP_LOG_LEVEL=DEBUG would write."""
    root, written = logging.getLogger(), io.StringIO()
    handlers, level = list(root.handlers), root.level
    try:
        with redirect_stderr(written):
            configure_logging(Settings(log_level="DEBUG"))
        yield written
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)


# The journey


async def stumble(case: Journey, database: Database) -> str:
    """At its next wake the clock finds a database that refuses and quotes the child; returns what Temporal says meanwhile."""
    planned = case.process.next_wake
    assert planned is not None
    owner_url = database.owner_url.replace("+psycopg", "")
    with psycopg.connect(owner_url) as owner:
        owner.execute(BROKEN)
    await sleep_to(case.env, planned)
    described = await failed_attempt(case.handles[-1])
    with psycopg.connect(owner_url) as owner:
        owner.execute(MENDED)
    await sleep_to(case.env, planned + timedelta(minutes=10))
    await case.settled()
    return described


async def failed_attempt(handle: WorkflowHandle[Any, Any], seconds: float = 15) -> str:
    """Wait until an activity has failed and is waiting to be tried again."""
    until = monotonic() + seconds
    while True:
        described = str((await handle.describe()).raw_description)
        if "last_failure" in described:
            return described
        assert monotonic() < until, described


async def refused(case: Journey) -> str:
    """What a person is told who records what cannot be, with a note."""
    with pytest.raises(CaseworkError) as refusal:
        record(
            case.council.db,
            REFERENCE,
            [parse_fact("final_plan_sent=2040-01-01")],
            ACTOR,
            await case.now(),
            texts={"note": NOTE},
        )
    return " ".join(refusal.value.messages)


async def temporal_knows(case: Journey) -> list[str]:
    """Every event of every run with its payloads, and the summaries that Temporal's pages show."""
    told: list[str] = []
    for handle in case.handles:
        history = await handle.fetch_history()
        # A payload's bytes stand in the event as they are.
        told += [event.SerializeToString().decode("utf-8", "replace") for event in history.events]
        told += [json.dumps(history.to_json_dict()), str((await handle.describe()).raw_description)]
        told.append(str(await handle.query("__temporal_workflow_metadata")))
    return told


def read(letter: EmailMessage) -> str:
    """Every header and every part of a letter, decoded."""
    headers = [f"{name}: {value}" for part in letter.walk() for name, value in part.items()]
    parts = [part.get_content() for part in letter.walk() if not part.is_multipart()]
    return "\n".join([*headers, *parts])


async def months(case: Journey, database: Database) -> list[str]:
    """Opening, decision, announcement, chasers, escalation, a database error, a refusal, a stop; returns what was said."""
    await case.open(**REQUEST)
    await case.to(28, "14:00")
    await case.say("decision_to_assess={28};seek=health,educational_psychology;reuse=education,social_care")
    await case.say("advice_requested:health={28}", "advice_requested:educational_psychology={28}")
    said = [await stumble(case, database), await refused(case)]
    await case.until(88)
    await case.say("relief={88};limit=reg8_advice;subject=health;ground=personal;from={60};to={100};because=" + NOTE)
    await case.say("withdrawn={88}")
    await case.ended()
    return said


async def test_no_letter_no_history_and_no_log_line_names_the_child(
    database: Database, log: io.StringIO, capfd: pytest.CaptureFixture[str]
) -> None:
    post = Mailbox()
    async with skipping_server() as env, smtp_server(post) as port:
        courier = SmtpCourier(server_from_url(f"smtp://127.0.0.1:{port}"))
        async with journey(env, database, courier) as case:
            said = await months(case, database)
            histories = await temporal_knows(case)
    letters = [read(letter) for letter in post.letters]
    printed = capfd.readouterr()

    kinds = {message.kind for message in case.council.messages(case.process_id, "sent")}
    assert {"announce", "chase", "escalate", "stop"} <= kinds
    assert any("(P0001)" in line for line in histories), "the database did refuse, and the histories say so"
    assert "ApplicationError at" in log.getvalue(), "and so does the log"
    assert len(case.council.messages(case.process_id, "sent")) >= 10

    for text in [*letters, *(raw.decode() for raw in post.raw), *histories, log.getvalue(), printed.out, printed.err]:
        assert named_in(text) == []
    for text in said:
        assert set(named_in(text)) <= {REFERENCE}


# Real commands


def watched(folder: Path, *words: str, stdin: str = "") -> tuple[Ended, set[str]]:
    """Run a command and keep every command line that any process of this machine shows meanwhile."""
    env = {**clean_environment(), "EHCP_DATA_DIR": str(folder), "EHCP_ACTOR": "t.tester", "EHCP_LOG_LEVEL": "DEBUG"}
    running = subprocess.Popen([EHCP, *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                               text=True, cwd="/", env=env)  # fmt: skip
    assert running.stdin
    running.stdin.write(stdin)
    running.stdin.close()
    running.stdin = None
    seen: set[str] = set()
    until = monotonic() + 60
    while running.poll() is None and monotonic() < until:
        seen |= {" ".join(each.info["cmdline"] or ()) for each in psutil.process_iter(["cmdline"])}
        sleep(0.1)
    out, err = running.communicate(timeout=10)
    return Ended(running.returncode, out, err), seen


@pytest.fixture(scope="module")
def urls(folder: Path) -> Iterator[Urls]:
    """The embedded database, kept running between the commands."""
    with borrow(Settings(data_dir=folder / "data")) as urls:
        yield urls


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("personal")


def sheet(folder: Path) -> Path:
    """A file in which the child's row cannot be timed."""
    path = folder / "cases.csv"
    row = {"case_ref": "ZQ-2", "surname": SURNAME, "forename": FORENAME, "date_of_birth": str(BORN), "upn": UPN,
           "request_source": "2", "received": "32/13/2026"}  # fmt: skip
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, row)
        writer.writeheader()
        writer.writerow(row)
    return path


def test_no_other_on_the_machine_sees_the_child_in_the_list_of_processes(folder: Path, urls: Urls) -> None:
    received = london_day(utc_now()) - timedelta(days=30)
    opened, shown = watched(folder / "data", "open", "-", "--json", stdin=json.dumps(typed(received)))
    assert opened.code == 0, opened.err
    views = ("record", REFERENCE, f"family_views={received};from=parent", "--note", "-")
    recorded, also_shown = watched(folder / "data", *views, stdin=NOTE)
    assert recorded.code == 0, recorded.err
    assert any("ehcp open" in line for line in shown)
    assert any("ehcp record" in line for line in also_shown)
    assert any("postgres" in line for line in shown)
    for line in shown | also_shown:
        assert set(named_in(line)) <= {REFERENCE}, line


def test_what_a_command_refuses_does_not_repeat_the_child(folder: Path, urls: Urls) -> None:
    fields = typed(london_day(utc_now()))
    refused: Sequence[tuple[int, tuple[str, ...], str]] = (
        (3, ("open", "-"), json.dumps({**fields, "case_ref": ""})),
        (1, ("open", "-"), json.dumps({**fields, "surname": [SURNAME], "date_of_birth": "3rd February 2015"})),
        (2, ("open", "-"), f"surname: {SURNAME}"),
        (1, ("record", REFERENCE, "final_plan_sent=2040-01-01", "--note", "-"), NOTE),
        (0, ("import", str(sheet(folder))), ""),
    )
    for code, words, stdin in refused:
        done = run(*words, stdin=stdin, EHCP_DATA_DIR=str(folder / "data"), EHCP_ACTOR="t.tester")
        assert done.code == code, (words, done)
        assert set(named_in(done.out + done.err)) <= {REFERENCE}, words


def test_the_log_of_the_embedded_database_quotes_nothing(folder: Path, urls: Urls) -> None:
    with (
        psycopg.connect(urls.app_url.replace("+psycopg", "")) as application,
        pytest.raises(psycopg.errors.UniqueViolation),
    ):
        application.execute(f"INSERT INTO person SELECT * FROM person WHERE surname = '{SURNAME}'".encode())
    written = log_path(folder / "data", "postgres").read_text()
    assert "pk_person" in written, "the server does log errors"
    assert named_in(written) == []
