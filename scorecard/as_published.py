"""The authority's own figures in the columns of the department's tables, to be laid beside the published file."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine, text

from scorecard.beginnings import Beginnings, beginnings, has_data
from scorecard.columns import Average, Columns, Count, NotKept, Percent, Sum, Value
from scorecard.counted.keeping import bring_up_to_date
from scorecard.figures import PERIODS, parameters
from scorecard.period import year_of
from scorecard.populations import POPULATIONS
from scorecard.published_columns import tables_of
from statute.words import day_words

Table = Mapping[str, int | float | None]


@dataclass(frozen=True, slots=True)
class AsPublished:
    """The tables of a calendar year by their names; None for a table that the department did not publish for it.

    `notes` say what is not there and why.
    """

    year: int
    tables: Mapping[str, Table | None]
    notes: Sequence[str]


def as_published(db: Engine, year: int, today: date | None = None) -> AsPublished:
    """The tables of a calendar year, counted in one moment with one question for each population.

    Whole numbers, and percentages and means with one decimal; None for a column that the ledger does not keep, for a
    percentage of nothing, and in a year before there are data of the kind or that is still to come on the day `today`
    (without it every year is taken to be over): the notes say so.
    """
    bring_up_to_date(db)
    published = tables_of(year)
    with db.connect().execution_options(isolation_level="REPEATABLE READ") as connection, connection.begin():
        found = _counted(connection, [columns for columns in published.values() if columns], year)
        first = beginnings(connection)
    known = {how: value if _is_there(how, first, year, today) else None for how, value in found.items()}
    tables = {name: _table(columns, known) if columns else None for name, columns in published.items()}
    return AsPublished(year, tables, [*_of_the_year(known, year, today), *_notes(published, year)])


def _is_there(how: Count | Average, first: Beginnings, year: int, today: date | None) -> bool:
    return not _is_to_come(year, today) and has_data(first, how.population, year_of(year))


def _is_to_come(year: int, today: date | None) -> bool:
    return today is not None and year > today.year


def _of_the_year(known: Mapping[Count | Average, Value], year: int, today: date | None) -> Sequence[str]:
    """What is to be said of the year as a whole."""
    if _is_to_come(year, today):
        return [f"{year} is still to come: there is nothing to count"]
    if all(value is None for value in known.values()):
        return [f"there are no data of {year}: no case had begun by the end of it"]
    said: list[str] = []
    if today is not None and today <= date(year, 12, 31):
        said.append(f"{year} is not over: the figures are those up to {day_words(today)}")
    if any(value is None for how, value in known.items() if isinstance(how, Count)):
        said.append(f"columns without a figure: no case of their kind had begun by the end of {year}")
    return said


def _counted(connection: Connection, tables: Sequence[Columns], year: int) -> Mapping[Count | Average, Value]:
    """What each question gives: those of one population are asked together."""
    asked: dict[str, list[Count | Average]] = defaultdict(list)
    for column in (column for columns in tables for column in columns.values()):
        if isinstance(column, Count | Average) and column not in asked[column.population]:
            asked[column.population].append(column)
    found: dict[Count | Average, Value] = {}
    for population, columns in asked.items():
        found.update(zip(columns, _row(connection, population, columns, year), strict=True))
    return found


def _row(connection: Connection, population: str, columns: Sequence[Count | Average], year: int) -> Sequence[Any]:
    statement = (
        f"SELECT {', '.join(column.sql for column in columns)} "  # noqa: S608 - SQL of ours, nothing typed
        f"FROM {PERIODS} CROSS JOIN LATERAL ({POPULATIONS[population]}) x"
    )
    return connection.execute(text(statement), parameters([year_of(year)])).one()


def _table(columns: Columns, found: Mapping[Count | Average, Value]) -> Table:
    row = {name: found[how] if isinstance(how, Count | Average) else None for name, how in columns.items()}
    for derived in (Sum, Percent):
        for name, how in columns.items():
            if isinstance(how, derived):
                row[name] = how.made_of(row)
    return {name: _plain(value) for name, value in row.items()}


def _plain(value: Value) -> int | float | None:
    """As the department prints it: 57, not 57.0."""
    if value is None or value == int(value):
        return None if value is None else int(value)
    return float(value)


def _notes(published: Mapping[str, Columns | None], year: int) -> Sequence[str]:
    missing = [
        f"{table}: the department published no such table for {year}"
        for table, columns in published.items()
        if columns is None
    ]
    not_kept = [
        f"{table}.{name}: {how.why}"
        for table, columns in published.items()
        for name, how in (columns or {}).items()
        if isinstance(how, NotKept)
    ]
    return [*missing, *not_kept]
