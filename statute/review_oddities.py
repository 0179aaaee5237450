"""What is odd about a fact of a plan and its review, and is recorded with a warning."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from types import MappingProxyType

from statute.arrival import arrived_late
from statute.attributes import codes_of, day_of
from statute.docket import Docket
from statute.endings import THE_PLAN_GOES_ON, closes, went_to_family
from statute.facts import Fact
from statute.limits_of_plans import S44_REVIEW
from statute.limits_of_reviews import REG20_NOTICE
from statute.oddities_of_relief import relief
from statute.phase_transfer import names
from statute.review_case import DECISIONS, OF_ONE_REVIEW, STARTS, ReviewCase, arranger
from statute.words import day_words, plain

_FOUR_WEEKS = 28


def _case(docket: Docket) -> ReviewCase:
    assert isinstance(docket.case, ReviewCase)
    return docket.case


def _start(docket: Docket, fact: Fact) -> Iterator[str]:
    if fact.day < S44_REVIEW.in_force_from:
        yield f"The SEND Regulations 2014 came into force on {day_words(S44_REVIEW.in_force_from)}; check this day."
    meeting, told = day_of(fact, "meeting"), day_of(fact, "family_told_on")
    if meeting is not None and meeting > fact.day:
        yield f"meeting, {day_words(meeting)}, is after the decision of that review, {day_words(fact.day)}."
    if told is not None and told < fact.day:
        yield f"family_told_on, {day_words(told)}, is before the transfer on {day_words(fact.day)}."
    if fact.kind == "last_review":
        before = [each for each in docket.others if each.kind in OF_ONE_REVIEW and each.day <= fact.day]
        if before:
            yield f"What is recorded on or before {day_words(fact.day)} then belongs to that review: it does not count."


def _earlier(docket: Docket, fact: Fact) -> Iterator[str]:
    last = _case(docket).last
    if last is not None and fact.day <= last.day:
        yield (
            f"{plain(fact.kind).capitalize()} on {day_words(fact.day)} is on or before the decision of the last "
            f"review, {day_words(last.day)}: it belongs to that review and does not count here."
        )


def _without_meeting(docket: Docket, fact: Fact) -> Iterator[str]:
    if _held(docket, fact.day) is None and not _earlier_review(docket, fact):
        yield f"No review meeting is recorded on or before {day_words(fact.day)}."


def _decision(docket: Docket, fact: Fact) -> Iterator[str]:
    held = _held(docket, fact.day)
    if held is not None:
        yield from arrived_late(fact, date.fromordinal(held.day.toordinal() + _FOUR_WEEKS))
    decided = day_of(fact, "decided_on")
    if decided is not None and decided > fact.day:
        yield f"decided_on, {day_words(decided)}, is after the day the decision was sent, {day_words(fact.day)}."
    yield from _decided_before(docket, fact)
    if not went_to_family(fact):
        yield (
            "It is not recorded that the family was told (regulation 20(10) or 21(9)), so it meets nothing: "
            "add to=family,setting."
        )
    arranged = docket.case.all("review_arranged_by")
    if "setting" not in codes_of(fact, "to") and not (arranged and arranger(arranged[-1]) == "authority"):
        yield "It is not recorded that the head or principal was told (regulation 20(10)): add to=family,setting."


def _decided_before(docket: Docket, fact: Fact) -> Iterator[str]:
    before = _case(docket).first(*DECISIONS)
    if before is None or before.day > fact.day or docket.case.ended is not None:
        return
    yield f"A decision was sent on {day_words(before.day)} already ({plain(before.kind)})."
    if before.kind == "decision_amend" and fact.kind == "decision_maintain":
        yield "If the plan is not to be amended after all (regulation 22(4)), record decided_not_to_amend."


def _notice(docket: Docket, fact: Fact) -> Iterator[str]:
    if _earlier_review(docket, fact) or _there(docket, "decision_amend", fact.day):
        return
    if _held(docket, fact.day) is not None:
        yield f"No decision to amend is recorded on or before {day_words(fact.day)}."
    else:
        yield "No review meeting is recorded, so this is taken as an amendment without a review (regulation 28)."


def _amended(docket: Docket, fact: Fact) -> Iterator[str]:
    if _earlier_review(docket, fact):
        return
    if fact.kind == "amended_plan_sent" and not went_to_family(fact):
        yield "It was not sent to the family, so it does not meet regulation 22(3)."
        return
    if not _there(docket, "amendment_notice_sent", fact.day):
        yield f"No amendment notice is recorded on or before {day_words(fact.day)}."
    if not closes(fact, docket.others):
        yield "No review belongs to this amendment (regulation 28): the review is still to be done."
    if fact.kind == "amended_plan_sent":
        yield from _transfers_not_named(docket, fact)


def _transfers_not_named(docket: Docket, plan: Fact) -> Iterator[str]:
    for transfer in docket.case.all("phase_transfer"):
        if not names(plan, transfer):
            yield (
                f"It is not recorded to name the receiving school, institution or type, so it does not meet the phase "
                f"transfer ({plain(transfer.subject)}): add names_setting=yes, type or its URN."
            )


def _invited(docket: Docket, fact: Fact) -> Iterator[str]:
    meeting = day_of(fact, "meeting")
    if _earlier_review(docket, fact):
        return
    if meeting is None:
        if _case(docket).meeting is None and _case(docket).planned is None:
            yield "It does not say for which day the meeting is planned: add meeting=DAY."
        return
    last = REG20_NOTICE.rule.last_day(meeting)
    if meeting < fact.day:
        yield f"meeting, {day_words(meeting)}, is before the day it was sent, {day_words(fact.day)}."
    elif fact.day > last:
        yield (
            f"That is less than two clear weeks before the meeting on {day_words(meeting)}: the last day was "
            f"{day_words(last)}."
        )


def _meeting(docket: Docket, fact: Fact) -> Iterator[str]:
    case = _case(docket)
    if _earlier_review(docket, fact) or (case.ended is not None and fact.day > case.ended.day):
        return
    if docket.target is None and case.meeting is not None:
        yield f"A meeting is recorded already, on {day_words(case.meeting.day)}: the first counts."
    said = case.planned and day_of(case.planned, "meeting")
    if said is not None and said != fact.day:
        yield f"The meeting was planned for {day_words(said)}; an invitation to another day is no notice of this one."


def _ceased(docket: Docket, fact: Fact) -> Iterator[str]:
    if not _there(docket, "decision_cease", fact.day):
        yield f"No decision to cease the plan is recorded on or before {day_words(fact.day)} (regulation 31)."
    elif any(each.attributes.get("outcome") in THE_PLAN_GOES_ON for each in docket.case.all("appeal_determined")):
        yield "The appeal was allowed or conceded, so the plan was to go on."


def _registered(docket: Docket, fact: Fact) -> Iterator[str]:
    if not any(_there(docket, kind, fact.day) for kind in (*DECISIONS, "amended_plan_sent", "decided_not_to_amend")):
        yield f"No decision is recorded on or before {day_words(fact.day)} that could be appealed against."


def _determined(docket: Docket, fact: Fact) -> Iterator[str]:
    if not _there(docket, "appeal_registered", fact.day):
        yield f"No appeal is recorded on or before {day_words(fact.day)}."


def _transfer(docket: Docket, fact: Fact) -> Iterator[str]:
    same = [each for each in docket.others if each.kind == fact.kind and each.subject == fact.subject]
    if same and docket.target is None and same[-1].day != fact.day:
        yield (
            f"Such a transfer is recorded already, of {day_words(same[-1].day)}: both stand, and each must be met. "
            "If one is wrong, correct or retract it."
        )


def _held(docket: Docket, day: date) -> Fact | None:
    meeting = _case(docket).meeting
    return meeting if meeting is not None and meeting.day <= day else None


def _there(docket: Docket, kind: str, day: date) -> bool:
    return any(each.day <= day for each in docket.case.all(kind))


def _earlier_review(docket: Docket, fact: Fact) -> bool:
    last = _case(docket).last
    return last is not None and fact.day <= last.day


_Check = Callable[[Docket, Fact], Iterator[str]]
REVIEW_CHECKS: Mapping[str, tuple[_Check, ...]] = MappingProxyType(
    {
        **dict.fromkeys(STARTS, (_start,)),
        "phase_transfer": (_transfer,),
        "review_invited": (_earlier, _invited),
        "review_papers_sent": (_earlier, _invited),
        "review_meeting": (_earlier, _meeting),
        "review_report_received": (_earlier, _without_meeting),
        **dict.fromkeys(DECISIONS, (_earlier, _without_meeting, _decision)),
        "amendment_notice_sent": (_earlier, _notice),
        "amended_plan_sent": (_earlier, _amended),
        "decided_not_to_amend": (_earlier, _amended),
        "plan_ceased": (_ceased,),
        "appeal_registered": (_earlier, _registered),
        "appeal_determined": (_earlier, _determined),
        "relief": (relief,),
    }
)
