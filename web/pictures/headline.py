"""How a case stands in two sentences: where we are and what is due, then what matters most now."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from types import MappingProxyType

from statute.kind import ASSESSMENT
from statute.phase_transfer import backward
from statute.timeline import OPEN, Deadline, State, Timeline
from statute.words import count, day_words, listed

FINAL, DECIDE = "reg13_final_plan", "reg5_decide"
WINDOW = "reg13_representations"
REVIEW_DUE = ("s44_review", "reg27_review", "reg15_review")
FINALS = ("reg22_final", "devon_final")
WEEKS = 20
_LATE = frozenset({State.MET_LATE, State.MET_UNDER_RELIEF, State.ENDED_OVERDUE})
_ADVICE = ("reg8_advice", "code_advice")
_ENDS: Mapping[str, str] = MappingProxyType(
    {
        "final_plan_sent": "Final plan sent",
        "decision_not_to_assess": "Decided not to assess",
        "decision_not_to_issue": "Decided not to issue a plan",
        "withdrawn": "Request withdrawn",
        "moved_away": "The family moved away",
        "died": "The child or young person died",
        "attained_26": "The young person turned 26",
        "opened_in_error": "Opened in error",
        "merged_into": "Merged into another case",
        "decision_maintain": "Decided to keep the plan as it is",
        "amended_plan_sent": "Amended plan sent",
        "decided_not_to_amend": "Decided not to amend after all",
        "plan_ceased": "The plan ceased",
        "transferred_out": "The plan went to another authority",
        "appeal_determined": "The appeal was determined",
    }
)
_OWED: Mapping[str, str] = MappingProxyType(
    {
        DECIDE: "The decision whether to assess",
        FINAL: "The final plan",
        "reg10_refuse_plan": "Telling the family that no plan is issued",
        "s44_review": "The annual review",
        "reg27_review": "The review after the re-assessment",
        "reg15_review": "The review of the plan that was transferred",
        "reg15_inform": "The letter about the transfer of the plan",
        "reg18_phase_transfer": "The plan for the phase transfer",
        "reg20_report": "The report of the meeting",
        "reg20_decision": "The decision after the meeting",
        "reg20_notice": "Notice of the meeting",
        "reg20_papers": "The papers for the meeting",
        "reg22_final": "The final amended plan",
        "devon_final": "The final amended plan",
        "code_early_years": "A review for a child under five",
    }
)


def headline(timeline: Timeline) -> tuple[str, ...]:
    """One or two sentences on how a case stands."""
    if timeline.started_on is None:
        return ("Nothing has begun on this day.",)
    if timeline.ended_on is not None:
        return (_ended(timeline, timeline.started_on, timeline.ended_on),)
    first = _assessment(timeline) if timeline.process == ASSESSMENT else _review(timeline)
    return (first, *_most(matters(timeline)))


def week_of(start: date, day: date) -> int:
    """The week that a day lies in: the first seven days after the start are week 1."""
    return max(1, -((start - day).days // 7))


def towards(due: date, day: date) -> str:
    """`in 42 days`, `today`, `3 days ago`."""
    left = (due - day).days
    if left == 0:
        return "today"
    return f"in {count(left, 'day')}" if left > 0 else f"{count(left, 'day')} ago"


def ended_words(kind: str) -> str:
    """What ended a case, as the beginning of a sentence."""
    return _ENDS.get(kind, "Ended")


def owed_words(limit: str) -> str:
    """What a limit wants, as the beginning of a sentence."""
    return _OWED.get(limit, "What the law wants")


def matters(timeline: Timeline) -> Iterator[str]:
    """What matters now, the most pressing first."""
    yield from _own_late(timeline)
    yield from _advice_late(timeline)
    yield from _lifted(timeline)
    yield from _due_soon(timeline)
    yield from _window(timeline)
    yield from _draft(timeline)
    yield from _meeting(timeline)


def _most(found: Iterator[str]) -> tuple[str, ...]:
    first = next(found, "")
    return (first,) if first else ()


def _ended(timeline: Timeline, start: date, ended: date) -> str:
    words = f"{ended_words(timeline.ended_by)} on {day_words(ended)}"
    if timeline.process != ASSESSMENT:
        return f"{words}{_judged(_worst(timeline))}."
    judged = {"final_plan_sent": FINAL, "decision_not_to_assess": DECIDE, "decision_not_to_issue": "reg10_refuse_plan"}
    limit = timeline.get(judged.get(timeline.ended_by, ""))
    return f"{words}, in week {week_of(start, ended)}{_judged(limit)}."


def _judged(limit: Deadline | None) -> str:
    if limit is None or limit.days is None:
        return ""
    if limit.state is State.MET:
        return ": in time"
    if limit.state is State.MET_UNDER_RELIEF:
        return f": {count(limit.days, 'day')} after the last day, which an exception had lifted"
    return f": {count(limit.days, 'day')} late" if limit.state in _LATE else ""


def _worst(timeline: Timeline) -> Deadline | None:
    """The limit of a review that was missed by most, else one that was met in time."""
    judged = [each for each in timeline.deadlines if each.limit in ("reg20_decision", *REVIEW_DUE, *FINALS)]
    done = [each for each in judged if each.days is not None and each.state in (*_LATE, State.MET)]
    return max(done, key=lambda each: (each.state in _LATE, each.days or 0), default=None)


def _assessment(timeline: Timeline) -> str:
    final, today = timeline.get(FINAL), timeline.as_of
    week = week_of(timeline.started_on or today, today)
    if final is None or final.legal_due is None:
        return f"Week {week}."
    said = f"{day_words(final.legal_due)}, {towards(final.legal_due, today)}"
    if final.state is State.REPLACED:
        return f"Week {week}. The 20 weeks were replaced by other days after the refusal was changed."
    if final.state is State.LIFTED:
        return f"Week {week}. An exception lifts the 20 weeks, {_ending(final, today)} {said}."
    if final.state is State.OVERDUE:
        return f"Week {week}: past the {WEEKS} weeks. The final plan was due {said}."
    return f"Week {week} of {WEEKS}. Final plan due {said}."


def _ending(limit: Deadline, today: date) -> str:
    return "which ended" if limit.legal_due and limit.legal_due < today else "which end"


def _review(timeline: Timeline) -> str:
    """The next of the days that bind the authority, the amended plan first once it is owed."""
    for limits in (FINALS, ("reg20_decision",), REVIEW_DUE):
        owed = [each for each in timeline.deadlines if each.limit in limits and each.state in OPEN and each.legal_due]
        if owed:
            found = min(owed, key=lambda each: each.legal_due or date.max)
            due = found.legal_due or timeline.as_of
            was = "was due" if due < timeline.as_of else "is due"
            return f"{owed_words(found.limit)} {was} {day_words(due)}, {towards(due, timeline.as_of)}."
    if (hold := timeline.get("s45_hold")) and hold.legal_due and hold.state is State.WINDOW_OPEN:
        return f"The plan must be kept until {day_words(hold.legal_due)}: the family may appeal against ceasing it."
    return "No limit of this review is running."


def _own_late(timeline: Timeline) -> Iterator[str]:
    main = FINAL if timeline.process == ASSESSMENT else ""
    late = [each for each in timeline.deadlines if each.state is State.OVERDUE and each.limit in _OWED]
    for each in sorted(late, key=lambda each: each.legal_due or date.max):
        if each.limit != main and each.days:
            yield f"{owed_words(each.limit)} is {count(each.days, 'day')} late."


def _advice_late(timeline: Timeline) -> Iterator[str]:
    asked = [each for each in timeline.deadlines if each.limit in _ADVICE and each.legal_due]
    late = [each for each in asked if each.state is State.OVERDUE]
    if late:
        names = listed([_service(each.subject) for each in late])
        are = "is" if len(late) == 1 else "are"
        yield f"Of {count(len(asked), 'request')} for advice {len(late)} {are} late: {names}."


def _service(subject: str) -> str:
    return subject.replace("_", " ").replace("/", " ")


def _lifted(timeline: Timeline) -> Iterator[str]:
    lifted = [each for each in timeline.deadlines if each.state is State.LIFTED and each.legal_due]
    for each in lifted:
        if each.legal_due and each.legal_due < timeline.as_of:
            target = f" The authority has set itself {day_words(each.target)}." if each.target else ""
            owed = "is still owed as soon as practicable: its limit is lifted and past."
            yield f"{owed_words(each.limit)} {owed}{target}"


def _due_soon(timeline: Timeline) -> Iterator[str]:
    soon = [each for each in timeline.deadlines if each.state in (State.DUE_TODAY, State.DUE_SOON)]
    soon = [each for each in soon if each.limit in _OWED and each.limit != FINAL]
    for each in sorted(soon, key=lambda each: each.legal_due or date.max):
        if each.legal_due:
            when = towards(each.legal_due, timeline.as_of)
            yield f"{owed_words(each.limit)} is due {day_words(each.legal_due)}, {when}."


def _window(timeline: Timeline) -> Iterator[str]:
    for limit, what in ((WINDOW, "draft plan"), ("reg22_representations", "proposed amendments")):
        window = timeline.get(limit)
        if window and window.legal_due and window.state is State.WINDOW_OPEN:
            yield f"The family has until {day_words(window.legal_due)} to answer the {what}."
        elif window and window.legal_due and window.state is State.WINDOW_CLOSED:
            yield f"The family's time to answer the {what} is over, so the plan can be finished."


def meeting_wanted(timeline: Timeline) -> date | None:
    """The last day for the meeting that leaves time to decide, and before a transfer to amend; None once it is past."""
    wanted: list[date] = []
    for each in timeline.deadlines:
        if each.state in OPEN and each.legal_due:
            if each.limit in REVIEW_DUE:
                wanted.append(each.legal_due - timedelta(weeks=4))
            elif each.limit == "reg18_phase_transfer":
                wanted.append(backward(each.legal_due).meeting)
    return min((day for day in wanted if day >= timeline.as_of), default=None)


def _meeting(timeline: Timeline) -> Iterator[str]:
    """While no meeting is held or planned: by when one is wanted."""
    decision = timeline.get("reg20_decision")
    if timeline.process == ASSESSMENT or (decision and decision.start) or not (day := meeting_wanted(timeline)):
        return
    notice = timeline.get("reg20_notice")
    if notice is None or notice.start is None:
        yield f"If the meeting is held by {day_words(day)}, what follows it can be done in time."


def _draft(timeline: Timeline) -> Iterator[str]:
    """The last day for the draft that leaves the family its 15 days before the final plan is due (reg 13(1)(a))."""
    final, decide, window = timeline.get(FINAL), timeline.get(DECIDE), timeline.get(WINDOW)
    if final is None or final.state not in OPEN or window is None or window.start or not final.operational_due:
        return
    if decide is None or decide.met_on is None:
        if decide and decide.legal_due:
            yield (
                f"The decision whether to assess is due {day_words(decide.legal_due)}, "
                f"{towards(decide.legal_due, timeline.as_of)}."
            )
        return
    last = final.operational_due - timedelta(days=15)
    if last >= timeline.as_of:
        yield f"If the draft plan is served by {day_words(last)}, the family keeps its 15 days."
    elif final.state is not State.OVERDUE:
        yield f"The family's 15 days no longer fit: the draft plan was wanted by {day_words(last)}."
