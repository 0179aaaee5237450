"""Whole reviews, day by day: sleeping from wake to wake says what looking every morning would have said, once."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest

from statute.ladder import Steps
from statute.mornings import day_in_london, jitter
from statute.policy import Policy, default_policy, load_policy
from statute.steps import steps
from tests.statute.reviews import AMENDING, BEFORE, BY_AUTHORITY, INVITED, REPORTED, TRANSFER, review
from tests.statute.rungs import P, at
from tests.statute.saying import facts

AMENDED = (*AMENDING, "amended_plan_sent=2027-07-09;to=family,setting")
CEASED = (*REPORTED, "decision_cease=2027-05-10", "appeal_registered=2027-07-01",
          "appeal_determined=2027-11-03;outcome=dismissed", "plan_ceased=2027-12-15")  # fmt: skip
MOVED = (*INVITED, "review_invited=2027-04-07;meeting=2027-05-05", "mail_hold=2027-04-20;to=2027-04-24",
         "review_meeting=2027-05-05", "decision_maintain=2027-06-24")  # fmt: skip
PUT_OFF = (*BEFORE, TRANSFER, "review_meeting=2027-03-30", "decision_amend=2027-05-03", "died=2027-06-20")
YOUNG = ("plan_made=2026-05-13", "last_review=2026-05-13;early_years=yes", "transferred_in=2026-07-01")
SILENT = (*BEFORE, TRANSFER, "mail_hold=2026-12-10;to=2027-01-11")
OWN = load_policy("[reviews.arrange]\nsetting = [-80, -3]\nthen_every = 5\n[reviews.due]\ncaseworker = []")


def known(said: Sequence[str], now: datetime) -> list[str]:
    """What had been recorded by then: in the afternoon of its own day, what begins a review from the first."""
    return [
        text for text, fact in zip(said, facts(*said), strict=True) if text in BEGINNING or _recorded(fact.day) <= now
    ]


BEGINNING = frozenset({*BEFORE, *YOUNG, TRANSFER, BY_AUTHORITY})


def _recorded(day: date) -> datetime:
    return at(day.isoformat(), "16:00")


def look(said: Sequence[str], now: datetime, policy: Policy) -> Steps:
    return steps(review(now, *known(said, now), policy=policy, armed_from=at("2026-08-01")))


def mornings(first: str, end: datetime) -> list[datetime]:
    start = date.fromisoformat(first)
    days = (day_in_london(end) - start).days
    return [at((start + timedelta(days=number)).isoformat()) for number in range(days + 1)]


@pytest.mark.parametrize(
    ("said", "policy"),
    [(said, default_policy()) for said in (AMENDED, CEASED, MOVED, PUT_OFF, YOUNG, (*SILENT, BY_AUTHORITY))]
    + [(SILENT, OWN)],
)
def test_sleeping_from_wake_to_wake_says_what_looking_every_day_would(said: Sequence[str], policy: Policy):
    afternoons = [_recorded(fact.day) for fact in facts(*said)]
    end = max(at("2027-06-20"), *afternoons) + timedelta(days=30)
    looking = sorted({*mornings("2026-08-02", end), *afternoons})
    each_day = [step.key for now in looking for step in look(said, now, policy).due]

    woken: list[str] = []
    now = looking[0]
    while now <= end:
        found = look(said, now, policy)
        woken += [step.key for step in found.due]
        ahead = [then for then in (*afternoons, found.next_wake) if then is not None and then > now]
        now = min(ahead, default=end + timedelta(days=1))
    assert list(dict.fromkeys(woken)) == list(dict.fromkeys(each_day))
    assert len(set(woken)) > 5


def test_every_wake_of_a_silent_review_has_something_new_to_say():
    now, said_so_far = at("2026-08-02"), set[str]()
    for _ in range(40):
        wake = look(SILENT[:-1], now, default_policy()).next_wake
        assert wake is not None and wake > now
        now = wake
        new = {step.key for step in look(SILENT[:-1], now, default_policy()).due} - said_so_far
        assert new, f"woken for nothing on {day_in_london(now)}"
        said_so_far |= new
    assert now - jitter(P, 15) > at("2027-06-01", "07:00")
