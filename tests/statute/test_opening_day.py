"""On which day the clock of a review opens."""

from datetime import date

import pytest

from statute.opening_day import opens_on
from statute.policy import Policy, default_policy, load_policy
from tests.statute.saying import facts

DEFAULT = default_policy()
LAST = "last_review=2026-05-13"  # due on 12 May 2027


@pytest.mark.parametrize(
    ("said", "opens"),
    [
        ((LAST,), "2027-01-20"),  # sixteen weeks before
        (("plan_made=2026-05-13",), "2027-01-20"),
        (("plan_made=2026-05-13;after=reassessment",), "2027-01-21"),  # twelve months of, not starting with
        ((LAST, "phase_transfer:school=2027-09-01"), "2026-09-01"),
        ((LAST, "phase_transfer:post16=2027-09-01"), "2026-09-01"),
        ((LAST, "phase_transfer:school=2028-09-01"), "2027-01-20"),  # its own year is still to come
        ((LAST, "phase_transfer:post16_move=2027-01-11"), "2026-02-23"),  # due on 10 August 2026
        ((LAST, "phase_transfer:post16_move=2027-09-01"), "2026-09-01"),
        (("last_review=2026-05-13;early_years=yes",), "2026-07-23"),  # six months in the Code
        (("plan_made=2025-12-01", "transferred_in=2026-05-20"), "2026-05-20"),  # the family is to be told
        (("plan_made=2025-12-01", "transferred_in=2026-05-20;family_told_on=2026-05-20"), "2026-08-10"),
    ],
)
def test_a_review_opens_in_time_for_whatever_is_due_first(said: tuple[str, ...], opens: str):
    assert opens_on(facts(*said), date(2026, 5, 20), DEFAULT) == date.fromisoformat(opens)


def test_a_review_long_overdue_opened_long_ago_and_a_transfer_that_has_passed_opens_nothing():
    old = facts("last_review=2022-05-13", "phase_transfer:school=2022-09-01")
    assert opens_on(old, date(2026, 5, 20), DEFAULT) == date(2023, 1, 20)
    passed = facts(LAST, "phase_transfer:school=2026-09-01")
    assert opens_on(passed, date(2026, 5, 20), DEFAULT) == date(2027, 1, 20)


def test_where_nothing_is_due_it_opens_today():
    assert opens_on(facts("phase_transfer:school=2026-01-05"), date(2026, 5, 20), DEFAULT) == date(2026, 5, 20)


@pytest.mark.parametrize(
    ("policy", "opens"),
    [
        (load_policy("[reviews]\nopen_weeks = 20"), "2026-12-23"),
        (load_policy('[reviews]\nphase_transfer_opens = "07-01"'), "2026-07-01"),
    ],
)
def test_when_it_opens_is_for_the_authority_to_choose(policy: Policy, opens: str):
    said = [LAST] if policy.reviews.open_weeks != 16 else [LAST, "phase_transfer:school=2027-09-01"]
    assert opens_on(facts(*said), date(2026, 5, 20), policy) == date.fromisoformat(opens)
