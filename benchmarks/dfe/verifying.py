"""One council after the other: made, loaded, counted and compared, in a database of this process's own."""

import os
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import psycopg
from sqlalchemy import text

from benchmarks.dfe.bulk import AUTHORITY, tables_of
from benchmarks.dfe.comparing import Cells, Difference, compared, differences
from benchmarks.place import Town, town
from scorecard.as_published import as_published
from scorecard.period import census_day
from scorecard.published.tables import Published, from_files
from scorecard.synthetic.bridges import Unmet
from scorecard.synthetic.council import Council, council

_EMPTY = text(
    "TRUNCATE person, process, fact, plan, review, counted_assessment, counted_review, counted_relief CASCADE"
)
Sums = dict[tuple[int, str], Counter[str]]


@dataclass(slots=True)
class Found:
    """What came of some councils: cells that differ, sums of what was counted by year and table, and how many."""

    differences: list[Difference] = field(default_factory=list[Difference])
    sums: Sums = field(default_factory=lambda: defaultdict(Counter))
    rows: int = 0
    cells: int = 0

    def add(self, other: "Found") -> None:
        """Take in what came of other councils."""
        self.differences += other.differences
        for key, counts in other.sums.items():
            self.sums[key].update(counts)
        self.rows, self.cells = self.rows + other.rows, self.cells + other.cells


def verify(which: Sequence[tuple[int, str]]) -> Found:
    """Verify the councils of these years and areas."""
    os.environ["EHCP_AUTHORITY"] = AUTHORITY
    source, found = from_files(), Found()
    with town() as place:
        # The ledger refuses to be emptied; this one is of nobody, and is emptied for each council.
        place.fill("ALTER TABLE fact DISABLE TRIGGER USER")
        for year, area in which:
            made = council(source, area, year)
            counted = _counted(place, made)
            found.add(_one(source, made, counted))
            print(f"{year} {made.name}: {len(made.assessments)} assessments, {len(made.plans)} plans", flush=True)
    return found


def _counted(place: Town, made: Council) -> dict[str, Cells]:
    """Load a council into emptied tables and count it."""
    with place.owner.begin() as connection:
        connection.execute(_EMPTY)
    tables = tables_of(made.assessment_rows(), made.plan_rows(), census_day(made.year))
    address = place.owner.url.render_as_string(hide_password=False).replace("postgresql+psycopg", "postgresql")
    with psycopg.connect(address) as connection:
        tables.copy(connection)
    with place.owner.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE person, process, fact, plan, review")
    found = as_published(place.db, made.year)
    return {name: dict(table) for name, table in found.tables.items() if table}


def _one(source: Published, made: Council, counted: dict[str, Cells]) -> Found:
    published = {name: row.as_published() for name, row in source.of(made.year, made.area).items() if name in counted}
    sums: Sums = defaultdict(Counter)
    for table, row in published.items():
        counts = {name: counted[table][name] for name in compared(row, counted[table]) if not _is_percentage(name)}
        sums[made.year, table].update({name: said for name, said in counts.items() if isinstance(said, int)})
    cells = sum(len(compared(row, counted[table])) for table, row in published.items())
    return Found(list(_differences(made, published, counted)), sums, 1, cells)


def _is_percentage(column: str) -> bool:
    return "pc" in column.lower().split("_")


def _differences(made: Council, published: dict[str, Cells], counted: dict[str, Cells]) -> Iterator[Difference]:
    known: dict[str, dict[str, Unmet]] = defaultdict(dict)
    for each in made.bridges.unmet:
        known[each.table][each.column] = each
    for table, row in published.items():
        yield from differences(made.year, made.name, table, row, counted[table], known[table])
