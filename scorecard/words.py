"""Figures, statuses and actions as people read them."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from scorecard.measure import Better, Cadence, Measure, Shape
from scorecard.notes import Action
from scorecard.period import Period
from scorecard.status import Rag

ACTIONS: Mapping[Action, str] = {
    Action.NOT_STARTED: "Not started",
    Action.SOME: "Some action",
    Action.ADVANCED: "Advanced",
    Action.REACHED: "Outcome reached",
}
"""The four points of the action status."""

RAGS: Mapping[Rag, tuple[str, str]] = {
    Rag.GREEN: ("Target met", "green"),
    Rag.AMBER: ("Just missed", "orange"),
    Rag.RED: ("Missed", "red"),
    Rag.NONE: ("Not rated", "grey"),
}
"""What a status is called, and its colour: never the colour alone."""

BETTER: Mapping[Better, str] = {
    Better.HIGHER: "Higher is better",
    Better.LOWER: "Lower is better",
    Better.NEITHER: "Looked at, never a target: neither more nor less is better by itself",
}
CADENCES: Mapping[Cadence, str] = {
    Cadence.MONTHLY: "Every month",
    Cadence.TERMLY: "Every term",
    Cadence.YEARLY: "Every year",
}


def value_words(measure: Measure, value: Decimal | None) -> str:
    """`43.2%`, `1,204`, `23.4 weeks`; a figure of nothing says so."""
    if value is None:
        return "Nothing to count"
    whole = value == value.to_integral_value()
    shown = f"{value:,.0f}" if whole and measure.shape is not Shape.SHARE else f"{value:,.1f}"
    if is_share(measure):
        return f"{shown}%"
    return f"{shown} {measure.unit}" if measure.unit else shown


def target_words(measure: Measure, target: Decimal | None) -> str:
    """`At least 60%`, `At most 20 weeks`, or none."""
    if target is None:
        return "None"
    side = {Better.HIGHER: "At least ", Better.LOWER: "At most "}.get(measure.better, "")
    unit = "%" if is_share(measure) else f" {measure.unit}" if measure.unit else ""
    return f"{side}{target.normalize():f}{unit}"


def unit_words(measure: Measure) -> str:
    """What a figure is in, as an axis says it."""
    return "per cent" if is_share(measure) else measure.unit or "cases"


def is_share(measure: Measure) -> bool:
    """Whether the figure is in per cent."""
    return measure.shape is Shape.SHARE or measure.unit in ("%", "per cent")


def month_words(month: date) -> str:
    """`October 2026`."""
    return f"{month:%B %Y}"


def period_words(period: Period) -> str:
    """`1 Oct 2026 to 31 Oct 2026`, or the one day."""
    first, last = (f"{each.day} {each:%b %Y}" for each in (period.first, period.last))
    return first if period.first == period.last else f"{first} to {last}"
