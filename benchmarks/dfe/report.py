"""The document of `make verify-dfe`: what came out otherwise than published, and by what authorities miss England."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from benchmarks.dfe.verifying import Found
from scorecard.published.tables import Published

HEAD = """# The scorecard against the published tables

Written by `make verify-dfe` on {day}: {rows} published rows (each authority of 2023 and 2024; annual reviews of 2024
only) were each made into a synthetic council, loaded in bulk, counted by the scorecard and compared, {cells} cells in
all. A cell that is not below came out to the digit.

**What this proves**: that the scorecard counts right what its own definitions say, on cases made by code that does not
read them. **What it does not prove**: that the department counts so. Where its notes do not say of whom it counts, the
measure is marked *definition unverified*, and a council that bridges two tables is our way of making cases, never the
department's definition.

## Cells that did not come out as published

Each contradicts another cell of its own row, so that no set of cases can have both; the generator says which gave way.

| year | authority | table | column | published | counted | why |
| --- | --- | --- | --- | --- | --- | --- |
"""
ENGLAND = """
## England: the sum of the authorities beside the published row

Only sums that differ are shown, each over the authorities of which the cell was published. England's own figure also
holds those of which it was not (x, z, c).

| year | table | column | England, published | authorities, published | difference | authorities, counted |
| --- | --- | --- | --- | --- | --- | --- |
"""


def report(source: Published, found: Found, day: date) -> str:
    """The whole document."""
    ordered = sorted(found.differences, key=lambda each: (each.year, each.authority, each.table, each.column))
    rows = [
        f"| {each.year} | {each.authority} | {each.table} | {each.column} | {each.published} | {each.counted} "
        f"| {each.why or '**not explained**'} |"
        for each in ordered
    ]
    england = [
        line for (year, table), counted in sorted(found.sums.items()) for line in _england(source, year, table, counted)
    ]
    head = HEAD.format(day=day, rows=found.rows, cells=found.cells)
    return head + "\n".join([*rows, ENGLAND.rstrip(), *england, ""])


def _england(source: Published, year: int, table: str, counted: Counter[str]) -> Iterator[str]:
    row = source.england(year).get(table)
    if row is None:
        return
    local = [each for each in source.rows(table, year) if each.level == source.authorities(year)[0].level]
    for column, said in row.as_published().items():
        if not isinstance(said, int) or column not in counted:
            continue
        published = sum(value for each in local if isinstance(value := each.as_published().get(column), int))
        if said != published or published != counted[column]:
            yield f"| {year} | {table} | {column} | {said} | {published} | {said - published} | {counted[column]} |"
