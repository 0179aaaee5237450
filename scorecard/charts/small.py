"""A trend in the size of a word, for a table of many measures."""

from collections.abc import Iterator, Sequence
from typing import cast

from markupsafe import Markup

from scorecard.charts.svg import BLUE, ORANGE, PAPER, Scale, Sheet, circle, image, path, shape
from scorecard.charts.trend import Point, runs, told

_SMALL = Sheet(width=120, height=32, left=3, right=3, top=4, bottom=4)


def small_trend(name: str, title: str, points: Sequence[Point]) -> Markup:
    """A line, and at its end a dot, or a diamond where the last month is more than chance."""
    known = [each.value for each in points if each.value is not None]
    if not known:
        return Markup()
    scale = Scale(_SMALL, min(known), max(*known, min(known) + 1))
    return image(_SMALL, name, title, " ".join(told(points, None, "", None, "")), _small(points, scale))


def _small(points: Sequence[Point], scale: Scale) -> Iterator[Markup]:
    place_of = [_SMALL.left + _SMALL.field * (place + 0.5) / len(points) for place in range(len(points))]
    for run in runs(points):
        yield path(((place_of[place], scale.y(cast("float", points[place].value))) for place in run), BLUE, 1.5)
    last = max(place for place, point in enumerate(points) if point.value is not None)
    x, y = place_of[last], scale.y(cast("float", points[last].value))
    yield (
        shape([(x, y - 4), (x + 4, y), (x, y + 4), (x - 4, y)], PAPER, ORANGE)
        if points[last].signal
        else circle(x, y, 2.5)
    )
