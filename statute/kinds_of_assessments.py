"""What can be recorded of an EHC needs assessment: regulations 4 to 13, sections 36 to 40."""

from statute.kind import (
    ARRIVAL,
    CODE,
    DAY,
    FAMILY,
    METHODS,
    OLD,
    PAST,
    RECIPIENTS,
    YES_NO,
    About,
    Allowed,
    Kind,
)

SOURCES = ("1", "2", "3", "4", "5")
REQUESTERS = (1, 2)
"""Of these, in figures, whose request starts the clocks under s.36(1): family, school or post-16 institution."""
CHANGES = ("own_accord", "mediation_agreement", "reg45_notice", "tribunal_order", "consent_order")

_DECISION: dict[str, Allowed] = {"decided_on": PAST, "method": METHODS, "to": FAMILY, "arrived_on": ARRIVAL}
_PLANNED: dict[str, Allowed] = {"seek": CODE, "reuse": CODE, "already_asked": CODE}
# `documents` are the SHA-256 of what came or went with it, in hexadecimal figures: so the ledger says which were meant.
_ANSWER: dict[str, Allowed] = {
    "request": CODE,
    "report_date": OLD,
    "reason": CODE,
    "body": CODE,
    "documents": CODE,
}
_ASK: dict[str, Allowed] = {
    "request": CODE,
    "received_by_body": ARRIVAL,
    "channel": CODE,
    "section_31": YES_NO,
    "body": CODE,
    "documents": CODE,
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
# Health or social care advice that had neither come nor been returned as nil, and a person said why (`because`).
WITHOUT: Allowed = ("health*", "social_care*")
_DRAFT: dict[str, Allowed] = {"served": ARRIVAL, "method": METHODS, "reps_until": DAY, "to": FAMILY, "without": WITHOUT}
_CONSULTED: dict[str, Allowed] = {"consultation": CODE, "preference": CODE, "method": METHODS}
_REPLY: dict[str, Allowed] = {"consultation": CODE, "outcome": ("can_meet", "cannot_meet"), "ground": CODE}
_FINAL: dict[str, Allowed] = {
    "plan_date": DAY,
    "to": RECIPIENTS,
    "method": METHODS,
    "arrived_on": ARRIVAL,
    "without": WITHOUT,
}
_CHANGED: dict[str, Allowed] = {
    "why": CHANGES,
    "agreed_decision_by": DAY,
    "agreed_plan_by": DAY,
    "reference": CODE,
}
WHY: dict[str, Allowed] = {"why": CODE, "who": CODE}


def _advice(name: str, words: str, attributes: dict[str, Allowed]) -> Kind:
    return Kind(name, words, About.CATEGORY, attributes)


KINDS_OF_ASSESSMENTS = (
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
    Kind("decision_to_issue", "the decision to issue a plan was sent", attributes={**_DECISION, "without": WITHOUT}),
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
    Kind("withdrawn", "the request was withdrawn", attributes=WHY, ends=True),
)
