"""What came of a limit, in words: one short answer for every state."""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from types import MappingProxyType

from statute.advice import agreed_to_reuse
from statute.attributes import day_of
from statute.facts import Fact
from statute.kinds import KINDS
from statute.reliefs import GROUND_WORDS
from statute.row import Row
from statute.timeline import State
from statute.words import capital, count, day_words

_DAY = timedelta(days=1)
_CHANGED_BY = {
    "mediation_agreement": "a mediation agreement",
    "reg45_notice": "a notice to the tribunal that the appeal is not opposed (regulation 45)",
    "tribunal_order": "an order of the tribunal",
    "consent_order": "a consent order of the tribunal",
}
_WAITS_FOR = {
    "reg4_refuse_assessment": "decides not to assess",
    "reg10_refuse_plan": "decides not to issue a plan",
}
_NO_REFUSAL = {
    "decision_to_assess": "The authority decided to assess, so there is no refusal to assess to tell of",
    "decision_to_issue": "The authority decided to issue a plan, so there is no refusal to tell of",
    "final_plan_sent": "A plan was issued, so there is no refusal to tell of",
}


def outcome(row: Row) -> Iterator[str]:
    """What the state of the row means, as of the day of the timeline."""
    if row.because and not row.case.void:
        return iter((row.because,))
    return _OUTCOMES[row.state](row)


def happened(fact: Fact) -> str:
    """A fact as the beginning of a sentence: `The request was received on Monday 2 September 2024`."""
    words = KINDS[fact.kind].words
    return f"{capital(words)} on {day_words(fact.day)}"


def _done(row: Row, met: Fact) -> str:
    """What met the row, as the beginning of a sentence."""
    return f"{row.done} on {day_words(met.day)}" if row.done else happened(met)


def _not_started(row: Row) -> Iterator[str]:
    yield "That has not happened yet, so no day is running."


def _running(row: Row) -> Iterator[str]:
    if row.due is None:
        yield "It has not been sent yet."
        return
    left = (row.due - row.case.today).days
    yield f"{count(left, 'day')} {'is' if left == 1 else 'are'} left."


def _due_today(row: Row) -> Iterator[str]:
    yield "That is today, so it is not late before midnight."


def _overdue(row: Row) -> Iterator[str]:
    yield f"It has not been done and is {_late(row)} late; it is owed as soon as practicable."


def _late(row: Row) -> str:
    until = row.case.today if row.end is None else row.end.day
    done = until if row.met is None else row.met.day
    return "" if row.due is None else count((done - row.due).days, "day")


def _conditional(row: Row) -> Iterator[str]:
    yield f"It binds only if the authority {_WAITS_FOR[row.limit.id]}, which it has not done."


def _met(row: Row) -> Iterator[str]:
    if row.met is None:
        return
    if row.due is None:
        yield f"{_done(row, row.met)}."
    elif row.met.day < row.due:
        yield f"{_done(row, row.met)}, in time."
    else:
        yield f"{_done(row, row.met)}, in time, on the last day."


def _met_late(row: Row) -> Iterator[str]:
    if row.met is not None:
        yield f"{_done(row, row.met)}: {_late(row)} late."


def _met_under_relief(row: Row) -> Iterator[str]:
    if row.met is None or row.relief is None:
        return
    yield f"{_done(row, row.met)}: {_late(row)} after the last day."
    yield f"{_why_lifted(row, row.relief)}, so it was not late in law; figures that count exceptions still show it."


def _lifted(row: Row) -> Iterator[str]:
    if row.relief is None:
        return
    yield f"{_why_lifted(row, row.relief)}, so the limit is lifted."
    yield "No new day takes its place: it is still to be done as soon as practicable."
    if (target := day_of(row.relief, "target")) is not None:
        yield f"The authority has set itself {day_words(target)}."


def _why_lifted(row: Row, relief: Fact) -> str:
    ground = relief.attributes["ground"]
    words, source = (
        GROUND_WORDS[ground],
        row.limit.grounds[ground].replace("SI 2014/1530 reg", "regulation").replace(" reg ", " regulation "),
    )
    return f"{capital(words)}{_from_to(relief)} ({source})"


