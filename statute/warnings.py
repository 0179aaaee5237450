"""What a reader of a timeline should know besides its days."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from statute.attributes import codes_of
from statute.case import Case
from statute.endings import went_to_family
from statute.facts import Fact
from statute.kind import ASSESSMENT
from statute.kinds import STARTS_OF
from statute.reliefs import concerns, why_not
from statute.row import Row
from statute.words import count, day_words, listed

TWO_TRIGGERS_APART = 28
_TRIGGERS = frozenset(STARTS_OF[ASSESSMENT])
_NOT_STARTED = "its clock has not started."
_OTHERS = {"setting": "the school or institution", "health_commissioner": "the health commissioner"}


def timeline_warnings(case: Case, rows: Sequence[Row]) -> tuple[str, ...]:
    """The warnings of one timeline, in the order of its rows."""
    found = [note for row in rows for note in row.notes]
    found.extend(row.breach for row in rows if row.breach)
    if case.finals and not case.void:
        found.extend(still_to_be_sent(case.finals, "final plan"))
    if len(case.by_kind.keys() & _TRIGGERS) > 1:
        found.extend(triggers_apart(case.facts))
    if case.reliefs:
        found.extend(lifting_nothing(case, rows))
    return tuple(dict.fromkeys(found))


def triggers_apart(facts: Iterable[Fact]) -> list[str]:
    """The two events that can start the clock, when they lie more than 28 days apart."""
    days = {fact.kind: fact.day for fact in sorted(facts, key=lambda f: f.day, reverse=True) if fact.kind in _TRIGGERS}
    if len(days) < 2 or abs(_gap(list(days.values()))) <= TWO_TRIGGERS_APART:
        return []
    return [
        f"The request ({day_words(days['request_received'])}) and becoming responsible "
        f"({day_words(days['became_responsible'])}) lie {count(_gap(list(days.values())), 'day')} apart. "
        "The earlier starts the clock."
    ]


def still_to_be_sent(finals: Iterable[Fact], plan: str) -> list[str]:
    """Who must have the plan and is not recorded to have been sent it."""
    sent = {code for fact in finals for code in codes_of(fact, "to")}
    family = any(went_to_family(fact) for fact in finals)
    missing = [words for code, words in _OTHERS.items() if code not in sent]
    if not family:
        missing.insert(0, "the family")
    return [f"It is not recorded that the {plan} went to {listed(missing)}."] if missing else []


def why_it_lifts_nothing(relief: Fact, rows: Iterable[Row]) -> dict[str, str]:
    """For each limit that a relief could mean, why it does not lift it; empty where it does."""
    reasons: dict[str, str] = {}
    for row in rows:
        if not concerns(relief, row.limit, row.key):
            continue
        if row.start is None or row.due is None:
            reasons.setdefault(row.limit.id, _NOT_STARTED)
        else:
            reason = why_not(relief, row.limit, row.case, row.start, row.due)
            reasons[row.limit.id] = reason if reasons.get(row.limit.id, reason) else ""
    return reasons


def lifting_nothing(case: Case, rows: Sequence[Row]) -> Iterator[str]:
    """The reliefs that lift nothing, each with the reasons."""
    for relief in case.reliefs:
        reasons = why_it_lifts_nothing(relief, rows)
        started = {limit: reason for limit, reason in reasons.items() if reason != _NOT_STARTED}
        if started and "" not in started.values():
            told = " ".join(f"{limit}: {reason}" for limit, reason in started.items())
            yield f"The relief of {day_words(relief.day)} lifts nothing. {told}"


def _gap(days: list[date]) -> int:
    return (days[0] - days[1]).days
