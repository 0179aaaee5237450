"""What is recorded with a warning: odd, perhaps a slip, perhaps how it was."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from statute.advice import ABOUT_A_REQUEST
from statute.arrival import arrived_late
from statute.attributes import day_of
from statute.consultation import consultations
from statute.docket import Docket
from statute.endings import ANOTHER_REVIEW_FOLLOWS, closes, went_to_family
from statute.facts import Fact
from statute.form import days_in
from statute.kind import ANNUAL_REVIEW, ASSESSMENT
from statute.kinds import ABOUT_THE_RECORD, MAY_LIE_AHEAD, REFUSALS, STARTS_OF, VOIDS, Value
from statute.limits_of_assessments import LIMITS
from statute.oddities_of_advice import about_request, asked, reused
from statute.oddities_of_relief import relief
from statute.review_case import OF_ONE_REVIEW
from statute.review_oddities import REVIEW_CHECKS
from statute.words import day_words, plain

_STILL_SAID_AFTER_THE_END = ABOUT_THE_RECORD | MAY_LIE_AHEAD | {"relief", "reopened", "refusal_changed", "mail_hold"}
_GOES_ON = frozenset({"decision_to_assess", "decision_to_issue", "draft_plan_sent", "final_plan_sent"})
_LAW_BEGAN = LIMITS["reg5_decide"].in_force_from


def oddities(docket: Docket) -> Iterator[str]:
    """What is odd about a fact, sentence by sentence."""
    fact = docket.fact
    if fact is None:
        return
    yield from _again(docket, fact)
    yield from _after_the_end(docket, fact)
    yield from _arrivals(docket, fact)
    checks = REVIEW_CHECKS if docket.process == ANNUAL_REVIEW else _CHECKS
    for check in checks.get(fact.kind, ()):
        yield from check(docket, fact)


def _again(docket: Docket, fact: Fact) -> Iterator[str]:
    same = [each for each in docket.others if (each.kind, each.subject) == (fact.kind, fact.subject)]
    if any(each.day == fact.day for each in same) and docket.target is None:
        yield f"{plain(fact.kind).capitalize()} on {day_words(fact.day)} is recorded already."


def _after_the_end(docket: Docket, fact: Fact) -> Iterator[str]:
    ended = docket.case.ended
    if ended is None or fact.kind in _STILL_SAID_AFTER_THE_END or fact.day < ended.day:
        return
    if fact.kind in ("final_plan_sent", "amended_plan_sent") and not went_to_family(fact):
        return
    if fact.kind in VOIDS:
        return
    if fact.day > ended.day or closes(fact, docket.others):
        yield f"The case ended on {day_words(ended.day)} ({plain(ended.kind)}); this no longer changes a limit."
        if fact.kind in OF_ONE_REVIEW and ended.kind in ANOTHER_REVIEW_FOLLOWS:
            yield "If it belongs to the next review, record it there."
        if ended.kind in REFUSALS and fact.kind in _GOES_ON:
            yield "If the refusal was changed, record refusal_changed with its day and why."


def _arrivals(docket: Docket, fact: Fact) -> Iterator[str]:
    for name, value in days_in(fact):
        day = day_of(fact, name)
        if value is not Value.ARRIVAL or day is None:
            continue
        if day > docket.today:
            yield f"{name}, {day_words(day)}, has not come yet: correct it if it turns out otherwise."
        if day < fact.day:
            yield f"{name}, {day_words(day)}, is before the day it was sent, {day_words(fact.day)}."


def _start(docket: Docket, fact: Fact) -> Iterator[str]:
    if docket.target is None and any(each.kind == fact.kind for each in docket.others):
        yield f"{plain(fact.kind).capitalize()} is recorded already, and the earliest counts. Use further_request."
    source = fact.attributes.get("source", "")
    if fact.kind == "request_received" and source in ("3", "4", "5"):
        yield f"Source {source} cannot make a request under section 36(1): record became_responsible."
    if fact.kind == "became_responsible" and source in ("1", "2"):
        yield f"Source {source} makes a request under section 36(1): record request_received."
    if fact.day < _LAW_BEGAN:
        yield f"The SEND Regulations 2014 came into force on {day_words(_LAW_BEGAN)}; these limits did not yet bind."


def _decision(docket: Docket, fact: Fact) -> Iterator[str]:
    for limit in ("reg10_refuse_plan",) if fact.kind == "decision_not_to_issue" else ("reg5_decide",):
        if docket.case.started is not None:
            yield from arrived_late(fact, LIMITS[limit].rule.last_day(docket.case.started.day))
    before = docket.case.first("decision_to_assess", "decision_not_to_assess")
    if before and before.day <= fact.day and fact.kind.endswith("to_assess") and docket.case.ended is None:
        yield f"A decision was sent on {day_words(before.day)} already ({plain(before.kind)})."


def _without_assessment(docket: Docket, fact: Fact) -> Iterator[str]:
    decided = [each for each in docket.case.all("decision_to_assess") if each.day <= fact.day]
    if not decided:
        yield f"No decision to assess is recorded on or before {day_words(fact.day)}."


def _final(docket: Docket, fact: Fact) -> Iterator[str]:
    if not went_to_family(fact):
        yield "It was not sent to the family, so it does not meet regulation 13(2)."
    elif not any(each.day <= fact.day for each in docket.case.all("draft_plan_sent")):
        missing = "" if docket.case.all("decision_to_issue") else " nor a decision to issue a plan"
        yield f"No draft plan{missing} is recorded on or before {day_words(fact.day)}."


def _reply(docket: Docket, fact: Fact) -> Iterator[str]:
    if not any(each.subject == fact.subject for each in docket.case.all("consulted")):
        yield f"No consultation of {fact.subject} is recorded."


def _consulted(docket: Docket, fact: Fact) -> Iterator[str]:
    for each in consultations(docket.case.facts):
        if docket.target is None and each.key == fact.subject and each.answered is None:
            yield f"It was consulted on {day_words(each.asked.day)} and is awaited: the 15 days stay with that."
    if not docket.case.all("draft_plan_sent"):
        yield "No draft plan is recorded that the provider could be consulted on."


_Check = Callable[[Docket, Fact], Iterator[str]]
_CHECKS: Mapping[str, tuple[_Check, ...]] = MappingProxyType(
    {
        **dict.fromkeys(STARTS_OF[ASSESSMENT], (_start,)),
        "decision_to_assess": (_decision,),
        "decision_not_to_assess": (_decision,),
        "decision_to_issue": (_without_assessment,),
        "decision_not_to_issue": (_decision, _without_assessment),
        "advice_requested": (_without_assessment, asked),
        **dict.fromkeys(ABOUT_A_REQUEST, (about_request,)),
        "advice_reused": (reused,),
        "draft_plan_sent": (_without_assessment,),
        "consulted": (_consulted,),
        "consultation_reply": (_reply,),
        "final_plan_sent": (_without_assessment, _final),
        "relief": (relief,),
    }
)
