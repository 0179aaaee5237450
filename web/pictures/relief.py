"""The exceptions of a case as a lane: when the circumstances held that lift a limit."""

from collections.abc import Iterator, Sequence
from datetime import date

from statute.attributes import day_of
from statute.facts import Fact
from web.names import GROUNDS
from web.pictures.said import short
from web.pictures.shapes import Lane, Look, Note, Span


def relief_lane(facts: Sequence[Fact]) -> Iterator[Lane]:
    """One lane for all exceptions, or none."""
    reliefs = [fact for fact in facts if fact.kind == "relief"]
    if reliefs:
        spans = [Span(first, last, Look.LIFTED) for first, last in map(_period, reliefs) if first and last]
        yield Lane("Exceptions", tuple(spans), notes=tuple(Note(_words(each)) for each in reliefs))


def _period(relief: Fact) -> tuple[date | None, date | None]:
    return day_of(relief, "from") or day_of(relief, "first_closed"), day_of(relief, "to") or day_of(relief, "reopens")


def _words(relief: Fact) -> str:
    first, last = _period(relief)
    ground = GROUNDS.get(relief.attributes.get("ground", ""), "exception")
    if first and last:
        return f"{ground}, {short(first)} to {short(last)}"
    return f"{ground}, from {short(first)}" if first else ground
