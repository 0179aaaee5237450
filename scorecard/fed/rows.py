"""Rows of a file of fed figures, as they came and as entries."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from casework.caseload.columns import ADDED_BY_US
from casework.caseload.reading import tidied
from casework.days import read_day
from casework.errors import Refused
from casework.table_files import column_name, file_bytes, file_lines
from scorecard.fed.entries import Fault, FedEntry

NEEDED = ("measure", "first_day", "last_day", "owner", "source")
COLUMNS = ("measure", "part", "first_day", "last_day", "numerator", "denominator", "value", "owner", "source")
"""The columns of a file of figures, in the order in which they are told."""

_THOUSANDS = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?")
_NOWHERE = date(2020, 1, 1)


@dataclass(frozen=True, slots=True)
class FedRow:
    """One row: the line it begins on (from 1), its cells as they came, and tidied by column. `beyond` counts filled
    cells to the right of the last heading: a sign of a stray comma."""

    line: int
    raw: tuple[str, ...]
    cells: Mapping[str, str]
    beyond: int = 0


@dataclass(frozen=True, slots=True)
class FedFile:
    """A file of figures as read: its headings (but those of a rejects file of ours), its rows that are not blank, and
    the columns that are not known."""

    headings: tuple[str, ...]
    rows: tuple[FedRow, ...]
    unread: tuple[str, ...]


def read_fed_file(path: Path) -> FedFile:
    """Read a CSV or xlsx file. Raises Refused when it cannot be opened, is empty, or lacks a column that it needs."""
    lines = file_lines(file_bytes(path), path)
    headings = next((tuple(cells) for _, cells in lines if any(cell.strip() for cell in cells)), ())
    columns = tuple(_column(heading) for heading in headings)
    _check(columns, path)
    own = [at for at, column in enumerate(columns) if column not in ADDED_BY_US]
    rows = [(line, cells) for line, cells in lines if any(cell.strip() for cell in cells)]
    if not rows:
        raise Refused(f"{path.name} holds no figure: under its first line there is nothing.")
    return FedFile(
        tuple(headings[at] for at in own),
        tuple(_row(line, cells, columns, own) for line, cells in rows),
        tuple(columns[at] for at in own if columns[at] and columns[at] not in COLUMNS),
    )


def entry_in(row: FedRow) -> tuple[FedEntry, list[Fault]]:
    """The entry that a row says, and what in it cannot be read; where anything cannot, the entry says nothing."""
    faults: list[Fault] = []
    if row.beyond:
        faults.append(("", "there is a cell to the right of the last heading: a comma too many?"))
    entry = FedEntry(
        row.cells.get("measure", "").lower(),
        _day(row, "first_day", faults),
        _day(row, "last_day", faults),
        row.cells.get("owner", ""),
        row.cells.get("source", ""),
        row.cells.get("part", ""),
        _number(row, "numerator", faults),
        _number(row, "denominator", faults),
        _number(row, "value", faults),
    )
    return entry, faults


def _check(columns: Sequence[str], path: Path) -> None:
    if not columns:
        raise Refused(f"{path.name} is empty. Its first line must hold the column names: {', '.join(COLUMNS)}.")
    if missing := [name for name in NEEDED if name not in columns]:
        raise Refused(
            f"{path.name} has no column {' and no column '.join(missing)}. The first line must name the columns: "
            f"{', '.join(COLUMNS)}."
        )
    if twice := sorted({column for column in columns if column and columns.count(column) > 1}):
        raise Refused(f"{path.name} has the column {', '.join(twice)} twice. Rename or remove one of them.")


def _row(line: int, cells: Sequence[str], columns: Sequence[str], own: Sequence[int]) -> FedRow:
    known = {columns[at]: tidied(cells[at]) for at in own if at < len(cells) and columns[at]}
    padded = [*cells, *[""] * (len(columns) - len(cells))]
    raw = tuple(padded[at] for at in own) + tuple(padded[len(columns) :])
    return FedRow(line, raw, known, sum(1 for cell in cells[len(columns) :] if cell.strip()))


def _column(heading: str) -> str:
    return ("_" if heading.strip().startswith("_") else "") + column_name(heading)


def _day(row: FedRow, name: str, faults: list[Fault]) -> date:
    try:
        if found := read_day(row.cells.get(name, "")):
            return found
        faults.append((name, "the day is missing: write it as 2026-11-20 or 20/11/2026"))
    except ValueError as error:
        faults.append((name, str(error)))
    return _NOWHERE


def _number(row: FedRow, name: str, faults: list[Fault]) -> Decimal | None:
    said = row.cells.get(name, "").removesuffix("%").strip()
    if not said:
        return None
    try:
        return Decimal(said.replace(",", "") if _THOUSANDS.fullmatch(said) else said)
    except InvalidOperation:
        faults.append((name, f"{said!r} is not a number: write it in figures, like 85 or 12.5"))
    return None
