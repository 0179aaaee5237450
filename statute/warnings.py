"""What a reader of a timeline should know besides its days."""

from collections.abc import Iterable, Sequence
from datetime import date

from statute.attributes import codes_of
from statute.case import Case, went_to_family
from statute.facts import Fact
from statute.kinds import STARTS
from statute.reliefs import why_not
from statute.row import Row
from statute.words import count, day_words, listed

TWO_TRIGGERS_APART = 28
_OTHERS = {"setting": "the school or institution", "health_commissioner": "the health commissioner"}


def timeline_warnings(case: Case, rows: Sequence[Row]) -> tuple[str, ...]:
    """The warnings of one timeline, in the order of its rows."""
    found = [note for row in rows for note in row.notes]
    found.extend(row.breach for row in rows if row.breach)
    if case.finals:
        found.extend(_still_to_be_sent(case.finals))
    if len(case.by_kind.keys() & STARTS) > 1:
        found.extend(triggers_apart(case.facts))
    if case.reliefs:
        found.extend(_reliefs(case, rows))
    return tuple(dict.fromkeys(found))


def triggers_apart(facts: Iterable[Fact]) -> list[str]:
    """The two events that can start the clock, when they lie more than 28 days apart."""
    days = {fact.kind: fact.day for fact in sorted(facts, key=lambda f: f.day, reverse=True) if fact.kind in STARTS}
    if len(days) < 2 or abs(_gap(list(days.values()))) <= TWO_TRIGGERS_APART:
        return []
    return [
        f"The request ({day_words(days['request_received'])}) and becoming responsible "
        f"({day_words(days['became_responsible'])}) lie {count(_gap(list(days.values())), 'day')} apart. "
        "The earlier starts the clock."
    ]


def _still_to_be_sent(finals: Iterable[Fact]) -> list[str]:
    sent = {code for fact in finals for code in codes_of(fact, "to")}
    family = any(went_to_family(fact) for fact in finals)
    missing = [words for code, words in _OTHERS.items() if code not in sent]
    if not family:
        missing.insert(0, "the family")
    return [f"It is not recorded that the final plan went to {listed(missing)}."] if missing else []


def _reliefs(case: Case, rows: Iterable[Row]) -> list[str]:
    found: list[str] = []
    named = [relief for relief in case.reliefs if "limit" in relief.attributes]
    for relief in named:
        found.extend(_why_not(relief, case, rows))
    return found


def _why_not(relief: Fact, case: Case, rows: Iterable[Row]) -> list[str]:
    limit = relief.attributes["limit"]
    about = [row for row in rows if row.limit.id == limit and row.start and row.due]
    reasons = [why_not(relief, row.limit, case, row.start, row.due) for row in about if row.start and row.due]
    if not reasons or "" in reasons:
        return []
    return [f"The relief of {day_words(relief.day)} does not lift {limit}: {reasons[0]}"]


def _gap(days: list[date]) -> int:
    return (days[0] - days[1]).days