def _from_to(relief: Fact) -> str:
    first = day_of(relief, "from") or day_of(relief, "first_closed")
    last = day_of(relief, "to")
    reopens = day_of(relief, "reopens")
    if last is None and reopens is not None:
        last = reopens - _DAY
    said = f" from {day_words(first)}" if first else ""
    return said + (f" to {day_words(last)}" if last else "")


def _replaced(row: Row) -> Iterator[str]:
    change = row.case.replaced
    if change is None:
        return
    by = _CHANGED_BY.get(change.attributes.get("why", ""), "an agreement or order")
    yield f"On {day_words(change.day)} {by} put other days in the place of this one."
    agreed = day_of(change, "agreed_plan_by" if row.limit.id == "reg13_final_plan" else "agreed_decision_by")
    if agreed is not None:
        yield f"The day agreed is {day_words(agreed)}."
    if row.met is not None and row.due is not None:
        days = (row.met.day - row.due).days
        against = f"{count(days, 'day')} {'after' if days > 0 else 'before'}" if days else "on"
        yield f"{happened(row.met)}, {against} the day that was replaced."


def _ended_overdue(row: Row) -> Iterator[str]:
    if row.end is not None:
        yield f"It had not been done when it ended, {_late(row)} late: {_lower(happened(row.end))}."


def _not_applicable(row: Row) -> Iterator[str]:
    end = row.end
    if row.case.void and row.case.ended is not None:
        yield f"Nothing is owed: {_lower(happened(row.case.ended))}."
    elif row.closed is not None:
        yield from _closed(row, row.closed)
    elif (decided := _decided_otherwise(row)) is not None:
        yield decided
    elif end is not None:
        yield f"It no longer applies: {_lower(happened(end))}{_before(row, end)}."


def _closed(row: Row, closed: Fact) -> Iterator[str]:
    if closed.kind != "advice_reused":
        yield f"This request no longer applies: {_lower(happened(closed))}{_before(row, closed)}."
        return
    dated = day_of(closed, "report_date")
    report = f", with a report of {day_words(dated)}" if dated else ""
    if agreed_to_reuse(closed):
        yield f"{happened(closed)}{report}, so it must not be sought again (regulation 6(4))."
    else:
        yield f"{happened(closed)}{report}, though it is not recorded that giver, family and authority all agree."


def _decided_otherwise(row: Row) -> str | None:
    case = row.case
    if row.limit.id == "reg4_refuse_assessment":
        refusal = case.first("decision_not_to_assess")
        if refusal is not None:
            return f"{happened(refusal)} under section 36(9) alone, which regulation 4(1) does not reach."
        decided = case.first("decision_to_assess")
    elif row.limit.id == "reg10_refuse_plan":
        decided = case.first("decision_to_issue") or case.first("final_plan_sent")
    else:
        return None
    return None if decided is None else f"{_NO_REFUSAL[decided.kind]} ({day_words(decided.day)})."


def _before(row: Row, end: Fact) -> str:
    if row.due is None:
        return ", before this clock had started" if row.start is None else ""
    if end.day <= row.due:
        return ", before this day had passed"
    return ", while a relief had lifted the limit" if row.relief is not None else ""


def _window_open(row: Row) -> Iterator[str]:
    if row.due is not None:
        yield f"The {_waiting(row)} may be sent from {day_words(row.due + _DAY)}, not before."


def _window_closed(row: Row) -> Iterator[str]:
    if row.due is not None:
        yield f"That time is over; the {_waiting(row)} could be sent from {day_words(row.due + _DAY)}."


def _waiting(row: Row) -> str:
    return "amended plan" if row.limit.id == "reg22_representations" else "final plan"


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


_OUTCOMES: Mapping[State, Callable[[Row], Iterator[str]]] = MappingProxyType(
    {
        State.NOT_STARTED: _not_started,
        State.RUNNING: _running,
        State.DUE_SOON: _running,
        State.DUE_TODAY: _due_today,
        State.OVERDUE: _overdue,
        State.CONDITIONAL: _conditional,
        State.MET: _met,
        State.MET_LATE: _met_late,
        State.MET_UNDER_RELIEF: _met_under_relief,
        State.LIFTED: _lifted,
        State.REPLACED: _replaced,
        State.ENDED_OVERDUE: _ended_overdue,
        State.NOT_APPLICABLE: _not_applicable,
        State.WINDOW_OPEN: _window_open,
        State.WINDOW_CLOSED: _window_closed,
    }
)
