"""The published tables as one thing to ask, whether they came from the files here or from the database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, cached_property
from pathlib import Path

from scorecard.published.authorities import areas_of
from scorecard.published.errors import NotPublished
from scorecard.published.reading import read_file
from scorecard.published.rows import ENGLAND, LOCAL, REGIONAL, TABLES, Row

DATA = Path(__file__).parent / "data"
"""The files that come with this version."""


@dataclass(frozen=True)
class Published:
    """All published rows. Whoever holds rows, from files or from the database, makes one of these."""

    each: tuple[Row, ...]

    @cached_property
    def _found(self) -> dict[tuple[str, int, str], Row]:
        return {(row.table, row.year, row.area): row for row in self.each}

    @cached_property
    def _names(self) -> dict[str, Row]:
        """Areas by name and code, small letters; the latest name of an area wins."""
        rows = sorted(self.each, key=lambda row: row.year)
        return {word.casefold(): row for row in rows for word in (row.name, row.area)}

    def rows(self, table: str, year: int | None = None) -> Sequence[Row]:
        """The rows of one table, of all years or one."""
        return [row for row in self.each if row.table == table and year in (None, row.year)]

    def years(self, table: str | None = None) -> Sequence[int]:
        """The years with rows, in one table or any."""
        return sorted({row.year for row in self.each if table in (None, row.table)})

    def code(self, wanted: str) -> str:
        """The code of an area by its name or code, whatever the capitals, or by the three-digit number of an authority.

        Raises NotPublished with what it may be.
        """
        words = " ".join(wanted.split()).casefold()
        if numbered := [row for area in areas_of(words) if (row := self._names.get(area.casefold()))]:
            return max(numbered, key=lambda row: row.year).area
        if found := self._names.get(words):
            return found.area
        near = self._near(words)
        meant = (
            f". Did you mean {' or '.join(repr(name) for name in near)}?"
            if near
            else ": take the department's own name"
        )
        raise NotPublished(f"nothing is published of {wanted!r}{meant}")

    def _near(self, words: str) -> list[str]:
        names = [row.name for row in self._names.values()]
        having = sorted({name for name in names if words and words in name.casefold()})
        close = get_close_matches(words, [name.casefold() for name in names], n=3, cutoff=0.6)
        return having[:3] or sorted({self._names[name].name for name in close})

    def find(self, table: str, year: int, area: str) -> Row | None:
        """The row of an area by its code, None where nothing is published."""
        return self._found.get((table, year, area))

    def row(self, table: str, year: int, wanted: str) -> Row:
        """The row of an area by its name or code. Raises NotPublished: no such table, area, or year of it."""
        if table not in TABLES:
            raise NotPublished(f"there is no table {table!r}: there are {', '.join(TABLES)}")
        area = self.code(wanted)
        if found := self.find(table, year, area):
            return found
        years = [str(row.year) for row in self.each if row.table == table and row.area == area]
        there = f"for {', '.join(sorted(years))}" if years else "for no year"
        raise NotPublished(f"{table} of {wanted} is not published for {year}: it is {there}")

    def authorities(self, year: int) -> Sequence[Row]:
        """The local authorities with a row in any table of that year, by name: one row of each."""
        found = {row.area: row for row in reversed(self.each) if row.year == year and row.level == LOCAL}
        return sorted(found.values(), key=lambda row: row.name)

    def england(self, year: int) -> dict[str, Row]:
        """England's rows of a year, by table."""
        return self.of(year, ENGLAND)

    def regions(self, year: int) -> Sequence[Row]:
        """The regions with a row in any table of that year, by name: one row of each."""
        found = {row.area: row for row in reversed(self.each) if row.year == year and row.level == REGIONAL}
        return sorted(found.values(), key=lambda row: row.name)

    def named(self, area: str) -> str:
        """The name of an area by its code, the latest. Raises NotPublished for a code that is not known."""
        return self._names[self.code(area).casefold()].name

    def region_of(self, area: str) -> str:
        """The code of the region in which an area lies. Raises NotPublished for a code that is not known."""
        return self._names[self.code(area).casefold()].region

    def of(self, year: int, area: str) -> dict[str, Row]:
        """The rows of an area (by its code) in a year, by table."""
        found = ((table, self.find(table, year, area)) for table in TABLES)
        return {table: row for table, row in found if row}


def published(rows: Iterable[Row]) -> Published:
    """The tables that these rows make."""
    return Published(tuple(rows))


@cache
def from_files(folder: Path = DATA) -> Published:
    """The tables in a folder. Raises NotATable for a file that is none of them."""
    return published(row for table in TABLES for row in read_file(folder / f"{table}.csv"))
