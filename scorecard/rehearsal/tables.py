"""The parts of a rehearsal's report."""

from dataclasses import dataclass
from datetime import date

Cell = str | int | date


@dataclass(frozen=True, slots=True)
class Table:
    """One table: what it is called in a file, its heading, what it counts, its columns and rows."""

    name: str
    title: str
    note: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A rehearsal told: sentences first, then tables, then the words of a few letters."""

    title: str
    sentences: tuple[str, ...]
    assumed: tuple[str, ...]
    tables: tuple[Table, ...]
    letters: tuple[tuple[str, str], ...]
