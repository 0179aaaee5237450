"""Every kind of fact that can be recorded, as data: what it is about and what can be said with it.

The shape is that of the ledger; the effect on the clocks is in the modules named after the thing affected.
Attributes hold days, codes and ids; words go to the attributes of TEXT_ATTRIBUTES, which are kept apart.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


class About(StrEnum):
    """What the subject of a fact names."""

    NOTHING = "nothing"
    CATEGORY = "category"
    PROVIDER = "provider"
    KIND = "kind"


class Value(StrEnum):
    """What an attribute can hold."""

    DAY = "day"  # a day, past or to come
    PAST = "past day"  # a day that has happened, within the process
    ARRIVAL = "arrival"  # a day on which something sent arrives: within the process, may still be to come
    OLD = "earlier day"  # a day that has happened, perhaps before the process
    CODE = "code"
    TEXT = "text"
    YES_NO = "yes or no"


CATEGORIES = ("education", "health", "educational_psychology", "social_care", "other")

Allowed = Value | tuple[str, ...]
"""A kind of value, or the closed list of codes. A name ending in `*` in a list may be combined with commas."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of fact.

    `words` say it happened ("the request was received"); `ends` whether it closes the process (a final plan only
    when it went to the family); `starts` whether a process can begin with it; `required` the attributes without
    which it means nothing.
    """

    name: str
    words: str
    about: About = About.NOTHING
    attributes: Mapping[str, Allowed] = field(default_factory=dict[str, Allowed])
    required: tuple[str, ...] = ()
    starts: bool = False
    ends: bool = False


DAY, PAST, ARRIVAL, OLD, CODE, TEXT, YES_NO = Value

SOURCES = ("1", "2", "3", "4", "5")
METHODS = ("email", "hand", "post")
FAMILY = ("parent*", "young_person*", "representative*")
RECIPIENTS = ("family*", "parent*", "young_person*", "setting*", "health_commissioner*")
CHANGES = ("own_accord", "mediation_agreement", "reg45_notice", "tribunal_order", "consent_order")
GROUNDS = (
    "closed_school",
    "closed_early_years",
    "personal",
    "absent_4w",
    "coronavirus",
    "exceptional",
    "missed_appointment",
)

# Said with any fact: the free text beside it, and where an imported fact came from.
COMMON: Mapping[str, Allowed] = MappingProxyType(
    {"because": TEXT, "evidence": TEXT, "note": TEXT, "reasons": TEXT, "file": CODE, "line": CODE}
)
TEXT_ATTRIBUTES = frozenset({"because", "evidence", "note", "reasons"})

_DECISION: dict[str, Allowed] = {"decided_on": PAST, "method": METHODS, "to": FAMILY, "arrived_on": ARRIVAL}
_PLANNED: dict[str, Allowed] = {"seek": CODE, "reuse": CODE, "already_asked": CODE}
_ANSWER: dict[str, Allowed] = {"request": CODE, "report_date": OLD, "reason": CODE, "body": CODE}
_ASK: dict[str, Allowed] = {
    "request": CODE,
    "received_by_body": ARRIVAL,
    "channel": CODE,
    "section_31": YES_NO,
    "body": CODE,
}
_ABOUT_ASK: dict[str, Allowed] = {
    "request": CODE,
    "day": DAY,
    "by": DAY,
    "who": CODE,
    "why": CODE,
    "body": CODE,
}
_REUSE: dict[str, Allowed] = {
    "report_date": OLD,
    "agreed": ("giver*", "family*", "authority*"),
    "section_31": YES_NO,
    "request": CODE,
    "body": CODE,
}
_DRAFT: dict[str, Allowed] = {"served": ARRIVAL, "method": METHODS, "reps_until": DAY, "to": FAMILY}
_RELIEF: dict[str, Allowed] = {
    "limit": CODE,
    "subject": CODE,
    "ground": GROUNDS,
    "from": DAY,
    "to": DAY,
    "approver": CODE,
    "family_told_on": PAST,
    "target": DAY,
    "confirmed": YES_NO,
    "first_closed": DAY,
    "reopens": DAY,
    "advice_requested": PAST,
}
_CONSULTED: dict[str, Allowed] = {"consultation": CODE, "preference": CODE, "method": METHODS}
_REPLY: dict[str, Allowed] = {"consultation": CODE, "outcome": ("can_meet", "cannot_meet"), "ground": CODE}
_FINAL: dict[str, Allowed] = {"plan_date": DAY, "to": RECIPIENTS, "method": METHODS, "arrived_on": ARRIVAL}
_CHANGED: dict[str, Allowed] = {
    "why": CHANGES,
    "agreed_decision_by": DAY,
    "agreed_plan_by": DAY,
    "reference": CODE,
}
_HOLD: dict[str, Allowed] = {"from": DAY, "to": DAY, "reason": CODE}
_WHY: dict[str, Allowed] = {"why": CODE, "who": CODE}


def _advice(name: str, words: str, attributes: dict[str, Allowed]) -> Kind:
    return Kind(name, words, About.CATEGORY, attributes)


_ALL = (
    # Requests: s.36(1), s.24(1), regs 4(1) and 5(1)
    Kind("request_received", "the request was received", attributes={"source": SOURCES}, starts=True),
    Kind(
        "became_responsible",
        "the authority became responsible",
        attributes={"source": SOURCES, "inherited_from": CODE},
        starts=True,
    ),
    Kind("further_request", "a further request was received", attributes={"source": SOURCES}),
    # Decisions: reg 5, s.36(5) and (9), reg 10. The day is the day the decision was sent.
    Kind("decision_to_assess", "the decision to assess was sent", attributes={**_DECISION, **_PLANNED}),
    Kind(
        "decision_not_to_assess",
        "the decision not to assess was sent",
        attributes={**_DECISION, "under": ("s36(5)", "s36(9)", "both")},
        ends=True,
    ),
    Kind("refusal_changed", "the refusal was changed", attributes=_CHANGED, required=("why",)),
    Kind("decision_to_issue", "the decision to issue a plan was sent", attributes=_DECISION),
    Kind("decision_not_to_issue", "the decision not to issue a plan was sent", attributes=_DECISION, ends=True),
    # Advice: regs 6 and 8
    _advice("advice_requested", "advice was requested", _ASK),
    _advice("advice_received", "the advice was received", _ANSWER),
    _advice("advice_part", "part of the advice was received", _ANSWER),
    _advice("advice_nil", "a nil return was received", _ANSWER),
    _advice("advice_insufficient", "the advice was found insufficient", _ANSWER),
    _advice("advice_declined", "the request for advice was declined", _ANSWER),
    _advice("advice_expected", "a day was given on which the advice is expected", _ABOUT_ASK),
    _advice("advice_reassigned", "the request for advice was passed on", _ABOUT_ASK),
    _advice("advice_cancelled", "the request for advice was cancelled", _ABOUT_ASK),
    _advice("proceeding_without", "the authority went on without the advice", _ABOUT_ASK),
    _advice("advice_reused", "earlier advice was reused", _REUSE),
    Kind("family_views", "the family gave its views", attributes={"from": FAMILY}),
    # The plan: reg 13, ss.38 to 40
    Kind("draft_plan_sent", "the draft plan was sent", attributes=_DRAFT),
    Kind("consulted", "the provider was consulted", About.PROVIDER, _CONSULTED),
    Kind("consultation_reply", "the provider replied", About.PROVIDER, _REPLY),
    Kind("final_plan_sent", "the final plan was sent", attributes=_FINAL, ends=True),
    Kind("relief", "a relief was recorded", attributes=_RELIEF, required=("ground",)),
    # The end, and what is said about the record itself
    Kind("withdrawn", "the request was withdrawn", attributes=_WHY, ends=True),
    Kind("moved_away", "the family moved away", attributes={"to_authority": CODE}, ends=True),
    Kind("died", "the child or young person died", ends=True),
    Kind("attained_26", "the young person turned 26", ends=True),
    Kind("mail_hold", "letters were put on hold", attributes=_HOLD),
    Kind("opened_in_error", "the process was found to have been opened in error", attributes=_WHY, ends=True),
    Kind("merged_into", "the process was merged into another", attributes={"process": CODE}, ends=True),
    Kind("reopened", "the process was reopened", attributes=_WHY),
    Kind("corrected", "an entry was corrected", About.KIND, {"was": DAY}),
    Kind("retracted", "an entry was retracted", About.KIND, _WHY),
)

KINDS: Mapping[str, Kind] = MappingProxyType({kind.name: kind for kind in _ALL})

STARTS = frozenset(kind.name for kind in _ALL if kind.starts)
ENDS = frozenset(kind.name for kind in _ALL if kind.ends)
# These leave no process behind: nothing was ever owed.
VOIDS = frozenset({"opened_in_error", "merged_into"})
REFUSALS = frozenset({"decision_not_to_assess", "decision_not_to_issue"})
ABOUT_THE_RECORD = frozenset({"corrected", "retracted"})


def split_subject(subject: str) -> tuple[str, str]:
    """`corrected:advice_requested:health` has the subject `advice_requested:health`: kind and subject of that."""
    kind, _, rest = subject.partition(":")
    return kind, rest
