"""The sentences of packs."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from config.clock import london_day
from scorecard.card import NO_DATA
from scorecard.measure import Measure, Shape
from scorecard.packs.amounts import MonthTold
from scorecard.packs.content import Entry
from scorecard.packs.hiding import Shown
from scorecard.suppression import HIDDEN
from scorecard.words import is_share, month_words, value_words
from statute.words import day_words

BESIDE: Mapping[str, Sequence[str]] = {
    "plans_issued": ("still_late", "open_assessments"),
    "plans_twenty_weeks": ("due_in_time", "still_late", "open_over_twenty_weeks"),
    "plans_twenty_weeks_ex": ("due_in_time_ex", "still_late", "plans_with_exception"),
    "decisions_six_weeks": ("refusals_to_assess", "requests_not_decided"),
    "requests_refused": ("refusals_overturned",),
    "reviews_four_weeks": ("reviews_expected_four_weeks", "reviews_not_completed"),
    "advice_on_time": ("advice_not_returned", "advice_insufficient"),
}
"""What a figure must not be read without: the stock beside the flow, and what would make it look good."""

NOT_TOLD = "None told"
UNVERIFIED = "Definition unverified: the department has not published of whom it counts."
OFFICERS = "Figures by officer are for line managers and never stand in a pack."


def figure_words(measure: Measure, figure: Shown | None) -> str:
    """The figure as it is read: `43.2%`, `c` where it is hidden."""
    if figure is None:
        return NOT_TOLD
    if figure.hides:
        return HIDDEN
    if figure.value is None and figure.numerator and measure.shape is Shape.MEDIAN:
        return "See the months"
    return value_words(measure, figure.value)


def counts_words(measure: Measure, figure: Shown | None) -> str:
    """What a figure is of: `12 of 30`, with `c` for what is hidden; nothing for a count."""
    if figure is None or (figure.denominator is None and not figure.hides_denominator):
        return ""
    if measure.shape is not Shape.SHARE and not is_share(measure):
        return ""
    counted = HIDDEN if figure.numerator is None else f"{figure.numerator:,}"
    return f"{counted} of {HIDDEN if figure.denominator is None else f'{figure.denominator:,}'}"


def part_words(part: str) -> str:
    """A part as it is read: `educational_psychology/eps` -> `Educational psychology: EPS`; bands as they are."""
    if part == "-":
        return "None given"
    if not re.fullmatch(r"[a-z_]+(/\w+)?", part):
        return part
    category, _, body = part.replace("_", " ").partition("/")
    named = body.upper() if len(body) <= 4 else body.capitalize()
    return f"{category.capitalize()}: {named}" if body else category.capitalize()


def months_words(months: Sequence[MonthTold]) -> str:
    """`October 2026`, or `August to October 2026`."""
    first, last = months[0].last, months[-1].last
    if len(months) == 1:
        return month_words(last)
    begins = f"{first:%B}" if first.year == last.year else month_words(first)
    return f"{begins} to {month_words(last)}"


def draft_words(months: Sequence[MonthTold], today: date) -> str:
    """Why a pack is a draft; empty where every month was frozen."""
    live = [month for month in months if month.taken is None]
    if not live:
        return ""
    named = ", ".join(month_words(each.last) for each in live)
    running = " The last of them is not over." if live[-1].last >= today else ""
    return f"Live figures of {named} as known on {day_words(today)}: not frozen, and they can still change.{running}"


def basis_words(months: Sequence[MonthTold], *, public: bool = False) -> str:
    """What the figures are: those that were told, since when, and by which hash they can be known again."""
    frozen = [month for month in months if month.taken]
    if not frozen:
        return ""
    told = "; ".join(f"{month_words(each.last)} on {day_words(london_day(each.taken.taken_at))}"
                     f"{', late, by what was known then' if each.taken.late else ''}"
                     f"{'' if public else f' (hash {each.taken.hash.hex()[:16]})'}"
                     for each in frozen if each.taken)  # fmt: skip
    added = (
        " Flows of the months are added up as each was told; a stock, and a year so far, is that of the last month."
        if len(months) > 1
        else ""
    )
    return f"Figures as they were frozen: {told}. They never change; what is known better since stands beside.{added}"


def beside_words(entries: Mapping[str, Entry], measure_id: str) -> list[str]:
    """What a figure is not to be read without, with its own figures."""
    found = [entries[each] for each in BESIDE.get(measure_id, ()) if each in entries]
    return [f"{each.measure.name}: {figure_words(each.measure, each.figure)}" for each in found]


def no_data_words(entries: Sequence[Entry]) -> Sequence[str]:
    """How many measures that are counted here have no figure."""
    without = sum(each.figure is None and each.measure.shape is not Shape.FED for each in entries)
    return [f"{NO_DATA}: {without} measure{'' if without == 1 else 's'}."] if without else []


def public_words(below: int) -> Sequence[str]:
    """What the public version leaves out."""
    return (
        f"{HIDDEN}: counts of 1 to {below - 1} are not shown, nor are counts and shares that would give them away. "
        "Nought is shown.",
        "The earlier months of a year so far, or of twelve months back, are not shown: the difference of two could be "
        "small.",
        "What was said about each measure, and what was known better later, is in the pack of the board.",
    )
