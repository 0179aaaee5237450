"""The authority's own figures in the columns of the department's tables, to be laid beside the published file."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, text

from scorecard.columns import Average, Columns, Count, NotKept, Percent, Sum, Value
from scorecard.counted.keeping import bring_up_to_date
from scorecard.figures import PERIODS, parameters
from scorecard.period import year_of
from scorecard.populations import POPULATIONS
from scorecard.published_columns import tables_of

Table = Mapping[str, int | float | None]


@dataclass(frozen=True, slots=True)
class AsPublished:
    """The tables of a calendar year by their names; None for a table that the department did not publish for it.

    `notes` say what is not there and why.
    """

    year: int
    tables: Mapping[str, Table | None]
    notes: Sequence[str]


def as_published(db: Engine, year: int) -> AsPublished:
    """The tables of a calendar year, counted in one moment with one question for each population.

    Whole numbers, and percentages and means with one decimal; None for a column that the ledger does not keep and for
    a percentage of nothing.
    """
    bring_up_to_date(db)
    published = tables_of(year)
    with db.connect().execution_options(isolation_level="REPEATABLE READ") as connection, connection.begin():
        found = _counted(connection, [columns for columns in published.values() if columns], year)
    tables = {name: _table(columns, found) if columns else None for name, columns in published.items()}
    return AsPublished(year, tables, _notes(published, year))


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
