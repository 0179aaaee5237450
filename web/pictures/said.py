"""Small words that both pictures use."""

from collections.abc import Iterable
from datetime import date

from statute.timeline import Deadline, State
from statute.words import count
from web.pictures.shapes import Lane, Look, Tone

_LIFTED = frozenset({State.LIFTED, State.MET_UNDER_RELIEF})


def short(day: date | None) -> str:
    """`14 Oct 2026`."""
    return f"{day.day} {day:%b %Y}" if day else ""


def late_look(limit: Deadline | None) -> Look:
    """How the time after the last lawful day looks: late, or lifted by a relief."""
    return Look.LIFTED if limit and limit.state in _LIFTED else Look.LATE


def in_time(limit: Deadline) -> tuple[str, Tone]:
    """What is said behind the day on which something was done."""
    if limit.state is State.MET:
        return ", in time", Tone.GOOD
    if limit.state is State.MET_UNDER_RELIEF:
        return ", after the last day, which was lifted", Tone.PLAIN
    if limit.state is State.MET_LATE and limit.days:
        return f", {count(limit.days, 'day')} late", Tone.LATE
    return "", Tone.PLAIN


def looks_of(lanes: Iterable[Lane]) -> tuple[Look, ...]:
    """Every look that is to be seen, in the order of the legend."""
    seen = {span.look for lane in lanes for span in lane.spans if span.last > span.first}
    return tuple(look for look in Look if look in seen)
