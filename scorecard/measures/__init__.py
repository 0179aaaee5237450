"""The measures of the scorecard, as data."""

from scorecard.measure import Measure

MEASURES: tuple[Measure, ...] = ()
"""Every measure, in the order in which it is shown under its heading."""


def measure(name: str) -> Measure:
    """The measure of that id. Raises KeyError where there is none."""
    return next((each for each in MEASURES if each.id == name), None) or _unknown(name)


def _unknown(name: str) -> Measure:
    raise KeyError(name)
