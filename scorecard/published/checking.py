"""What a published file must have before it is taken in: the columns of its release, England, its authorities."""

import re
from collections.abc import Sequence

from scorecard.published.rows import LOCAL, NATIONAL, Row
from scorecard.published_columns import tables_of

_RELEASE_OF_2025, _RELEASE_OF_2026 = 2024, 2025
"""Calendar years on which the releases are whose columns are known; those of later ones are taken to be the last."""

_UNVERIFIED = re.compile(r"(due|final)_\d\d|number_plans")  # known from the department's words alone: may be absent
_CODE = re.compile(r"[EW]\d{8}", re.ASCII)


def problems_of(rows: Sequence[Row], name: str) -> list[str]:
    """What is wrong with the rows of one file as a whole, in words; nothing when it can be taken in."""
    found: list[str] = []
    if missing := _missing(rows):
        found.append(f"{name} has no column {', '.join(missing)}: take the whole file of the release")
    for year in sorted({row.year for row in rows}):
        found += _of_year([row for row in rows if row.year == year], f"{name}, {year}")
    return found


def _missing(rows: Sequence[Row]) -> list[str]:
    """The columns that the file lacks, by the release that is nearest to it."""
    there, table, year = set(rows[0].figures), rows[0].table, max(row.year for row in rows)
    releases = [_RELEASE_OF_2025, year] if year >= _RELEASE_OF_2026 else [_RELEASE_OF_2025]
    lacking = [
        [column for column in tables_of(each)[table] or () if column not in there and not _UNVERIFIED.match(column)]
        for each in releases
    ]
    return min(lacking, key=len)


def _of_year(rows: Sequence[Row], place: str) -> list[str]:
    found = [
        f"{place}: the code {row.area!r} of {row.name} is not one of the Office for National Statistics"
        for row in rows
        if not _CODE.fullmatch(row.area)
    ]
    if sum(row.level == NATIONAL for row in rows) != 1:
        found.append(f"{place}: there must be one row of England")
    if not any(row.level == LOCAL for row in rows):
        found.append(f"{place}: there is no row of a local authority")
    return found
