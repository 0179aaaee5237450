"""Reading a file of cases or plans without losing how its rows were written: refused rows go back as they came."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from casework.caseload.columns import ASSESSMENTS, FileKind
from casework.caseload.plan_columns import PLANS
from casework.errors import Refused
from casework.formulas import restored
from casework.table_files import Line, column_name, file_bytes, file_lines


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row: `line` is where it begins in the file, `raw` its cells as they came, `cells` tidied by column name;
    `ref` is what it is called by, empty when it does not say.

    `beyond` counts filled cells to the right of the last heading: a sign of a stray comma. `refused_at` is, in a
    rejects file of ours, the line, column and reason with which it was refused in the file that it came from.
    """

    line: int
    raw: tuple[str, ...]
    cells: Mapping[str, str]
    beyond: int = 0
    refused_at: tuple[int, str, str] | None = None
    ref: str = ""


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A file as read: what kind it is by its columns, its headings as written and tidied, its rows that are not
    blank, and the hash of its bytes."""

    kind: FileKind
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

    Raises `Refused` when it cannot be opened, is of another kind, or lacks a column without which no clock can be
    computed.
    """
    data = file_bytes(path)
    return _case_file(file_lines(data, path), path, hashlib.sha256(data).hexdigest())


def _case_file(lines: Iterator[Line], path: Path, file_hash: str) -> CaseFile:
    headings = next((tuple(cells) for _, cells in lines if any(cell.strip() for cell in cells)), None)
    if headings is None:
        raise Refused(f"{path.name} is empty. Its first line must hold the column names.")
    columns = tuple(_column(cell) for cell in headings)
    kind = _kind_of(columns)
    _check_columns(kind, columns, path)
    rows = tuple(row for row in _rows(lines, columns, kind) if any(row.cells.values()) or row.beyond)
    return CaseFile(kind, headings, columns, rows, file_hash)


def _kind_of(columns: Sequence[str]) -> FileKind:
    """A plans file has columns that a case file cannot do without under other names."""
    found = set(columns)
    return PLANS if found.intersection(PLANS.needed) and not found.issuperset(ASSESSMENTS.needed) else ASSESSMENTS


def _check_columns(kind: FileKind, columns: Sequence[str], path: Path) -> None:
    if missing := [column for column in kind.needed if column not in columns]:
        raise Refused(
            f"{path.name} has no column {' and no column '.join(missing)}, so no clock can be computed. "
            f"Its columns are: {', '.join(filter(None, columns)) or 'none'}. Name them in the first line "
            f"({_needed(ASSESSMENTS)} for assessments, {_needed(PLANS)} for plans)."
        )
    if twice := sorted({column for column in columns if column and columns.count(column) > 1}):
        raise Refused(f"{path.name} has the column {', '.join(twice)} twice. Rename or remove one of them.")


def _needed(kind: FileKind) -> str:
    return " and ".join(kind.needed)


def _rows(lines: Iterator[Line], columns: Sequence[str], kind: FileKind) -> Iterator[RawRow]:
    for line, cells in lines:
        named = {column: tidied(cell) for column, cell in zip(columns, cells, strict=False) if column}
        tidy = {column: text for column, text in named.items() if not column.startswith("_")}
        beyond = sum(1 for cell in cells[len(columns) :] if cell.strip())
        yield RawRow(line, tuple(cells), tidy, beyond, _refused_at(named), tidy.get(kind.ref, ""))


def _refused_at(named: Mapping[str, str]) -> tuple[int, str, str] | None:
    line = named.get("_line", "")
    return (int(line), named.get("_column", ""), named.get("_reason", "")) if line.isdecimal() else None


def tidied(cell: str) -> str:
    """A cell without stray spaces, and without the apostrophe that our own files put before a formula."""
    return restored(" ".join(cell.split()))


def _column(heading: str) -> str:
    # The sign that marks the columns of our own rejects files stays.
    return ("_" if heading.strip().startswith("_") else "") + column_name(heading)
