"""Month by month: of what was due, how much was done in time, how much late, and how much is still open."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from scorecard.charts.svg import (
    BLUE,
    GREEN,
    PAPER,
    QUIET,
    RED,
    Scale,
    Sheet,
    axis,
    box,
    every,
    image,
    scale_of,
    words,
)

_SHEET = Sheet(top=58)


@dataclass(frozen=True, slots=True)
class Cohort:
    """What was due in one month, and what came of it."""

    month: str
    in_time: int
    late: int
    still_open: int

    @property
    def due(self) -> int:
        """How many there were."""
        return self.in_time + self.late + self.still_open


def cohort_chart(name: str, title: str, months: Sequence[Cohort]) -> Markup:
    """Bars of three parts that differ by pattern and by place: in time below, late on it, still open on top."""
    scale = scale_of(_SHEET, [each.due for each in months])
    return image(_SHEET, name, title, " ".join(_told(months)), _drawn(name, months, scale))


def _told(months: Sequence[Cohort]) -> Iterator[str]:
    due = sum(each.due for each in months)
    yield f"{len(months)} month{'' if len(months) == 1 else 's'}, {due} due in all:"
    for words_of, number in (
        ("in time", sum(each.in_time for each in months)),
        ("late", sum(each.late for each in months)),
        ("still open", sum(each.still_open for each in months)),
    ):
        yield f"{number} {words_of}{'.' if words_of == 'still open' else ','}"


def _drawn(name: str, months: Sequence[Cohort], scale: Scale) -> Iterator[Markup]:
    late, still = f"url(#{name}-late)", f"url(#{name}-open)"
    yield _pattern(f"{name}-late", "M-2 2L2 -2M0 8L8 0M6 10L10 6", RED)
    yield _pattern(f"{name}-open", "M2 2h3M6 6h2", BLUE)
    yield from _key((GREEN, GREEN, "In time"), (late, RED, "Late"), (still, BLUE, "Still open"))
    yield from axis(scale, "")
    step = _SHEET.field / max(len(months), 1)
    for place, month in enumerate(months):
        x, below = _SHEET.left + step * (place + 0.15), 0
        parts = ((month.in_time, GREEN, GREEN), (month.late, late, RED), (month.still_open, still, BLUE))
        for number, fill, edge in parts:
            if number:
                y = scale.y(below + number)
                yield box(x, y, step * 0.7, scale.y(below) - y, fill, edge)
                below += number
        if place % every(len(months)) == 0:
            yield words(x + step * 0.35, _SHEET.floor + 20, month.month, "middle", QUIET, 12)


def _key(*parts: tuple[str, str, str]) -> Iterator[Markup]:
    for place, (fill, edge, called) in enumerate(parts):
        x = _SHEET.left + 130 * place
        yield box(x, 12, 16, 16, fill, edge)
        yield words(x + 24, 25, called)


def _pattern(name: str, lines: str, colour: str) -> Markup:
    return Markup(
        '<defs><pattern id="{}" width="8" height="8" patternUnits="userSpaceOnUse"><rect width="8" height="8" '
        'fill="{}"/><path d="{}" stroke="{}" stroke-width="2"/></pattern></defs>'
    ).format(name, PAPER, lines, colour)
