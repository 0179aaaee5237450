"""What the department published last, beside the figures of a pack."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from sqlalchemy import Engine

from config.settings import Settings
from scorecard.comparison import Cell, Comparison, Year, comparisons
from scorecard.measure import Measure, Shape, Span
from scorecard.packs.content import Compared
from scorecard.packs.making import Compare
from scorecard.words import value_words


def published(db: Engine, settings: Settings, today: date) -> Compare:
    """The latest calendar year that was published: of the authority that the settings name, its region, and England."""

    def compare(measures: Sequence[Measure]) -> Mapping[str, Sequence[Compared]]:
        found = comparisons(db, settings, measures, today)
        return {each.measure.id: list(latest(each)) for each in found if each.years}

    return compare


def latest(found: Comparison) -> Iterator[Compared]:
    """The latest year of a measure that was published, area by area."""
    year = max(found.years, key=lambda each: each.year)
    # A month's count beside a year's is not a comparison, and must not look like one.
    whole = "whole of " if found.measure.shape is Shape.COUNT and found.measure.span is Span.MONTH else ""
    for who, cell in _columns(found, year):
        words = cell.missing if cell.value is None else value_words(found.measure, cell.value)
        yield Compared(f"{who}, {whole}{year.year}, as published", words)


def _columns(found: Comparison, year: Year) -> Sequence[tuple[str, Cell]]:
    return (found.council, year.own), (found.region, year.region), ("England", year.england)
