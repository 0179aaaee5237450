"""Ceasing a plan: the family's time to appeal, and the hold until it or the appeal is over."""

import pytest

from statute.appeal_window import last_day_to_appeal
from tests.statute.saying import day
from tests.statute.saying_reviews import AMEND, CEASE, MADE, MET, at, one, state

CEASING = (MADE, MET, CEASE)
APPEAL = "appeal_registered=2025-01-20;sections=I"
DISMISSED = "appeal_determined=2025-06-10;outcome=dismissed"
ALLOWED = "appeal_determined=2025-06-10;outcome=allowed"


@pytest.mark.parametrize(
    ("sent", "last"),
    [
        ("2024-12-03", "2025-02-03"),
        ("2025-01-31", "2025-03-31"),
        ("2024-12-31", "2025-02-28"),  # no 31 February
        ("2023-12-29", "2024-02-29"),  # the leap day
        ("2025-01-15", "2025-03-17"),  # a Saturday: the next working day
        ("2025-02-18", "2025-04-22"),  # Good Friday: past Easter Monday
        ("2025-03-05", "2025-05-06"),  # the early May bank holiday
        # 25 December to 1 January: the first working day after
        ("2024-10-24", "2024-12-24"),
        ("2024-10-25", "2025-01-02"),
        ("2024-11-01", "2025-01-02"),
        ("2026-10-25", "2027-01-04"),  # the first working day after New Year is a Monday
        # any day of August: the first working day after
        ("2025-05-31", "2025-07-31"),
        ("2025-06-01", "2025-09-01"),
        ("2025-06-30", "2025-09-01"),
        ("2024-06-30", "2024-09-02"),
    ],
)
def test_the_last_day_to_appeal(sent: str, last: str) -> None:
    assert last_day_to_appeal(day(sent)) == day(last)


@pytest.mark.parametrize(
    ("as_of", "said", "expected"),
    [
        ("2024-12-01", (MADE, MET), "not_started"),
        ("2024-12-03", CEASING, "window_open"),
        ("2025-02-03", CEASING, "window_open"),
        ("2025-02-04", CEASING, "window_closed"),
        # an appeal that nobody has determined keeps it open, however long
        ("2026-02-04", (*CEASING, APPEAL), "window_open"),
        ("2026-02-04", (*CEASING, APPEAL, DISMISSED), "window_closed"),
        ("2026-02-04", (*CEASING, APPEAL, "appeal_determined=2025-06-10;outcome=withdrawn"), "window_closed"),
        # dismissed inside the two months: the plan ceases at once (reg 44(2)(a)); withdrawn: they may yet appeal again
        ("2025-01-31", (*CEASING, APPEAL, "appeal_determined=2025-01-30;outcome=dismissed"), "window_closed"),
        ("2025-01-31", (*CEASING, APPEAL, "appeal_determined=2025-01-30;outcome=withdrawn"), "window_open"),
        ("2026-02-04", (*CEASING, APPEAL, DISMISSED, "appeal_registered=2025-07-01"), "window_open"),
        ("2026-02-04", (*CEASING, APPEAL, ALLOWED), "not_applicable"),
        ("2026-02-04", (*CEASING, APPEAL, "appeal_determined=2025-06-10;outcome=conceded"), "not_applicable"),
        # the authority changes its mind
        ("2025-01-10", (*CEASING, "decision_amend=2025-01-09"), "not_started"),
        ("2025-01-10", (*CEASING, "decision_maintain=2025-01-09"), "not_applicable"),
        ("2025-03-10", (*CEASING, "plan_ceased=2025-02-04"), "window_closed"),
        ("2025-03-10", (*CEASING, "died=2025-01-04"), "not_applicable"),
        ("2025-03-10", (*CEASING, "died=2025-02-10"), "window_closed"),
        ("2025-03-10", (*CEASING, "opened_in_error=2025-01-04"), "not_applicable"),
    ],
)
def test_the_hold_in_every_state(as_of: str, said: tuple[str, ...], expected: str) -> None:
    assert state(as_of, "s45_hold", *said) == expected


@pytest.mark.parametrize(
    ("said", "breach"),
    [
        (("plan_ceased=2025-02-04",), ""),
        (("plan_ceased=2025-02-03",), "inside the family's time to appeal, which ran up to and including Monday 3 February"),
        (("plan_ceased=2024-12-03",), "inside the family's time to appeal"),
        ((APPEAL, "plan_ceased=2025-03-03"), "while an appeal was undetermined"),
        ((APPEAL, DISMISSED, "plan_ceased=2025-06-10"), ""),
        # dismissed inside the two months: "cease immediately"
        ((APPEAL, "appeal_determined=2025-01-30;outcome=dismissed", "plan_ceased=2025-01-30"), ""),
    ],
)  # fmt: skip
def test_a_plan_that_ceased_too_soon_is_a_breach(said: tuple[str, ...], breach: str) -> None:
    found = one("2026-01-01", "s45_hold", *CEASING, *said)
    assert breach in found.breach
    assert bool(found.breach) is bool(breach)


def test_the_review_is_over_when_the_plan_has_ceased_or_an_appeal_has_kept_it() -> None:
    assert at("2026-01-01", *CEASING).ended_on is None
    ceased = at("2026-01-01", *CEASING, "plan_ceased=2025-02-04")
    assert (ceased.ended_on, ceased.ended_by) == (day("2025-02-04"), "plan_ceased")
    kept = at("2026-01-01", *CEASING, APPEAL, ALLOWED)
    assert (kept.ended_on, kept.ended_by) == (day("2025-06-10"), "appeal_determined")
    assert at("2026-01-01", *CEASING, APPEAL, DISMISSED).ended_on is None


def test_an_appeal_against_the_contents_of_an_amended_plan_ends_nothing() -> None:
    assert at("2026-01-01", MADE, MET, AMEND, APPEAL, ALLOWED).ended_on is None
