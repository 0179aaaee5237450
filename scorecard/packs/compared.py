"""What the department published last, beside the figures of a pack."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from sqlalchemy import Engine

from config.settings import Settings
from scorecard.comparison import Cell, Comparison, Year, comparisons
from scorecard.measure import Measure
from scorecard.packs.content import Compared
from scorecard.packs.making import Compare
from scorecard.words import value_words


def published(db: Engine, settings: Settings, today: date) -> Compare:
    """The latest calendar year that was published: of the authority that the settings name, its region, and England."""

    def compare(measures: Sequence[Measure]) -> Mapping[str, Sequence[Compared]]:
        found = comparisons(db, settings, measures, today)
        return {each.measure.id: list(_latest(each)) for each in found if each.years}

    return compare


def _latest(found: Comparison) -> Iterator[Compared]:
    year = max(found.years, key=lambda each: each.year)
    for who, cell in _columns(found, year):
        words = cell.missing if cell.value is None else value_words(found.measure, cell.value)
        yield Compared(f"{who}, {year.year}, as published", words)


def _columns(found: Comparison, year: Year) -> Sequence[tuple[str, Cell]]:
    return (found.council, year.own), (found.region, year.region), ("England", year.england)
