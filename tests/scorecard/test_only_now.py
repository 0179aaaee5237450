"""Who has a case is known of today alone: what was told of a month is not made better by whoever has it now."""

from datetime import date
from decimal import Decimal

from sqlalchemy import text

from scorecard.card import card
from scorecard.measures import measure
from scorecard.snapshots.freezing import freeze
from scorecard.snapshots.reading import frozen
from scorecard.snapshots.restating import restated
from tests.casework.support import OFFICER, Council, at

MAY, TODAY, AMBER = date(2026, 5, 31), date(2026, 6, 10), Decimal(10)
NOBODYS, OPEN = measure("cases_without_officer"), measure("open_assessments")


def test_a_case_that_was_handed_over_since_restates_no_month(council: Council) -> None:
    case = council.opens("2026-04-01")
    freeze(council.db, MAY, OFFICER, at("2026-06-01"), [NOBODYS, OPEN])
    taken = frozen(council.db, MAY)
    assert taken is not None
    told = taken.of(NOBODYS.id)
    with council.db.begin() as connection:
        connection.execute(
            text("UPDATE process SET officer = CASE WHEN officer IS NULL THEN 'm.east' END WHERE case_ref = :ref"),
            {"ref": case.case_ref},
        )
    council.opens("2026-05-20")
    found = {each.measure_id for each in restated(council.db, taken, [NOBODYS, OPEN])}
    assert found == {OPEN.id}
    lines = card(council.db, MAY, TODAY, AMBER, measures=[NOBODYS, OPEN])
    line = lines.line(NOBODYS.id)
    assert line is not None
    assert line.figure is not None
    assert told is not None
    assert line.figure.value != told.value
    assert not line.restated
    assert [each.restated for each in lines.lines if each.measure is OPEN] == [True]


def test_the_page_tells_why() -> None:
    assert "the officer of today" in NOBODYS.reading
    assert {each.only_now for each in (NOBODYS, measure("caseload"))} == {True}
