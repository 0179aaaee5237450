"""Charts over weeks: how many plans took how long, and how many requests are still open after so many weeks."""

from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup

from scorecard.charts.svg import BLUE, INK, QUIET, Scale, Sheet, axis, box, image, line, path, scale_of, words
from scorecard.survival import Week

LONGEST = 78
"""Weeks that the histogram shows one by one; what took longer stands together at its right end."""
MARKS: Mapping[int, str] = {20: "20 weeks", 52: "52 weeks"}

_SHEET = Sheet(bottom=56)


def histogram(name: str, title: str, plans: Mapping[int, int]) -> Markup:
    """How many plans were sent in their first week, in their second, and so on: `plans` by whole weeks begun.

    Week 20 ends on day 140: a plan of that day stands left of the line of 20 weeks.
    """
    gathered: dict[int, int] = {}
    for week, number in plans.items():
        gathered[min(week, LONGEST + 1)] = gathered.get(min(week, LONGEST + 1), 0) + number
    scale = scale_of(_SHEET, gathered.values())
    return image(_SHEET, name, title, " ".join(_histogram_told(plans)), _bars(gathered, scale))


def survival_chart(name: str, title: str, weeks: Sequence[Week]) -> Markup:
    """The share of requests that are still open after each week, as a line that only falls."""
    scale = scale_of(_SHEET, [], whole=True)
    return image(_SHEET, name, title, " ".join(survival_told(weeks)), _falling(weeks, scale))


def survival_told(weeks: Sequence[Week]) -> Iterator[str]:
    """The chart in sentences."""
    known = {each.weeks: each.open for each in weeks}
    for mark in (6, 20, 52):
        if mark in known:
            yield f"After {mark} weeks {100 * known[mark]:.1f} per cent are still open."
    if not any(mark in known for mark in (6, 20, 52)):
        yield "No request was seen to wait for six weeks."
    half = next((each.weeks for each in weeks if each.open <= 0.5), None)
    if half is not None:
        yield f"Half of them are closed within {half} weeks."


def _histogram_told(plans: Mapping[int, int]) -> Iterator[str]:
    total = sum(plans.values())
    yield f"{total} plans."
    for mark in MARKS:
        within = sum(number for week, number in plans.items() if week <= mark)
        yield f"{within} within {mark} weeks."


def _bars(plans: Mapping[int, int], scale: Scale) -> Iterator[Markup]:
    yield from axis(scale, "Plans")
    step = _SHEET.field / (LONGEST + 1)
    for week, number in sorted(plans.items()):
        x, y = _SHEET.left + step * (week - 1), scale.y(number)
        yield box(x + 0.5, y, step - 1, _SHEET.floor - y, BLUE, BLUE)
    yield from _weeks(LONGEST + 1, (0, 10, 30, 40, 60, 70))
    yield words(_SHEET.width - _SHEET.right, _SHEET.floor + 20, f"over {LONGEST}", "end", QUIET)


def _falling(weeks: Sequence[Week], scale: Scale) -> Iterator[Markup]:
    yield from axis(scale, "Per cent still open")
    last = max(weeks[-1].weeks if weeks else 0, 52)
    step = _SHEET.field / last
    stairs: list[tuple[float, float]] = []
    for each in weeks:
        y, x = scale.y(100 * each.open), _SHEET.left + step * each.weeks
        stairs += [(x, stairs[-1][1]), (x, y)] if stairs else [(x, y)]
    if stairs:
        yield path(stairs)
    yield from _weeks(last, [week for week in range(0, last + 1, 10) if week not in (20, 50)])


def _weeks(last: int, named: Sequence[int]) -> Iterator[Markup]:
    """The weeks below the field, and the lines of 20 and 52."""
    step = _SHEET.field / last
    for week in named:
        yield words(_SHEET.left + step * week, _SHEET.floor + 20, str(week), "middle", QUIET)
    for week, called in MARKS.items():
        x = _SHEET.left + step * week
        yield line(x, _SHEET.top - 6, x, _SHEET.floor + 6, INK, 2, "6 4")
        yield words(x, _SHEET.floor + 20, called, "middle" if x < _SHEET.width - 60 else "end")
    yield words(_SHEET.left + _SHEET.field / 2, _SHEET.height - 8, "Weeks from the request", "middle", QUIET)
