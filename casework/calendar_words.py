"""What was changed in the calendar, and what moved because of it, in sentences."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from casework.calendars import BANK_HOLIDAY, CLOSURE, WORKING
from config.clock import london_day
from records.tables import CalendarChange, MovedDay
from statute.calendar import ENGLAND
from statute.words import day_words, listed

What = Mapping[str, Any]
"""One change as it is kept: days to `add` and to `remove` (day, kind, name), and `terms` to add and to remove."""

FIELD_WORDS: Mapping[str, str] = {
    "start": "the first day",
    "legal_due": "the last day",
    "operational_due": "the last day on which the offices work",
    "norm_due": "the authority's own norm",
    "practice_due": "the day by custom",
}
"""The days of a limit that a calendar can move."""

_ADDED = {
    BANK_HOLIDAY: "{days} is a bank holiday{name}",
    WORKING: "{days} is a working day{name}",
    CLOSURE: "the offices are closed {on} {days}{name}",
}
_REMOVED = {
    BANK_HOLIDAY: "{days} is no bank holiday after all",
    WORKING: "{days} is a bank holiday again",
    CLOSURE: "the offices are not closed {on} {days} after all",
}


def change_in_words(what: What) -> str:
    """What a change did: `Monday 31 May 2027 is a bank holiday (Jubilee)`."""
    said = [_said(_ADDED, run) for run in _runs(what.get("add", ()))]
    said += [_said(_REMOVED, run) for run in _runs(what.get("remove", ()))]
    return "; ".join([*said, *_terms(what.get("terms", {}))])


def why_moved(moved: MovedDay, change: CalendarChange) -> str:
    """The sentence that a moved day owes to whoever relied on it."""
    because = f": {change.because}" if change.because else ""
    return (
        f"On {day_words(london_day(change.applied_at))} {FIELD_WORDS[moved.field]} moved{_from_to(moved)}, "
        f"because {change_in_words(change.what)}{because} (change {change.number} of the calendar, "
        f"by {change.applied_by})."
    )


def _from_to(moved: MovedDay) -> str:
    was = f" from {day_words(moved.was)}" if moved.was else ""
    return was + (f" to {day_words(moved.now)}" if moved.now else "")


def _said(words: Mapping[str, str], run: Sequence[Mapping[str, str]]) -> str:
    first, last = (day_words(date.fromisoformat(each["day"])) for each in (run[0], run[-1]))
    days, on = (first, "on") if len(run) == 1 else (f"{first} to {last}", "from")
    name = f" ({run[0]['name']})" if run[0].get("name") else ""
    return words[run[0]["kind"]].format(days=days, on=on, name=name)


def _runs(days: Sequence[Mapping[str, str]]) -> Iterator[list[Mapping[str, str]]]:
    """Closures that follow one another with no working day between them, together; other days each by itself."""
    run: list[Mapping[str, str]] = []
    for each in sorted(days, key=lambda each: (each["kind"], each["day"])):
        if run and not (each["kind"] == CLOSURE and each["name"] == run[-1]["name"] and _adjoin(run[-1], each)):
            yield run
            run = []
        run.append(each)
    if run:
        yield run


def _adjoin(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    first, last = date.fromisoformat(one["day"]), date.fromisoformat(other["day"])
    between = (first + timedelta(days=number) for number in range(1, (last - first).days))
    return not any(ENGLAND.is_working_day(day) for day in between)


def _terms(terms: What) -> Iterator[str]:
    urns = sorted({each["setting_urn"] for side in ("add", "remove") for each in terms.get(side, ())})
    if urns:
        whose = [f"setting {urn}" if urn else "the authority" for urn in urns]
        shown = whose if len(whose) <= 3 else [*whose[:2], f"{len(whose) - 2} more settings"]
        what = "new term dates hold for" if terms.get("add") else "a term is no longer recorded for"
        yield f"{what} {listed(shown)}"
