"""The trend of a measure as a statistical process control chart: the average, the natural limits, and what is a signal.

Points that are only chance are dots. A signal is a diamond with its number, which the list below the chart explains.
A month that was frozen stands on a filled foot, one that can still change on an open one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from markupsafe import Markup

from scorecard.charts.svg import (
    BLUE,
    GREEN,
    INK,
    PAPER,
    QUIET,
    RED,
    Scale,
    Sheet,
    circle,
    every,
    image,
    line,
    number,
    path,
    scale_of,
    shape,
    words,
)
from scorecard.charts.svg import axis as lines_across
from scorecard.control import TOO_FEW, Limits, Signal

_WIDE = Sheet(right=120, bottom=66)
_FLAT = Sheet(height=172, right=120, bottom=56)


@dataclass(frozen=True, slots=True)
class Point:
    """One month: what it is called, its figure (None: nothing to count), what it signals, whether it was frozen."""

    month: str
    value: float | None
    signal: Signal | None = None
    frozen: bool = False


def trend_chart(
    name: str,
    title: str,
    points: Sequence[Point],
    limits: Limits | None,
    unit: str,
    target: float | None = None,
    *,
    why: str = TOO_FEW,
    flat: bool = False,
    numbered: bool = True,
) -> Markup:
    """The chart; `unit` is what the figures are in ("per cent" reaches to a hundred), `name` for ids.

    `why` is said where there are no limits. `flat` takes less paper; `numbered` gives each signal its number, for a
    list of them beside it.
    """
    sheet = _FLAT if flat else _WIDE
    known = [each.value for each in points if each.value is not None]
    edges = [limits.lower, limits.upper] if limits else []
    scale = scale_of(sheet, [*known, *edges, *([] if target is None else [target])], whole=unit == "per cent")
    inside = [
        *lines_across(scale, unit),
        *_levels(limits, target, scale),
        *_drawn(points, scale, numbered=numbered),
    ]
    return image(sheet, name, title, " ".join(told(points, limits, unit, target, why)), inside)


def told(
    points: Sequence[Point], limits: Limits | None, unit: str, target: float | None, why: str = TOO_FEW
) -> Iterator[str]:
    """The chart in sentences; `why` there are no limits, empty where they are not shown."""
    known = [each for each in points if each.value is not None]
    if not known:
        yield "There is nothing to show."
        return
    first, last = (f"{each.month} ({number(each.value or 0)} {unit})" for each in (known[0], known[-1]))
    yield f"{len(known)} months, from {first} to {last}."
    if limits:
        yield f"The average is {limits.mean:.1f}."
        yield f"By chance alone a month lies between {limits.lower:.1f} and {limits.upper:.1f}."
    elif why:
        yield why
    if target is not None:
        yield f"The target is {number(target)}."
    signals = [each.month for each in points if each.signal]
    if signals:
        yield f"More than chance: {', '.join(signals)}."
    elif limits:
        yield "No month is more than chance."


def _x(sheet: Sheet, place: int, count: int) -> float:
    return sheet.left + sheet.field * (place + 0.5) / max(count, 1)


def _drawn(points: Sequence[Point], scale: Scale, *, numbered: bool) -> Iterator[Markup]:
    sheet, count = scale.sheet, len(points)
    for run in runs(points):
        yield path((_x(sheet, place, count), scale.y(cast("float", points[place].value))) for place in run)
    signals = 0
    for place, point in enumerate(points):
        x = _x(sheet, place, count)
        if place % every(count) == 0:
            yield words(x, sheet.floor + 42, point.month, "middle", QUIET, 12)
        yield shape(_square(x, sheet.floor + 18), INK if point.frozen else PAPER, INK)
        if point.value is not None and point.signal:
            signals += 1
            yield shape(_diamond(x, scale.y(point.value)), PAPER, RED)
            if numbered:
                yield words(x, scale.y(point.value) - 12, str(signals), "middle", RED)
        elif point.value is not None:
            yield circle(x, scale.y(point.value), 4, BLUE, BLUE)


def _levels(limits: Limits | None, target: float | None, scale: Scale) -> Iterator[Markup]:
    """The average, the limits and the target, each with its name at the right end, none over another."""
    levels: list[tuple[float, str, str, str]] = []
    if limits:
        levels += [
            (limits.upper, "Upper limit", QUIET, "6 4"),
            (limits.mean, "Average", INK, ""),
            (limits.lower, "Lower limit", QUIET, "6 4"),
        ]
    if target is not None:
        levels.append((target, "Target", GREEN, "2 3"))
    sheet = scale.sheet
    end, last = sheet.width - sheet.right, -100.0
    for value, called, colour, dashes in sorted(levels, reverse=True):
        y = scale.y(value)
        yield line(sheet.left, y, end, y, colour, 2 if called in ("Average", "Target") else 1.5, dashes)
        last = max(y + 4, last + 15)
        yield words(end + 6, last, f"{called} {value:.1f}", colour=colour)


def runs(points: Sequence[Point]) -> list[list[int]]:
    """Stretches of months with figures: a line is drawn through each, never over a month without one."""
    runs: list[list[int]] = [[]]
    for place, point in enumerate(points):
        if point.value is None:
            runs.append([])
        else:
            runs[-1].append(place)
    return [run for run in runs if len(run) > 1]


def _diamond(x: float, y: float) -> list[tuple[float, float]]:
    return [(x, y - 8), (x + 8, y), (x, y + 8), (x - 8, y)]


def _square(x: float, y: float) -> list[tuple[float, float]]:
    return [(x - 4, y - 4), (x + 4, y - 4), (x + 4, y + 4), (x - 4, y + 4)]
