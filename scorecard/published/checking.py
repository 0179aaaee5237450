"""What a published file must have before it is taken in: the columns of its release, England, its authorities."""

import re
from collections.abc import Sequence

from scorecard.published.rows import LOCAL, NATIONAL, REGIONAL, Row
from scorecard.published_columns import tables_of

_RELEASE_OF_2025, _RELEASE_OF_2026 = 2024, 2025
"""Calendar years on which the releases are whose columns are known; those of later ones are taken to be the last."""

_UNVERIFIED = re.compile(r"(due|final)_\d\d|number_plans")  # known from the department's words alone: may be absent
_CODE = re.compile(r"[EW]\d{8}", re.ASCII)


_PER_CENT = re.compile(r"(^|_)(pc|percent|percentage)(_|$)", re.IGNORECASE)
_MEAN = re.compile(r"(^|_)(avg|average|mean|median|rate)(_|$)", re.IGNORECASE)
_DERIVED = "no_outcome"
"""Meetings less outcomes: the department subtracts them even where that makes no sense (Kingston upon Hull: -153)."""

_ENOUGH = 0.95
"""What authorities must sum to of England's row: those of 2019 to 2024 come to 98 per cent, where some are `x`."""


def wrong_with(column: str, number: float) -> str:
    """Why a number cannot be in that column, in words; empty where it can."""
    if number < 0 and column != _DERIVED:
        return "it cannot be negative"
    if _PER_CENT.search(column):
        return "a percentage cannot be over 100" if number > 100 else ""
    if number != int(number) and not _MEAN.search(column):
        return "a count must be a whole number"
    return ""


def problems_of(rows: Sequence[Row], name: str, told_by: str, *, partial: bool = False) -> list[str]:
    """What is wrong with the rows of one file as a whole, in words; nothing when it can be taken in.

    `told_by` is the column by which the table is known. A `partial` file need not have every area.
    """
    found: list[str] = []
    if missing := _missing(rows):
        found.append(f"{name} has no column {', '.join(missing)}: take the whole file of the release")
    for year in sorted({row.year for row in rows}):
        of_year, place = [row for row in rows if row.year == year], f"{name}, {year}"
        found += _codes(of_year, place)
        if not partial:
            found += _whole(of_year, place, told_by)
    return found


def missing_areas(rows: Sequence[Row], before: Sequence[Row], name: str) -> list[str]:
    """Which areas the rows of a table and year `before` have that these lack, in words."""
    there = {row.area for row in rows}
    lost = sorted(row.name for row in before if row.area not in there)
    if not lost:
        return []
    named = ", ".join(lost[:5]) + (f" and {len(lost) - 5} more" if len(lost) > 5 else "")
    return [f"{name} of {rows[0].year} lacks areas that there are now: {named}. Take the whole file; one that has only "
            "some rows is taken with --partial, and replaces those alone"]  # fmt: skip


def _missing(rows: Sequence[Row]) -> list[str]:
    """The columns that the file lacks, by the release that is nearest to it."""
    there, table, year = set(rows[0].figures), rows[0].table, max(row.year for row in rows)
    releases = [_RELEASE_OF_2025, year] if year >= _RELEASE_OF_2026 else [_RELEASE_OF_2025]
    lacking = [
        [column for column in tables_of(each)[table] or () if column not in there and not _UNVERIFIED.match(column)]
        for each in releases
    ]
    return min(lacking, key=len)


def _codes(rows: Sequence[Row], place: str) -> list[str]:
    return [
        f"{place}: the code {row.area!r} of {row.name} is not one of the Office for National Statistics"
        for row in rows
        if not _CODE.fullmatch(row.area)
    ]


def _whole(rows: Sequence[Row], place: str, told_by: str) -> list[str]:
    """What a whole year must have: England, its authorities, their regions, and that they sum to England."""
    england = [row for row in rows if row.level == NATIONAL]
    local = [row for row in rows if row.level == LOCAL]
    found: list[str] = []
    if len(england) != 1:
        found.append(f"{place}: there must be one row of England")
    if not local:
        found.append(f"{place}: there is no row of a local authority")
    regions = {row.area for row in rows if row.level == REGIONAL}
    if lost := sorted({row.region_name or row.region for row in local if row.region not in regions}):
        found.append(f"{place}: there is no row of the region {', '.join(lost)}")
    total = (england[0].figures.get(told_by) if england else 0) or 0
    if local and sum(row.figures.get(told_by) or 0 for row in local) < _ENOUGH * total:
        found.append(f"{place}: the local authorities are far from {told_by} of England: the file was cut")
    return found
