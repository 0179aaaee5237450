"""Frozen months: what was told stays as it was told, whatever is recorded, corrected or erased afterwards."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from casework.actor import Actor
from casework.opening import Opened
from records.erasure import erase_texts
from records.tables import Process
from scorecard.measure import Group, Measure, Shape, Source, Span
from scorecard.notes import Note, write_note
from scorecard.snapshots import hashing
from scorecard.snapshots.freezing import NotOver, freeze
from scorecard.snapshots.hashing import definitions_of
from scorecard.snapshots.reading import Frozen, frozen, frozen_cases, frozen_months, is_intact
from scorecard.snapshots.restating import restated
from tests.casework.support import NOW, OFFICER, Council, at
from tests.scorecard.conftest import write
from tests.support.database import Database

IN_TIME = Measure(
    id="in_time",
    name="Plans within twenty weeks",
    definition="Of the final plans sent in the month, the share sent within 140 days.",
    group=Group.PLANS,
    shape=Shape.SHARE,
    population="plans",
    counted="days <= 140",
    parts="source",
    source=Source.DFE,
    target=Decimal(60),
)
OPEN = Measure(
    id="open",
    name="Open assessments",
    definition="Assessments under way on the last day of the month.",
    group=Group.OPEN,
    shape=Shape.COUNT,
    population="open",
    source=Source.LAW,
    span=Span.DAY,
)
MEASURES = (IN_TIME, OPEN)
APRIL, MAY = date(2026, 4, 30), date(2026, 5, 31)
READER = Actor("m.east", "web")


def planned(council: Council, received: str, final: str) -> Opened:
    """A case with a final plan."""
    case = council.opens(received)
    write(council, case, "decision_to_assess=2026-02-10", f"final_plan_sent={final}")
    return case


def taken(council: Council) -> tuple[Frozen, Opened, Opened]:
    """May 2026, with one plan in time, one late and one case open, frozen in June; then the late case and the open."""
    planned(council, "2026-01-05", "2026-05-25")
    late = planned(council, "2026-01-04", "2026-05-25")
    still_open = council.opens("2026-04-01")
    assert freeze(council.db, MAY, READER, at("2026-06-01"), MEASURES)
    found = frozen(council.db, MAY)
    assert found is not None
    return found, late, still_open


def test_a_month_is_frozen_once_with_its_figures_and_targets(council: Council) -> None:
    found, _, _ = taken(council)
    assert [(each.measure_id, each.part) for each in found.figures] == [("in_time", ""), ("in_time", "1"), ("open", "")]
    first = found.of("in_time")
    assert first is not None
    assert (first.numerator, first.denominator, first.value, first.target) == (1, 2, Decimal("50.0"), Decimal(60))
    assert freeze(council.db, MAY, READER, at("2026-06-02"), MEASURES) is None
    assert frozen_months(council.db) == [MAY]
    assert is_intact(council.db, MAY)


def test_a_month_that_is_not_over_cannot_be_frozen(council: Council) -> None:
    with pytest.raises(NotOver):
        freeze(council.db, MAY, READER, at("2026-05-31"), MEASURES)
    assert frozen(council.db, MAY) is None


def test_a_later_correction_restates_and_changes_nothing_that_was_told(council: Council) -> None:
    before, late, _ = taken(council)
    council.records(late, "corrected:final_plan_sent=2026-05-24", now=NOW, confirm=True)
    assert frozen(council.db, MAY) == before
    assert is_intact(council.db, MAY)
    (whole, part) = restated(council.db, before, MEASURES)
    assert (whole.measure_id, whole.part, part.part) == ("in_time", "", "1")
    assert whole.told is not None
    assert whole.now is not None
    assert (whole.told.value, whole.now.value, whole.redefined) == (Decimal("50.0"), Decimal("100.0"), False)


def test_a_figure_that_is_counted_otherwise_in_the_same_words_is_redefined(council: Council) -> None:
    before, _, _ = taken(council)
    stricter = (replace(IN_TIME, counted="days <= 130"), OPEN)
    (whole, *_) = restated(council.db, before, stricter)
    assert (whole.measure_id, whole.redefined) == ("in_time", True)


def test_every_frozen_figure_opens_its_cases(council: Council) -> None:
    found, _, _ = taken(council)
    (share, _, still_open) = found.figures
    behind = frozen_cases(council.db, found, share.number, READER)
    assert sorted(each.counted for each in behind.cases) == [False, True]
    assert behind.gone == 0
    assert len(frozen_cases(council.db, found, still_open.number, READER).cases) == 1


def test_whoever_is_erased_is_no_longer_found_behind_a_figure(council: Council) -> None:
    found, _, still_open = taken(council)
    with Session(council.db) as session, session.begin():
        process = session.get(Process, still_open.process_id)
        assert process is not None
        erase_texts(session, process.person_id)
    behind = frozen_cases(council.db, found, found.figures[2].number, READER)
    assert (list(behind.cases), behind.gone) == ([], 1)
    assert is_intact(council.db, MAY)


def test_the_application_cannot_change_what_was_told(council: Council) -> None:
    taken(council)
    for table in ("snapshot", "snapshot_figure", "snapshot_case"):
        with pytest.raises(DBAPIError), council.db.begin() as connection:
            connection.execute(text(f"DELETE FROM {table}"))


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE snapshot_figure SET numerator = 2 WHERE number = 1",
        "UPDATE snapshot_figure SET definition = 'another' WHERE number = 1",
        "UPDATE snapshot_case SET counted = '{1}' WHERE counted = '{}'",
        "DELETE FROM snapshot_case",
    ],
)
def test_what_the_owner_of_the_database_changes_is_found_out(
    council: Council, database: Database, tampering: str
) -> None:
    taken(council)
    owner = create_engine(database.owner_url)
    with owner.begin() as connection:
        connection.execute(text(tampering))
    owner.dispose()
    assert not is_intact(council.db, MAY)


def test_what_was_told_of_one_month_cannot_be_put_to_another(council: Council, database: Database) -> None:
    taken(council)
    owner = create_engine(database.owner_url)
    with owner.begin() as connection:
        connection.execute(text("UPDATE snapshot SET month = '2026-04-30'"))
    owner.dispose()
    assert frozen(council.db, APRIL) is not None
    assert not is_intact(council.db, APRIL)


@pytest.mark.parametrize(
    "otherwise", [{"parts": "excepted"}, {"population": "decisions"}, {"span": Span.DAY}, {"shape": Shape.COUNT}]
)
def test_another_question_is_another_definition_though_its_words_are_the_same(otherwise: Mapping[str, Any]) -> None:
    assert definitions_of([replace(IN_TIME, **otherwise)]) != definitions_of([IN_TIME])


def test_a_population_that_is_asked_otherwise_is_another_definition(monkeypatch: pytest.MonkeyPatch) -> None:
    before = definitions_of([IN_TIME])
    monkeypatch.setattr(hashing, "POPULATIONS", {"plans": "SELECT others"})
    assert definitions_of([IN_TIME]) != before


def test_a_target_that_was_set_for_the_month_is_the_one_that_is_frozen(council: Council) -> None:
    write_note(council.db, Note("in_time", MAY, target=Decimal(90)), OFFICER, NOW)
    found, _, _ = taken(council)
    first = found.of("in_time")
    assert first is not None
    assert first.target == Decimal(90)
