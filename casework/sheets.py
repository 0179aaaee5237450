"""The rows of a directory or of a list of facts, by the names of their columns."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from casework.errors import Refused
from casework.table_files import Line, column_name, file_bytes, file_lines


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file: `line` is where a person finds it, `cells` are stripped texts by column name."""

    line: int
    cells: Mapping[str, str]

    def get(self, column: str) -> str:
        """The text of a column, empty when the column is blank or missing."""
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The columns of a file as written, tidied (`case_ref`), and its rows that are not blank."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def read_sheet(path: Path) -> Sheet:
    """The rows of a CSV (with or without byte-order mark, comma, semicolon or tab) or xlsx file.

    Raises Refused when the file is missing, too large, unreadable or has no heading.
    """
    return sheet_in(file_bytes(path), path)


def sheet_in(data: bytes, path: Path) -> Sheet:
    """The rows of a file's bytes, as `read_sheet`; `path` is what it is called."""
    return sheet_of(file_lines(data, path), path)


def require_columns(sheet: Sheet, needed: Iterable[str], path: Path) -> None:
    """Refuse a file without the columns that nothing can be done without."""
    if missing := [column for column in needed if column not in sheet.columns]:
        raise Refused(
            f"{path.name} has no column {', '.join(missing)}. Its columns are: {', '.join(sheet.columns)}. "
            "Rename or add the missing ones in the first line."
        )


def sheet_of(lines: Iterator[Line], path: Path) -> Sheet:
    """The sheet in the lines of a file that is called `path`. Raises Refused when it has no heading."""
    heading = next((cells for _, cells in lines if any(cell.strip() for cell in cells)), None)
    if heading is None:
        raise Refused(f"{path.name} is empty. The first line must hold the column names.")
    columns = tuple(column_name(cell) for cell in heading)
    rows = tuple(row for row in _rows(lines, columns) if any(row.cells.values()))
    return Sheet(columns, rows)


def _rows(lines: Iterator[Line], columns: Sequence[str]) -> Iterator[Row]:
    for line, cells in lines:
        named = zip(columns, cells, strict=False)
        yield Row(line, {column: cell.strip() for column, cell in named if column})
