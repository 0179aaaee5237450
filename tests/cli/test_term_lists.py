"""`ehcp reviews term-list ...`: the lists before a term, the names in a file of one's own, the word that it was sent."""

import csv
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest
from sqlmodel import Session, select

from casework.term_lists import prepare_due
from config.clock import london_day, utc_now
from records.tables import Person
from tests.casework.chasing.council import Council
from tests.cli.conftest import Ehcp
from tests.support.database import Database

TODAY = london_day(utc_now())
# Near enough that its lists are to be prepared, and far enough that they are not late.
TERM = TODAY + timedelta(days=20)


@pytest.fixture
def lists(ehcp: Ehcp, database: Database) -> Ehcp:
    """A council with one child at a setting whose review is due in the coming term, and the lists prepared."""
    now, council = utc_now(), Council(database.engine)
    council.furnish()
    council.terms((TERM.isoformat(), (TERM + timedelta(days=70)).isoformat()))
    reviewed = (TODAY - timedelta(days=300)).isoformat()
    council.plan("A-1", f"plan_made={reviewed}", now=now)
    with Session(database.engine) as session, session.begin():
        child = session.exec(select(Person)).one()
        child.forename = "=HYPERLINK()"
        session.add(child)
    prepare_due(database.engine, now)
    return ehcp


def test_the_lists_are_shown_with_how_they_stand_and_without_names(lists: Ehcp) -> None:
    shown = lists("reviews", "term-lists", "--json")
    (mine,) = (row for row in shown.json["lists"] if row["recipient"] == "117222")
    assert (mine["name"], mine["count"], mine["state"], mine["sent_on"]) == ("Setting 117222", 1, "ready", None)
    assert (mine["term_start"], mine["due_on"]) == (TERM.isoformat(), (TERM - timedelta(days=15)).isoformat())
    table = lists("reviews", "term-lists")
    assert "Disabled Children Team" in table.out
    assert "Surname" not in shown.out + table.out


@pytest.mark.parametrize("option", ["--csv", "--xlsx"])
def test_a_list_is_a_file_that_only_its_owner_reads_and_no_cell_is_a_formula(
    lists: Ehcp, tmp_path: Path, option: str
) -> None:
    file = tmp_path / f"list.{option[2:]}"
    done = lists("reviews", "term-list", "--setting", "117222", option, str(file))
    assert done.code == 0, done.err
    assert done.out == ""
    assert "1 child written to" in done.err
    assert f"term-list-sent --setting 117222 --term {TERM}" in done.err
    assert "Surname" not in done.err
    assert file.stat().st_mode & 0o777 == 0o600
    if option == "--csv":
        assert file.read_bytes().startswith(b"\xef\xbb\xbf")  # or Excel would spoil every name with an accent
        (row,) = csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines())
    else:
        heading, line = openpyxl.load_workbook(file).active.iter_rows(values_only=True)  # pyright: ignore
        row = dict(zip(heading, line, strict=True))
    assert (row["surname"], row["forename"], row["setting"]) == ("Surname-A-1", "'=HYPERLINK()", "Setting 117222")


def test_a_list_that_was_sent_is_said_so_once_and_stays(lists: Ehcp) -> None:
    words = ("reviews", "term-list-sent", "--service", "health", "--term", TERM.isoformat())
    sent = lists(*words, "--json").json
    assert sent["sent_on"] in {TODAY.isoformat(), london_day(utc_now()).isoformat()}  # midnight may have passed
    assert sent["sent_by"] == "t.tester"
    assert (
        lists(*words, EHCP_ACTOR="somebody.else").out.rstrip().endswith(f"by t.tester: the list of health for {TERM}.")
    )
    states = {row["recipient"]: row["state"] for row in lists("reviews", "term-lists", "--json").json["lists"]}
    assert states == {"117222": "ready", "health": "sent", "social_care": "ready"}


REFUSED: list[tuple[tuple[str, ...], int, str]] = [
    (("term-list", "--csv", "x.csv"), 2, "name one of --setting URN and --service"),
    (("term-list", "--setting", "1", "--service", "health", "--csv", "x.csv"), 2, "name one of --setting URN"),
    (("term-list", "--setting", "117222"), 2, "the list holds names and is not shown"),
    (("term-list", "--service", "police", "--csv", "x.csv"), 2, "there is no list for police"),
    (("term-list", "--setting", "555", "--csv", "x.csv"), 1, "not in the directory of settings"),
    (("term-list", "--setting", "117222", "--csv", "/nowhere/x.csv"), 1, "cannot be written"),
    (
        ("term-list", "--setting", "117222", "--term", "2031-01-01", "--csv", "x.csv"),
        1,
        "No term of setting 117222",
    ),
    (("term-list-sent", "--setting", "555", "--term", "2031-01-01"), 1, "No term list was prepared for 555"),
]


def test_what_cannot_be_is_refused_with_what_to_do(lists: Ehcp) -> None:
    for words, code, said in REFUSED:
        done = lists("reviews", *words)
        assert (done.code, said in done.err) == (code, True), (words, done.err)
    assert not Path("x.csv").exists()
