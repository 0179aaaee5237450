"""Reading a case file without losing how its rows were written: refused rows go back as they came."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from casework.caseload.columns import NEEDED
from casework.errors import Refused
from casework.formulas import restored
from casework.table_files import Line, column_name, file_bytes, file_lines


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row: `line` is where it begins in the file, `raw` its cells as they came, `cells` tidied by column name.

    `beyond` counts filled cells to the right of the last heading: a sign of a stray comma. `refused_at` is, in a
    rejects file of ours, the line, column and reason with which it was refused in the file that it came from.
    """

    line: int
    raw: tuple[str, ...]
    cells: Mapping[str, str]
    beyond: int = 0
    refused_at: tuple[int, str, str] | None = None


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A file as read: its headings as written and tidied, its rows that are not blank, and the hash of its bytes."""

    headings: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[RawRow, ...]
    file_hash: str

    @property
    def is_rejects(self) -> bool:
        """Whether this is a rejects file of ours, corrected: a part of a caseload, not the whole."""
        return "_line" in self.columns


def read_case_file(path: Path) -> CaseFile:
    """Read a CSV (comma, semicolon, tab; UTF-8, UTF-16 or Windows) or xlsx file.

    Raises `Refused` when it cannot be opened, is of another kind, or has no case_ref or received column.
    """
    data = file_bytes(path)
    return _case_file(file_lines(data, path), path, hashlib.sha256(data).hexdigest())


def _case_file(lines: Iterator[Line], path: Path, file_hash: str) -> CaseFile:
    headings = next((tuple(cells) for _, cells in lines if any(cell.strip() for cell in cells)), None)
    if headings is None:
        raise Refused(f"{path.name} is empty. Its first line must hold the column names.")
    columns = tuple(_column(cell) for cell in headings)
    _check_columns(columns, path)
    rows = tuple(row for row in _rows(lines, columns) if any(row.cells.values()) or row.beyond)
    return CaseFile(headings, columns, rows, file_hash)


def _check_columns(columns: Sequence[str], path: Path) -> None:
    if missing := [column for column in NEEDED if column not in columns]:
        raise Refused(
            f"{path.name} has no column {' and no column '.join(missing)}, so no clock can be computed. "
            f"Its columns are: {', '.join(filter(None, columns)) or 'none'}. Name them in the first line."
        )
    if twice := sorted({column for column in columns if column and columns.count(column) > 1}):
        raise Refused(f"{path.name} has the column {', '.join(twice)} twice. Rename or remove one of them.")


def _rows(lines: Iterator[Line], columns: Sequence[str]) -> Iterator[RawRow]:
    for line, cells in lines:
        named = {column: tidied(cell) for column, cell in zip(columns, cells, strict=False) if column}
        tidy = {column: text for column, text in named.items() if not column.startswith("_")}
        beyond = sum(1 for cell in cells[len(columns) :] if cell.strip())
        yield RawRow(line, tuple(cells), tidy, beyond, _refused_at(named))


def _refused_at(named: Mapping[str, str]) -> tuple[int, str, str] | None:
    line = named.get("_line", "")
    return (int(line), named.get("_column", ""), named.get("_reason", "")) if line.isdecimal() else None


def tidied(cell: str) -> str:
    """A cell without stray spaces, and without the apostrophe that our own files put before a formula."""
    return restored(" ".join(cell.split()))


def _column(heading: str) -> str:
    # The sign that marks the columns of our own rejects files stays.
    return ("_" if heading.strip().startswith("_") else "") + column_name(heading)
