"""What was open on a past day: a case that was over then and went on later was not."""

from datetime import date

import pytest

from scorecard.behind import Side, behind
from scorecard.counted.gaps import gaps
from scorecard.measures import measure
from scorecard.period import Period
from statute.notation import parse_fact
from tests.casework.support import OFFICER, Council
from tests.scorecard.conftest import counted_row, one_figure, write

REFUSED, CHANGED = "decision_not_to_assess=2026-03-01", "refusal_changed=2026-06-01;why=tribunal_order"
WENT_AND_CAME = ("withdrawn=2026-02-20", "reopened=2026-03-10")
STOCK = ("open_assessments", "open_by_age", "cases_without_officer")


def on(day: str) -> Period:
    seen = date.fromisoformat(day)
    return Period(seen, seen, seen)


def stock(council: Council, day: str) -> set[int | None]:
    """How many were under way on a day, by each measure that counts them."""
    found = [one_figure(council, measure(name), on(day)) for name in STOCK]
    return {each.numerator if each.denominator is None else each.denominator for each in found}


@pytest.mark.parametrize(
    ("facts", "open_on", "over_on"),
    [
        pytest.param([REFUSED, CHANGED], ["2026-02-28", "2026-06-01"], ["2026-03-01", "2026-05-31"], id="overturned"),
        pytest.param(
            ["decision_to_assess=2026-02-10", "decision_not_to_issue=2026-04-01", CHANGED],
            ["2026-03-31", "2026-06-01"],
            ["2026-04-01", "2026-05-31"],
            id="not issued, and overturned",
        ),
        pytest.param(WENT_AND_CAME, ["2026-02-19", "2026-03-10"], ["2026-02-20", "2026-03-09"], id="reopened"),
        pytest.param(
            [*WENT_AND_CAME, "moved_away=2026-04-01", "reopened=2026-04-10"],
            ["2026-03-31", "2026-04-10"],
            ["2026-03-09", "2026-04-01", "2026-04-09"],
            id="reopened twice",
        ),
    ],
)
def test_who_was_over_and_went_on_later_is_not_open_in_between(
    council: Council, facts: list[str], open_on: list[str], over_on: list[str]
) -> None:
    case = council.opens("2026-01-20")
    for fact in facts:
        write(council, case, fact)
    assert {day: stock(council, day) for day in open_on} == {day: {1} for day in open_on}
    assert {day: stock(council, day) for day in over_on} == {day: {0} for day in over_on}


def test_a_case_that_never_went_on_again_has_no_gaps(council: Council) -> None:
    case = council.opens("2026-01-20")
    write(council, case, REFUSED)
    assert counted_row(council, case.case_ref)["gaps"] is None


def test_a_change_that_finds_the_case_closed_otherwise_does_not_open_it() -> None:
    """Refused, then moved away: over since the refusal, though it ended with the move once the refusal is changed."""
    said = [REFUSED, "moved_away=2026-04-01", CHANGED]
    facts = [parse_fact(each) for each in said]
    assert gaps(facts, date(2026, 4, 1)) == "{[2026-03-01,2026-04-01)}"


def test_a_refusal_still_to_come_does_not_take_a_late_case_out_of_the_past(council: Council) -> None:
    case = council.opens("2026-01-05")
    write(council, case, "decision_not_to_assess=2026-06-10")
    write(council, case, "refusal_changed=2026-07-01;why=tribunal_order")
    counted = {
        day: one_figure(council, measure("still_late"), on(day)).numerator for day in ("2026-06-09", "2026-07-02")
    }
    assert counted == {"2026-06-09": 1, "2026-07-02": 0}
    left = behind(council.db, measure("still_late"), on("2026-07-02"), OFFICER, Side.LEFT_OUT).cases
    assert [each.why.partition(",")[0] for each in left] == ["refused"]
