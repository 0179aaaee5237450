"""One review of a plan as measures count it, and the review before it as its own facts tell of that."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from statute.amending import amends, dropped
from statute.calendar import ENGLAND
from statute.facts import Fact
from statute.kinds import STARTS, VOIDS
from statute.norms import NO_NORMS
from statute.notation import parse_day
from statute.review_case import ReviewCase, present, read_review
from statute.review_meeting import decided
from statute.review_standing import completing
from statute.standing import standing

_DECISIONS: Mapping[str, str] = {
    "decision_maintain": "maintain",
    "decision_amend": "amend",
    "decision_cease": "cease",
}

Values = dict[str, Any]


def counted_reviews(facts: Sequence[Fact]) -> list[Values]:
    """The values of a review's row, and before it those of the review that its facts say was done."""
    stands = standing(facts)
    # Of a review that was opened in error it is still to be known what the next one took from it.
    case = read_review([fact for fact in facts if fact.kind not in VOIDS], date.max, ENGLAND, NO_NORMS, 0)
    void = any(fact.kind in VOIDS for fact in stands)
    came_on = _last_day(fact for fact in stands if fact.kind == "transferred_in")
    before = [_before(case.last, came_on)] if case.last else []
    both = [*before, {**_own(present(facts)), **_by_the_ledger(case, came_on)}]
    return [{**_NOTHING, "void": void, "came_on": came_on, **each} for each in both]


def _before(last: Fact, came_on: date | None) -> Values:
    said = last.attributes.get("meeting")
    ours = came_on is None or last.day > came_on
    days = {"began": last.day, "decided_on": last.day, "told_on": last.day if ours else None}
    return {"place": 0, "met_on": said and parse_day(said), **days}


def _own(facts: Sequence[Fact]) -> Values:
    # The four weeks count from the first meeting (reg 20(10)): to meet again gives no more time.
    meeting, decision = _first(facts, "review_meeting"), _first(facts, *_DECISIONS)
    appeal = _first(facts, "appeal_registered")
    return {
        "place": 1,
        "began": _last_day(fact for fact in facts if fact.kind in STARTS) or (facts[0].day if facts else date.min),
        "met_on": meeting and meeting.day,
        "report_on": _day(_first(facts, "review_report_received")),
        "decided_on": decision and decision.day,
        "outcome": decision and _DECISIONS[decision.kind],
        "aligned": meeting.attributes.get("aligned", "") if meeting else "",
        "appeal_on": appeal and appeal.day,
        "appeal_sections": appeal and appeal.attributes.get("sections", ""),
    }


def _by_the_ledger(case: ReviewCase, came_on: date | None) -> Values:
    """What meets regulations 20(10) and 22, read as the limits of the review read it."""
    told, notices = decided(case), case.amendment.notices
    ours = told is not None and (came_on is None or told.day >= came_on)
    return {
        "told_on": told.day if told is not None and ours else None,
        "amends_on": _day(amends(case)),
        "notice_on": _day(notices[0] if notices else None),
        "finished_on": _day(case.amendment.ended or dropped(case)),
        "completed_on": _day(completing(case)),
    }


_NOTHING: Values = {
    "came_on": None,
    "met_on": None,
    "report_on": None,
    "decided_on": None,
    "outcome": None,
    "told_on": None,
    "amends_on": None,
    "notice_on": None,
    "finished_on": None,
    "completed_on": None,
    "aligned": "",
    "appeal_on": None,
    "appeal_sections": None,
}


def _first(facts: Sequence[Fact], *kinds: str) -> Fact | None:
    return next((fact for fact in facts if fact.kind in kinds), None)


def _day(fact: Fact | None) -> date | None:
    return fact and fact.day


def _last_day(facts: Iterable[Fact]) -> date | None:
    return max((fact.day for fact in facts), default=None)
