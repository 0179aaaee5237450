"""`make verify-dfe`: write docs/verify-dfe.md, the table of every cell that does not come out as published."""

import os
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import psycopg
from sqlalchemy import text

from benchmarks.dfe.bulk import AUTHORITY, tables_of
from benchmarks.dfe.comparing import Cells, Difference, compared, differences
from benchmarks.dfe.report import report
from benchmarks.place import Town, town
from scorecard.as_published import as_published
from scorecard.period import census_day
from scorecard.published.tables import Published, from_files
from scorecard.synthetic.council import Council, council

YEARS = (2023, 2024)
DOC = Path(__file__).parents[2] / "docs" / "verify-dfe.md"
_EMPTY = text(
    "TRUNCATE person, process, fact, plan, review, counted_assessment, counted_review, counted_relief CASCADE"
)


def main(names: Sequence[str]) -> int:
    """Verify every authority, or those named; only for all is the document written. Fails for what is unexplained."""
    os.environ["EHCP_AUTHORITY"] = AUTHORITY
    source = from_files()
    found: list[Difference] = []
    sums: dict[tuple[int, str], Counter[str]] = defaultdict(Counter)
    count = cells = 0
    with town() as place:
        # The ledger refuses to be emptied; this one is of nobody, and is emptied for each council.
        place.fill("ALTER TABLE fact DISABLE TRIGGER USER")
        for year, area, name in _authorities(source, names):
            made = council(source, area, year)
            counted = _counted(place, made)
            found += _differences(source, made, counted)
            for table, row in counted.items():
                sums[year, table].update({key: said for key, said in row.items() if isinstance(said, int)})
            count, cells = count + 1, cells + _compared(source, made, counted)
            print(f"{year} {name}: {len(made.assessments)} assessments, {len(made.plans)} plans", flush=True)
    unexplained = [each for each in found if not each.why]
    for each in unexplained:
        print(f"UNEXPLAINED {each}")
    if not names:
        DOC.write_text(report(source, found, sums, (count, cells), date.today()))
    print(f"{count} rows, {cells} cells compared, {len(found)} that differ, {len(unexplained)} unexplained")
    return 1 if unexplained else 0


def _authorities(source: Published, names: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    wanted = {source.code(name) for name in names}
    for year in YEARS:
        for row in source.authorities(year):
            if not wanted or row.area in wanted:
                yield year, row.area, row.name


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


def _compared(source: Published, made: Council, counted: dict[str, Cells]) -> int:
    rows = source.of(made.year, made.area)
    return sum(len(compared(rows[table].as_published(), row)) for table, row in counted.items() if table in rows)


def _differences(source: Published, made: Council, counted: dict[str, Cells]) -> Iterator[Difference]:
    known: dict[str, dict[str, str]] = defaultdict(dict)
    for each in made.bridges.unmet:
        known[each.table][each.column] = each.why
    for table, row in source.of(made.year, made.area).items():
        if table in counted:
            yield from differences(made.year, made.name, table, row.as_published(), counted[table], known[table])


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
