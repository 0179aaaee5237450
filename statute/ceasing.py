"""Ceasing a plan: it is kept until the family's time to appeal, or the appeal, is over (s.45(4))."""

from collections.abc import Iterator
from datetime import date

from statute.appeal_window import last_day_to_appeal
from statute.facts import Fact
from statute.limit import Limit
from statute.review_case import ReviewCase, goes_on_after_appeal
from statute.row import Row
from statute.timeline import State
from statute.words import day_words

_NOT_CEASING = "The authority has not decided to cease the plan, so there is nothing to hold."
_CHANGED = "A later decision keeps the plan, so there is nothing to hold."
_GOES_ON = "The appeal was allowed or conceded, so the plan goes on."
_APPEALED = "An appeal is registered and not determined, so the plan must be kept."
_OPEN = "The plan may not cease before that day is over, nor while an appeal is undetermined."
_CLOSED = (
    "That time is over and no appeal is undetermined, so the plan may cease, unless a mediation certificate was issued "
    "less than a month ago."
)
_DISMISSED = "The appeal was dismissed, so the plan may cease."
_CEASED = "The plan has ceased."


def hold(limit: Limit, case: ReviewCase) -> Iterator[Row]:
    """The hold on ceasing: a window of the family's, never overdue; a plan that ceased inside it is a breach."""
    cease = _cease(case)
    if cease is None:
        state = State.NOT_APPLICABLE if case.ended else State.NOT_STARTED
        because = _CHANGED if case.first("decision_cease") else _NOT_CEASING
        yield Row(limit, case, None, None, None, state=state, because=because if case.started else "")
        return
    due = last_day_to_appeal(cease.day, case.calendar)
    row = Row(limit, case, cease, cease.day, due)
    ceased = case.first("plan_ceased")
    row.state, row.because = _stands(case, due, ceased)
    if ceased is not None and not case.void and (inside := _inside(case, due, ceased)):
        row.breach = f"The plan ceased on {day_words(ceased.day)}, {inside} (section 45(4))."
    yield row


def _cease(case: ReviewCase) -> Fact | None:
    """The decision to cease that stands: a later decision to keep or amend the plan undoes it."""
    decisions = [*case.all("decision_cease"), *case.all("decision_maintain"), *case.all("decision_amend")]
    last = max(decisions, key=lambda fact: (fact.day, fact.sequence), default=None)
    return last if last is not None and last.kind == "decision_cease" else None


def _stands(case: ReviewCase, due: date, ceased: Fact | None) -> tuple[State, str]:
    if case.void:
        return State.NOT_APPLICABLE, ""
    if goes_on_after_appeal(case) is not None:
        return State.NOT_APPLICABLE, _GOES_ON
    if ceased is not None:
        return State.WINDOW_CLOSED, _CEASED
    if case.ended is not None:
        return (State.WINDOW_CLOSED, "") if case.ended.day > due else (State.NOT_APPLICABLE, "")
    if _undetermined(case):
        return State.WINDOW_OPEN, _APPEALED
    return _by_the_day(case, due)


def _by_the_day(case: ReviewCase, due: date) -> tuple[State, str]:
    if _dismissed(case):
        return State.WINDOW_CLOSED, _DISMISSED
    return (State.WINDOW_OPEN, _OPEN) if case.today <= due else (State.WINDOW_CLOSED, _CLOSED)


def _inside(case: ReviewCase, due: date, ceased: Fact) -> str:
    if _undetermined(case):
        return "while an appeal was undetermined"
    if ceased.day <= due and not case.all("appeal_determined"):
        return f"inside the family's time to appeal, which ran up to and including {day_words(due)}"
    return ""


def _dismissed(case: ReviewCase) -> bool:
    """Reg 44(2)(a): then the plan ceases at once, whatever is left of the two months."""
    determined = case.all("appeal_determined")
    return bool(determined) and determined[-1].attributes.get("outcome") == "dismissed"


def _undetermined(case: ReviewCase) -> bool:
    registered, determined = case.all("appeal_registered"), case.all("appeal_determined")
    if not registered:
        return False
    return not determined or determined[-1].day < registered[-1].day
