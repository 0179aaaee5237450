"""The department's files taken in by the authority itself, year by year: they stand before those that come with this
version."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Any, cast
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, text

from casework.actor import Actor
from casework.cases import authority
from scorecard.published.checking import missing_areas, problems_of
from scorecard.published.errors import NotATable
from scorecard.published.reading import TELLS, read_table
from scorecard.published.rows import REGIONAL, SIGNS, Row
from scorecard.published.tables import Published, from_files, published

_ALONE = text("SELECT pg_advisory_xact_lock(hashtext('published tables'))")
_STATE = text("SELECT count(*), max(loaded_at) FROM published WHERE authority = :authority")
_ROWS = text("SELECT * FROM published WHERE authority = :authority ORDER BY table_name, year, area")
_OLD = text(
    "DELETE FROM published WHERE authority = :authority AND table_name = :table AND year = :year AND area = ANY(:areas)"
)
_NEW = text(
    "INSERT INTO published (authority, table_name, year, area, level, name, region, figures, loaded_at, loaded_by) "
    "VALUES (:authority, :table, :year, :area, :level, :name, :region, CAST(:figures AS jsonb), :at, :by)"
)
_LOADED = text(
    "SELECT table_name, year, max(loaded_at) AS loaded_at, max(loaded_by) AS loaded_by "
    "FROM published WHERE authority = :authority GROUP BY table_name, year"
)


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one table and year, and whether they were loaded (when, by whom) or came with this version."""

    table: str
    year: int
    rows: int
    loaded_at: datetime | None = None
    loaded_by: str = ""


def load(
    db: Engine, files: Iterable[tuple[str, str]], actor: Actor, now: datetime, *, partial: bool = False
) -> list[Table]:
    """Take in whole files (name and text), all or none: each replaces what there was of its table and years.

    A `partial` file replaces the rows that it has; those of other areas stay. Raises NotATable with what is
    wrong in any of them, by file, line and column; then nothing was changed.
    """
    rows = _read(files, partial=partial)
    together = Counter((row.table, row.year) for row in rows)
    with db.begin() as connection:
        connection.execute(_ALONE)
        if not partial:
            _refuse_loss(rows, source_of(db))
        for table, year in together:
            areas = [row.area for row in rows if (row.table, row.year) == (table, year)]
            connection.execute(_OLD, {"authority": authority(), "table": table, "year": year, "areas": areas})
        connection.execute(_NEW, [_values(row, actor, now) for row in rows])
    return [Table(table, year, number, now, actor.name) for (table, year), number in sorted(together.items())]


def tables(db: Engine) -> list[Table]:
    """Every table and year that there is, loaded or not."""
    with db.connect() as connection:
        rows = connection.execute(_LOADED, {"authority": authority()}).all()
    loaded = {(row.table_name, row.year): (row.loaded_at, row.loaded_by) for row in rows}
    there = Counter((row.table, row.year) for row in source_of(db).each)
    return [Table(*key, number, *loaded.get(key, (None, ""))) for key, number in sorted(there.items())]


_KEPT: WeakKeyDictionary[Engine, tuple[object, Published]] = WeakKeyDictionary()
_ONE_AT_A_TIME = Lock()


def source_of(db: Engine) -> Published:
    """All published rows: those loaded, and those that came with this version of areas and years not loaded."""
    with db.connect() as connection:
        state = tuple(connection.execute(_STATE, {"authority": authority()}).one())
        if not state[0]:
            return from_files()
        with _ONE_AT_A_TIME:
            found = _KEPT.get(db)
            if found is None or found[0] != state:
                found = _KEPT[db] = state, _both(_rows(connection.execute(_ROWS, {"authority": authority()})))
    return found[1]


def _read(files: Iterable[tuple[str, str]], *, partial: bool) -> list[Row]:
    rows: list[Row] = []
    problems: list[str] = []
    of: dict[tuple[str, int], str] = {}
    for name, content in files:
        try:
            found = read_table(content, name)
        except NotATable as error:
            problems += error.problems
            continue
        problems += problems_of(found, name, TELLS[found[0].table], partial=partial)
        for key in sorted({(row.table, row.year) for row in found}):
            if (before := of.setdefault(key, name)) != name:
                problems.append(f"{name} has {key[0]} of {key[1]}, and so has {before}: give one of them")
        rows += found
    if problems:
        raise NotATable(problems)
    return rows


def _refuse_loss(rows: Sequence[Row], there: Published) -> None:
    """Raises NotATable: rows would go without others in their place."""
    problems: list[str] = []
    for table, year in sorted({(row.table, row.year) for row in rows}):
        own, before = ([row for row in of if (row.table, row.year) == (table, year)] for of in (rows, there.each))
        problems += missing_areas(own, before, table)
    if problems:
        raise NotATable(problems)


def _values(row: Row, actor: Actor, now: datetime) -> Mapping[str, Any]:
    return {
        "authority": authority(),
        "table": row.table,
        "year": row.year,
        "area": row.area,
        "level": row.level,
        "name": row.name,
        "region": row.region,
        "figures": json.dumps(row.as_published()),
        "at": now,
        "by": actor.name,
    }


def _both(loaded: Sequence[Row]) -> Published:
    own = {(row.table, row.year, row.area) for row in loaded}
    return published([*loaded, *(row for row in from_files().each if (row.table, row.year, row.area) not in own)])


def _rows(found: Iterable[Any]) -> list[Row]:
    kept = list(found)
    packaged = {row.area: row.name for row in from_files().each if row.level == REGIONAL}
    regions = {**packaged, **{row.area: row.name for row in kept if row.level == REGIONAL}}
    return [_row(row, regions) for row in kept]


def _row(row: Any, regions: Mapping[str, str]) -> Row:
    cells = cast("Mapping[str, int | float | str]", row.figures)
    figures = {name: None if isinstance(value, str) else value for name, value in cells.items()}
    missing = {name: value for name, value in cells.items() if isinstance(value, str) and value in SIGNS}
    return Row(
        row.table_name,
        row.year,
        row.level,
        row.area,
        row.name,
        row.region,
        figures,
        missing,
        regions.get(row.region, ""),
    )
