"""How many requests are still open after so many weeks: the estimator by hand, and on the ledger."""

from datetime import date

from scorecard.counted.keeping import bring_up_to_date
from scorecard.survival import Wait, Week, by_week, steps, waits_of
from tests.casework.support import Council
from tests.scorecard.conftest import write


def seen(council: Council, first: date, last: date, as_at: date) -> list[Wait]:
    bring_up_to_date(council.db)
    with council.db.connect() as connection:
        return waits_of(connection, first, last, as_at)


FIVE = [Wait(7, True), Wait(14, True), Wait(14, False), Wait(21, True), Wait(28, False)]
"""Decided after one, two and three weeks; withdrawn on day 14; still open after four."""


def test_the_share_falls_only_where_something_is_decided_and_by_its_part_of_those_still_waiting() -> None:
    # 5 wait: 4/5 stay. 4 wait, the one withdrawn that day among them: 3/4 of 4/5. 2 wait: half of 3/5.
    assert [(each.days, each.waiting, each.finished, round(each.open, 9)) for each in steps(FIVE)] == [
        (7, 5, 1, 0.8),
        (14, 4, 1, 0.6),
        (21, 2, 1, 0.3),
    ]


def test_by_week_it_stands_as_after_the_last_day_of_the_week_until_nothing_was_seen_for_longer() -> None:
    found = [(each.weeks, round(each.open, 9), each.waiting) for each in by_week(FIVE)]
    assert found == [(0, 1.0, 5), (1, 0.8, 4), (2, 0.6, 2), (3, 0.3, 1), (4, 0.3, 0)]


def test_a_withdrawal_neither_shortens_nor_lengthens_the_waits_of_others() -> None:
    assert [each.open for each in by_week([Wait(7, True), Wait(7, False)])] == [1.0, 0.5]
    # Left out altogether the one would have been all of them; counted as decided both would have been.
    assert [each.open for each in by_week([Wait(7, True)])] == [1.0, 0.0]


def test_nothing_waits_for_nothing() -> None:
    assert steps([]) == []
    assert by_week([]) == [Week(0, 1.0, 0)]


def test_decisions_finish_a_wait_and_other_ends_only_end_what_was_seen(council: Council) -> None:
    planned = council.opens("2026-01-05")
    write(council, planned, "decision_to_assess=2026-02-10", "final_plan_sent=2026-05-25")
    refused = council.opens("2026-01-05")
    write(council, refused, "decision_not_to_assess=2026-02-09")
    withdrawn = council.opens("2026-01-05")
    write(council, withdrawn, "withdrawn=2026-01-19")
    council.opens("2026-01-05")
    council.opens("2025-12-31")
    found = seen(council, date(2026, 1, 1), date(2026, 12, 31), date(2026, 6, 1))
    assert sorted(found, key=lambda each: each.days) == [
        Wait(14, False),
        Wait(35, True),
        Wait(140, True),
        Wait(147, False),
    ]


def test_what_happened_later_is_not_known_on_the_day_of_looking(council: Council) -> None:
    case = council.opens("2026-01-05")
    write(council, case, "decision_not_to_assess=2026-02-09")
    assert seen(council, date(2026, 1, 1), date(2026, 1, 31), date(2026, 2, 8)) == [Wait(34, False)]
    assert seen(council, date(2026, 1, 1), date(2026, 1, 31), date(2026, 2, 9)) == [Wait(35, True)]
