"""Every limit of the authority has a forecast, on its own waits, and its last day is where the law puts it."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from scorecard.forecast import limits
from scorecard.forecast.course import Limit
from scorecard.forecast.looking_ahead import Chance, forecast_of
from scorecard.forecast.looking_back import look_back_on
from scorecard.forecast.rows import Moved, MovedIn, Requested, Reviewed, Rows
from statute import limits_of_assessments, limits_of_plans, limits_of_reviews
from statute.limit import Limit as LawLimit
from tests.scorecard.forecast.waits import course, request

DAY = date(2026, 6, 30)
LATER = date(2030, 1, 1)


def review(began: date = date(2025, 1, 15), **days: int) -> Reviewed:
    """A review whose twelve months began on a day, and what happened after so many days; the first decision amends
    where a notice or an amended plan follows."""
    on = {f"{name}_on": began + timedelta(number) for name, number in days.items()}
    outcome = None if "decided" not in days else "amend" if {"notice", "finished"} & days.keys() else "maintain"
    return Reviewed(uuid4(), began, outcome=outcome, **on)


def met(limit: Limit, row: Any) -> bool | None:
    found = course(limit, row, LATER)
    assert found is not None
    return found.met(limit)


def due(limit: Limit, row: Any) -> date:
    found = course(limit, row, LATER)
    assert found is not None
    return found.due(limit)


def test_every_limit_that_the_authority_owes_in_law_is_forecast() -> None:
    owed = {
        each.id
        for module in (limits_of_assessments, limits_of_plans, limits_of_reviews)
        for each in (*vars(module).values(), *limits_of_assessments.LIMITS.values())
        if isinstance(each, LawLimit) and each.own and each.law
    }
    assert owed == {name for each in limits.LIMITS for name in each.law}


@pytest.mark.parametrize(("day", "in_time"), [(112, True), (113, False)])
def test_a_refusal_of_a_plan_is_told_by_day_112(day: int, in_time: bool) -> None:
    assert met(limits.SIXTEEN_WEEKS, request(agreed=30, no_plan=day)) is in_time


def test_a_decision_to_issue_a_plan_leaves_nothing_to_refuse() -> None:
    assert met(limits.SIXTEEN_WEEKS, request(agreed=30, draft=112, plan=150)) is True
    assert met(limits.SIXTEEN_WEEKS, request(refused=30)) is None


@pytest.mark.parametrize(
    ("limit", "row", "in_time"),
    [
        # Made on 15 January 2025: to be reviewed by 14 January 2026, the 364th day after.
        (limits.TWELVE_MONTHS, review(met=350, decided=364), True),
        (limits.TWELVE_MONTHS, review(met=350, decided=365), False),
        (limits.FOUR_WEEKS, review(met=300, decided=328), True),
        (limits.FOUR_WEEKS, review(met=300, decided=329), False),
        (limits.EIGHT_WEEKS, review(met=300, decided=310, notice=310, finished=366), True),
        (limits.EIGHT_WEEKS, review(met=300, decided=310, notice=310, finished=367), False),
        (limits.TWELVE_WEEKS, review(met=300, decided=310, notice=328, finished=384), True),
        (limits.TWELVE_WEEKS, review(met=300, decided=310, notice=340, finished=385), False),
        (limits.TWELVE_MONTHS, review(met=350, ceased=360), None),
        # An amended plan after the meeting says that there was a decision; one from before it is another amendment's.
        (limits.FOUR_WEEKS, review(met=300, notice=310, finished=320), True),
        (limits.FOUR_WEEKS, review(notice=290, met=300, finished=320), False),
    ],
)
def test_a_review_is_in_time_on_the_last_day_and_late_on_the_next(
    limit: Limit, row: Reviewed, in_time: bool | None
) -> None:
    assert met(limit, row) is in_time


def test_the_twelve_months_end_where_another_rule_puts_their_end() -> None:
    moved_in = review()._replace(due_on=date(2026, 3, 1))
    assert due(limits.TWELVE_MONTHS, review()) == date(2026, 1, 14)
    assert due(limits.TWELVE_MONTHS, review(date(2024, 2, 29))) == date(2025, 2, 28)
    assert due(limits.TWELVE_MONTHS, moved_in) == date(2026, 3, 1)


@pytest.mark.parametrize(("final", "in_time"), [(date(2026, 2, 14), True), (date(2026, 2, 15), False)])
def test_a_move_is_named_before_the_fifteenth_of_february(final: date, in_time: bool) -> None:
    move = Moved(uuid4(), date(2025, 5, 1), date(2026, 2, 14), date(2025, 11, 3), date(2025, 11, 24), final)
    assert met(limits.PHASE_TRANSFER, move) is in_time
    found = course(limits.PHASE_TRANSFER, move, date(2025, 12, 1))
    # The 365th day is the 14th of February: the meeting was 103 days before it, the notice 82.
    assert found is not None and found.stages == ((76, 0), (262, 1), (283, 2))


def test_a_move_years_ahead_is_not_forecast_yet() -> None:
    move = Moved(uuid4(), date(2025, 5, 1), date(2027, 2, 14))
    assert course(limits.PHASE_TRANSFER, move, date(2026, 2, 13)) is None
    assert course(limits.PHASE_TRANSFER, move, date(2026, 2, 14)) is not None


def next_of(rows: Rows, case: UUID) -> list[Chance]:
    return [each for each in forecast_of(rows, DAY).chances if each.process_id == case]


def ago(days: int, **after: int) -> Reviewed:
    return review(DAY - timedelta(days), **after)


@pytest.mark.parametrize(
    ("row", "limit", "left"),
    [
        (ago(300), limits.TWELVE_MONTHS, 64),
        # A meeting three weeks before the end of the twelve months: these end before the four weeks.
        (ago(350, met=343), limits.TWELVE_MONTHS, 14),
        (ago(300, met=290), limits.FOUR_WEEKS, 18),
        (ago(340, met=290, decided=310), None, 0),
        (ago(340, met=290, decided=310)._replace(outcome="amend"), limits.TWELVE_WEEKS, 34),
        (ago(340, met=290, decided=310, notice=310, finished=400), limits.EIGHT_WEEKS, 26),
        (ago(340, met=280, decided=330, notice=330, finished=400), limits.TWELVE_WEEKS, 24),
        # Late with the twelve weeks, and not yet with the eight.
        (ago(400, met=280, decided=360, notice=360, finished=500), limits.EIGHT_WEEKS, 16),
    ],
)
def test_the_next_limit_of_a_review_is_the_one_that_ends_first(row: Reviewed, limit: Limit | None, left: int) -> None:
    said = [(each.limit, each.left) for each in next_of(Rows(reviews=[row]), row.process_id)]
    assert said == ([(limit, left)] if limit else [])


def test_a_move_is_next_where_it_ends_before_the_twelve_months() -> None:
    row = ago(100)
    for on, limit in ((DAY + timedelta(200), limits.PHASE_TRANSFER), (DAY + timedelta(300), limits.TWELVE_MONTHS)):
        rows = Rows(reviews=[row], moves=[Moved(row.process_id, row.began, on)])
        assert [each.limit for each in next_of(rows, row.process_id)] == [limit]


def test_the_sixteen_weeks_stand_beside_the_twenty_until_a_plan_is_decided() -> None:
    def said(row: Requested) -> Sequence[Limit]:
        return [each.limit for each in sorted(next_of(Rows([row]), row.process_id), key=lambda each: each.due)]

    assert said(request(DAY - timedelta(100), agreed=40)) == [limits.SIXTEEN_WEEKS, limits.TWENTY_WEEKS]
    assert said(request(DAY - timedelta(100), agreed=40, draft=90)) == [limits.TWENTY_WEEKS]
    assert said(request(DAY - timedelta(10))) == [limits.SIX_WEEKS]


def test_each_limit_rests_on_its_own_past_and_says_when_that_is_too_little() -> None:
    past = [ago(500, met=300, decided=320 if place < 15 else 340) for place in range(20)]
    held, waiting = ago(300, met=290), ago(300)
    rows = Rows(reviews=[*past, held, waiting])
    (of_held,), (of_waiting,) = next_of(rows, held.process_id), next_of(rows, waiting.process_id)
    assert (of_held.limit, of_held.chance, of_held.rests_on) == (limits.FOUR_WEEKS, 0.75, 20)
    # All of the past had had their meeting by that day.
    assert (of_waiting.limit, of_waiting.chance, of_waiting.rests_on) == (limits.TWELVE_MONTHS, None, 0)


def test_a_letter_on_a_plan_that_moved_in_is_due_within_six_weeks() -> None:
    began = DAY - timedelta(100)
    for days, in_time in ((42, True), (43, False)):
        row = MovedIn(uuid4(), began, began + timedelta(42), began + timedelta(days))
        assert met(limits.MOVED_IN, row) is in_time


def test_the_last_quarter_of_reviews_is_held_against_what_came() -> None:
    began = DAY - timedelta(600)
    past = [review(began + timedelta(place), met=335, decided=350 if place % 2 else 380) for place in range(200)]
    # Six whose twelve months end in the quarter, seen one day before it with the meeting to come.
    due_then = [review(DAY - timedelta(330), met=340, decided=350 if place < 2 else 370) for place in range(6)]
    found = look_back_on(Rows(reviews=[*past, *due_then]), DAY, date(2026, 9, 30)).of(limits.TWELVE_MONTHS)
    assert (found.cases, found.unsaid) == (6, 0)
    assert sum(each.met for each in found.bands) == 2
    assert [(each.met, each.missed) for each in found.months] == [(0, 0), (2, 4), (0, 0)]
    assert found.months[1].forecast.rate is not None


def test_moves_of_the_last_quarter_are_held_against_what_came() -> None:
    def move(year: int, final: int) -> Moved:
        """One whose amendment notice was sent two months before the middle of February, its plan so many days later."""
        due_on, notice = date(year, 2, 14), date(year - 1, 12, 10)
        return Moved(uuid4(), date(year - 1, 5, 1), due_on, notice, notice, notice + timedelta(final))

    # Last year fifteen of twenty were named in time (66 days); of four this year one.
    past = [move(2025, 66 if place < 15 else 67) for place in range(20)]
    rows = Rows(moves=[*past, *(move(2026, 60 if place < 1 else 100) for place in range(4))])
    found = look_back_on(rows, date(2025, 12, 31), date(2026, 3, 31)).of(limits.PHASE_TRANSFER)
    assert [(each.cases, each.chance, each.met) for each in found.bands if each.cases] == [(4, 0.75, 1)]
    assert [(each.met, each.missed) for each in found.months] == [(0, 0), (1, 3), (0, 0)]
    assert found.months[1].forecast.rate is not None and found.months[1].forecast.rate.expected == 0.75
