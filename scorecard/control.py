"""Statistical process control: is a change real, or does the figure only go up and down as it always does?

The XmR chart (individual values and moving range) as Shewhart and Wheeler have it: limits at 2.66 mean moving ranges
around the mean hold nearly all values of a process that only varies by chance. Below twelve values nothing is said.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from scorecard.measure import Measure, Shape

ENOUGH = 12
"""Values without which limits say more than is known."""

_SCALE = 2.66
_RUN = 8


TOO_FEW = f"Too few months differ to say what is chance: that takes {ENOUGH}."
OVERLAPS = (
    "Each month counts again what the months before it counted: one that stands out would only repeat them. So there "
    "are no limits of chance here; compare a month with the same one of the year before."
)
"""Why there are no limits."""


class Signal(StrEnum):
    """Why a value is more than chance."""

    OUTSIDE = "outside the limits"
    RUN = "one of eight in a row on the same side of the average"
    NEAR = "one of three out of four nearer to a limit than to the average"


@dataclass(frozen=True, slots=True)
class Limits:
    """The average and the natural limits of a process, in the unit of its values."""

    mean: float
    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class Control:
    """The limits (None: `why` says in words why there are none) and, for each value, what it signals."""

    limits: Limits | None
    signals: Sequence[Signal | None]
    why: str = ""


def control_of(measure: Measure, values: Sequence[float | None]) -> Control:
    """What the months of a measure say, oldest first: nothing where months in a row count the same cases."""
    if measure.overlaps:
        return Control(None, [None] * len(values), OVERLAPS)
    return control(values, 0, 100 if measure.shape is Shape.SHARE else None)


def control(values: Sequence[float | None], floor: float | None = None, ceiling: float | None = None) -> Control:
    """What the values say, oldest first; a month without a value is passed over.

    They must be of days of their own each. `floor` and `ceiling` are what the figure cannot be beyond (0 and 100 for a
    share): limits are cut there.
    """
    known = [value for value in values if value is not None]
    limits = limits_of(known) if len(known) >= ENOUGH else None
    if limits is None:
        return Control(None, [None] * len(values), TOO_FEW)
    signals = iter(_signals(known, limits))
    shown = Limits(
        limits.mean,
        limits.lower if floor is None else max(floor, limits.lower),
        limits.upper if ceiling is None else min(ceiling, limits.upper),
    )
    return Control(shown, [None if value is None else next(signals) for value in values])


def limits_of(values: Sequence[float]) -> Limits | None:
    """The natural limits of at least two values; None where none of them differs from the next."""
    ranges = [abs(after - before) for before, after in pairwise(values)]
    if not any(ranges):
        return None
    mean, reach = sum(values) / len(values), _SCALE * sum(ranges) / len(ranges)
    return Limits(mean, mean - reach, mean + reach)


def _signals(values: Sequence[float], limits: Limits) -> list[Signal | None]:
    return [_signal(values, place, limits) for place in range(len(values))]


def _signal(values: Sequence[float], place: int, limits: Limits) -> Signal | None:
    if not limits.lower <= values[place] <= limits.upper:
        return Signal.OUTSIDE
    if any(_one_side(each, limits.mean) for each in _windows(values, place, _RUN)):
        return Signal.RUN
    if any(_is_near(values[place], sign, limits) and _three_near(each, sign, limits)
           for sign in (1, -1) for each in _windows(values, place, 4)):  # fmt: skip
        return Signal.NEAR
    return None


def _windows(values: Sequence[float], place: int, size: int) -> list[Sequence[float]]:
    """Every stretch of so many values that holds the one at `place`."""
    first, last = max(0, place - size + 1), min(place, len(values) - size)
    return [values[start : start + size] for start in range(first, last + 1)]


def _one_side(values: Sequence[float], mean: float) -> bool:
    return all(value > mean for value in values) or all(value < mean for value in values)


def _three_near(values: Sequence[float], sign: int, limits: Limits) -> bool:
    return sum(_is_near(value, sign, limits) for value in values) >= 3


def _is_near(value: float, sign: int, limits: Limits) -> bool:
    return sign * (value - limits.mean) > (limits.upper - limits.mean) / 2
