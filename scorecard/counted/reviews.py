"""One review of a plan as measures count it, and the review before it as its own facts tell of that."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from statute.endings import END_AN_AMENDMENT
from statute.facts import Fact
from statute.kinds import STARTS, VOIDS
from statute.notation import parse_day
from statute.review_case import last_reviewed, present
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
    void = any(fact.kind in VOIDS for fact in stands)
    last = last_reviewed(stands)
    before = [_before(last, void)] if last else []
    return [*before, _own(present(facts), void)]


def _before(last: Fact, void: bool) -> Values:
    said = last.attributes.get("meeting")
    return {**_NOTHING, "place": 0, "void": void, "began": last.day, "met_on": said and parse_day(said)} | {
        "decided_on": last.day
    }


def _own(facts: Sequence[Fact], void: bool) -> Values:
    # The four weeks count from the first meeting (reg 20(10)): to meet again gives no more time.
    meeting, decided = _first(facts, "review_meeting"), _first(facts, *_DECISIONS)
    appeal = _first(facts, "appeal_registered")
    return {
        **_NOTHING,
        "place": 1,
        "void": void,
        "began": max((fact.day for fact in facts if fact.kind in STARTS), default=facts[0].day if facts else date.min),
        "met_on": meeting and meeting.day,
        "report_on": _day(facts, "review_report_received"),
        "decided_on": decided and decided.day,
        "outcome": decided and _DECISIONS[decided.kind],
        "notice_on": _day(facts, "amendment_notice_sent"),
        "finished_on": _day(facts, *END_AN_AMENDMENT),
        "aligned": meeting.attributes.get("aligned", "") if meeting else "",
        "appeal_on": appeal and appeal.day,
        "appeal_sections": appeal and appeal.attributes.get("sections", ""),
    }


_NOTHING: Values = {
    "met_on": None,
    "report_on": None,
    "decided_on": None,
    "outcome": None,
    "notice_on": None,
    "finished_on": None,
    "aligned": "",
    "appeal_on": None,
    "appeal_sections": None,
}


def _first(facts: Sequence[Fact], *kinds: str) -> Fact | None:
    return next((fact for fact in facts if fact.kind in kinds), None)


def _day(facts: Sequence[Fact], *kinds: str) -> date | None:
    found = _first(facts, *kinds)
    return found and found.day
