"""The backlog of annual reviews: who is on which pile, on which day, and for whom; how the year goes."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlmodel import Session

from casework.actor import Actor
from casework.backlog import Outstanding, backlog, no_meeting
from casework.backlog_queries import Whose
from casework.month_end import close_month, position_of
from casework.plans import open_plan
from casework.recording import record
from casework.review_progress import progress
from records.tables import Person
from statute.notation import parse_fact
from tests.casework.support import NOW, OFFICER, TODAY, Council, at, council_of
from tests.support.database import Cluster

MADE = "plan_made=2024-03-01"
REVIEWED = "last_review=2026-01-10;meeting=2025-12-15"
MEETING = "review_meeting=2026-10-05"  # its decision was due on 2 November
OTHER = Actor("p.singh", "cli")

# reference: facts of the plan, of its review, and where the child is taught
PLANS: dict[str, tuple[tuple[str, ...], tuple[str, ...], str | None]] = {
    "maintain": (
        (MADE, REVIEWED),
        (MEETING, "review_report_received=2026-10-20;recommends=maintain"),
        "117222",
    ),
    "older": (
        (MADE, REVIEWED),
        ("review_meeting=2026-09-01", "review_report_received=2026-09-14;recommends=maintain"),
        "117222",
    ),
    "amend": ((MADE, REVIEWED), (MEETING, "review_report_received=2026-10-20;recommends=amend"), "117222"),
    "silent": ((MADE, REVIEWED), (MEETING,), "117222"),
    "cease": ((MADE, REVIEWED), (MEETING, "review_report_received=2026-10-20;recommends=cease"), "117222"),
    "changed": (
        (MADE, REVIEWED),
        (MEETING, "review_report_received=2026-10-20;recommends=maintain;changed_needs=yes"),
        "117222",
    ),
    "no-place": ((MADE, REVIEWED), (MEETING, "review_report_received=2026-10-20;recommends=maintain"), None),
    "at-home": (
        (MADE, REVIEWED),
        (
            "review_arranged_by=2026-09-01;by=authority",
            MEETING,
            "review_report_received=2026-10-20;recommends=maintain",
        ),
        None,
    ),
    "transfer": (
        (MADE, REVIEWED, "phase_transfer:school=2027-09-01"),
        (MEETING, "review_report_received=2026-10-20;recommends=maintain"),
        "117222",
    ),
    "no-notice": ((MADE, REVIEWED), (MEETING, "decision_amend=2026-10-30;to=family,setting"), "117222"),
    "decided": ((MADE, REVIEWED), (MEETING, "decision_maintain=2026-10-30;to=family,setting"), "117222"),
    "in-time": ((MADE, REVIEWED), ("review_meeting=2026-11-10",), "117222"),
    "never-met": ((MADE, "last_review=2025-10-10;meeting=2025-09-15"), (), "117222"),
    "invited": ((MADE, REVIEWED), ("review_invited=2026-11-01;meeting=2026-12-01",), "117222"),
    "moving-on": (
        (MADE, "last_review=2026-11-01;meeting=2026-10-02", "phase_transfer:post16_move=2027-05-20"),
        (),
        "117222",
    ),
    "far-off": ((MADE, "last_review=2026-10-10;meeting=2026-09-15"), (), "117222"),
}


@pytest.fixture(scope="module")
def council(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory):
    database = cluster.create()
    town = council_of(database.engine, tmp_path_factory.mktemp("backlog"))
    for number, (name, (begun, happened, setting)) in enumerate(PLANS.items()):
        _plan(town, name, number, begun, setting)
        if happened:
            record(
                town.db, f"{name}/R1", [parse_fact(fact) for fact in happened], OFFICER, at("2026-11-12"), confirm=True
            )
    yield town
    database.engine.dispose()
    cluster.drop(database.name)


def _plan(town: Council, name: str, number: int, begun: tuple[str, ...], setting: str | None) -> None:
    with Session(town.db) as session, session.begin():
        person = Person(
            authority="000",
            surname=name.title(),
            forename="Kit",
            date_of_birth=date(2014, 1, 1 + number),
            setting_urn=setting,
            sensitivity="restricted" if name == "cease" else "ordinary",
            restricted_to=["a.marsh"] if name == "cease" else [],
        )
        session.add(person)
        session.flush()
        officer = "a.marsh" if number % 2 else "p.singh"
        facts = [parse_fact(fact) for fact in begun]
        open_plan(session, person, name, facts, OFFICER, at("2026-11-01"), officer=officer, team="East")


def names(found: tuple[Outstanding, ...]) -> list[str]:
    return [each.plan_ref for each in found]


def test_what_cannot_wait_comes_first_and_what_needs_only_a_letter_last(council: Council) -> None:
    found = backlog(council.db, OFFICER, TODAY).items
    piles = {
        pile: {each.plan_ref for each in found if each.pile == pile} for pile in ("urgent", "to_decide", "maintain")
    }
    assert piles["urgent"] == {"changed", "no-place", "transfer"}
    assert piles["maintain"] == {"older", "maintain", "at-home"}
    assert piles["to_decide"] == {"amend", "silent", "cease", "no-notice", "in-time"}
    assert [each.pile for each in found] == sorted(
        (each.pile for each in found), key=["urgent", "to_decide", "maintain"].index
    )


def test_in_each_pile_the_oldest_is_first(council: Council) -> None:
    assert names(backlog(council.db, OFFICER, TODAY, pile="maintain").items) == ["older", "at-home", "maintain"]


@pytest.mark.parametrize(
    ("name", "reasons", "recommends", "decided", "late"),
    [
        ("changed", "changed_needs", "maintain", "", 18),
        ("no-place", "no_place", "maintain", "", 18),
        ("transfer", "phase_transfer", "maintain", "", 18),
        ("silent", "", "", "", 18),
        ("no-notice", "", "", "amend", 18),
        ("in-time", "", "", "", -18),
    ],
)
def test_each_says_why_it_lies_where_it_lies(
    council: Council, name: str, reasons: str, recommends: str, decided: str, late: int
) -> None:
    (found,) = [each for each in backlog(council.db, OFFICER, TODAY).items if each.plan_ref == name]
    assert (found.reasons, found.recommends, found.decided, found.days_overdue) == (reasons, recommends, decided, late)


def test_a_restricted_child_is_listed_to_named_staff_alone(council: Council) -> None:
    assert "cease" not in names(backlog(council.db, OTHER, TODAY).items)
    assert "cease" in names(backlog(council.db, OFFICER, TODAY).items)


def test_it_narrows_to_an_officer_a_setting_and_a_duty(council: Council) -> None:
    mine = backlog(council.db, OFFICER, TODAY, whose=Whose(officer="a.marsh")).items
    assert {each.officer for each in mine} == {"a.marsh"}
    assert names(backlog(council.db, OFFICER, TODAY, whose=Whose(setting="000000")).items) == []
    assert names(backlog(council.db, OFFICER, TODAY, limit="devon_final").items) == ["no-notice"]


def test_a_past_day_shows_what_was_outstanding_then(council: Council) -> None:
    then = backlog(council.db, OFFICER, TODAY, as_of=date(2026, 9, 20)).items
    assert names(then) == ["older"]
    assert "decided" in names(backlog(council.db, OFFICER, TODAY, as_of=date(2026, 10, 29)).items)


def test_what_was_known_on_a_day_is_another_question(council: Council) -> None:
    """All was recorded on 12 November: the day before, nothing was known of any meeting."""
    assert backlog(council.db, OFFICER, TODAY, known_on=date(2026, 11, 11)).items == ()
    known = backlog(council.db, OFFICER, TODAY, as_of=TODAY, known_on=TODAY).items
    assert known == backlog(council.db, OFFICER, TODAY).items


def test_reviews_without_a_meeting_are_listed_once_their_clock_runs(council: Council) -> None:
    found = no_meeting(council.db, OFFICER, TODAY).items
    assert [each.plan_ref for each in found] == ["never-met", "moving-on", "invited"]
    assert found[0].days_overdue == (TODAY - date(2026, 10, 9)).days
    assert found[2].planned == date(2026, 12, 1)
    assert found[1].transfer_due is not None and found[1].transfer_due < found[2].legal_due < found[1].legal_due


def test_the_year_is_told_by_reviews_complete_of_those_expected(council: Council) -> None:
    """Of the reviews due in 2027 one is complete; the one that was due in 2026 is overdue."""
    coming, this = (progress(council.db, OFFICER, TODAY, year=year) for year in (2027, 2026))
    assert (this.expected, this.complete, this.overdue, this.year_gone) == (1, 0, 1, 88)
    # Fifteen first cycles, and the second ones of the two that are decided, which fall due on 29 October 2027.
    assert (coming.expected, coming.complete, coming.in_time, coming.overdue) == (17, 2, 2, 0)


def test_a_month_is_closed_once_and_does_not_change_afterwards(council: Council, tmp_path: Path) -> None:
    first = datetime(2026, 11, 1, 1, 30, tzinfo=UTC)
    assert close_month(council.db, first) is True
    kept = position_of(council.db, date(2026, 10, 31))
    assert kept is not None
    assert kept["outstanding"]["maintain"] == 3
    assert close_month(council.db, NOW) is False
    assert position_of(council.db, date(2026, 10, 31)) == kept
    assert position_of(council.db, date(2026, 9, 30)) is None
