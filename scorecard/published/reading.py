"""A published table from the department's own file."""

import csv
import io
from collections.abc import Mapping
from pathlib import Path

from scorecard.published.checking import wrong_with
from scorecard.published.errors import NotATable
from scorecard.published.rows import ENGLAND, LEVELS, LOCAL, NATIONAL, REGIONAL, SIGNS, TABLES, Row

ABOUT = ("time_period", "geographic_level", "region_code", "region_name", "new_la_code", "la_name")
"""The columns that say of what area and year a row is; all others hold figures."""

BESIDE = ("time_identifier", "country_code", "country_name", "old_la_code")
"""Columns that the department's files have besides, and that say nothing more."""

TELLS = {
    "requests": "requests_received_in_year",
    "assessments": "assess_in_year",
    "timeliness_20_week": "plans_issued_den",
    "annual_reviews": "total_ehc_plans",
}
"""The column by which each table is known."""

_MOST = 20


def read_file(path: Path) -> list[Row]:
    """Every row of one file. Raises NotATable with at most twenty problems; OSError when it cannot be opened."""
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise NotATable(
            [f"{path.name} is not text in UTF-8: take the CSV file as the department publishes it"]
        ) from None
    return read_table(text, path.name)


def read_table(text: str, name: str) -> list[Row]:
    """Every row of one table; `name` is said in the problems. Raises NotATable."""
    reader = csv.DictReader(io.StringIO(text, newline=""))
    columns = list(reader.fieldnames or ())
    table = _table_of(columns, name)
    problems: list[str] = []
    rows: list[Row] = []
    seen: dict[tuple[int, str], int] = {}
    for cells in reader:
        place = f"{name}, line {reader.line_num}"
        try:
            row = _row(table, columns, cells)
        except ValueError as error:
            problems.append(f"{place}: {error}")
            continue
        if before := seen.get((row.year, row.area)):
            problems.append(f"{place}: {row.name} in {row.year} is in line {before} already: keep one of them")
        seen[row.year, row.area] = reader.line_num
        rows.append(row)
    if not rows and not problems:
        problems.append(f"{name} has no rows: take the whole file")
    if problems:
        more = [f"and {len(problems) - _MOST} more"] if len(problems) > _MOST else []
        raise NotATable(problems[:_MOST] + more)
    return rows


def _table_of(columns: list[str], name: str) -> str:
    missing = [column for column in ABOUT if column not in columns]
    if missing:
        raise NotATable(
            [f"{name} has no column {', '.join(missing)}: take the CSV file as the department publishes it"]
        )
    found = [table for table in TABLES if TELLS[table] in columns]
    if len(found) != 1:
        known = ", ".join(TELLS.values())
        raise NotATable([f"{name} is none of the four tables: each is known by one of the columns {known}"])
    twice = sorted({column for column in columns if columns.count(column) > 1})
    if twice:
        raise NotATable([f"{name} has the column {', '.join(twice)} twice: keep one"])
    return found[0]


def _row(table: str, columns: list[str], cells: Mapping[str | None, str | None]) -> Row:
    short = [column for column in columns if cells.get(column) is None]
    if short or cells.get(None):
        raise ValueError("the row has fewer or more cells than the header")
    about = {column: (cells[column] or "").strip() for column in ABOUT}
    level = about["geographic_level"]
    if level not in LEVELS:
        raise ValueError(f"geographic_level {level!r} is none of {', '.join(LEVELS)}")
    if not (about["time_period"].isdecimal() and len(about["time_period"]) == 4):
        raise ValueError(f"time_period {about['time_period']!r} is not a year")
    area, name = _area(level, about)
    figures, missing = _figures([column for column in columns if column not in (*ABOUT, *BESIDE)], cells)
    region, region_name = about["region_code"], about["region_name"]
    return Row(table, int(about["time_period"]), level, area, name, region, figures, missing, region_name)


def _area(level: str, about: Mapping[str, str]) -> tuple[str, str]:
    if level == NATIONAL:
        return ENGLAND, "England"
    code, name = ("region_code", "region_name") if level == REGIONAL else ("new_la_code", "la_name")
    if not about[code] or not about[name]:
        raise ValueError(f"{code} and {name} are needed in a row of a {level.lower()}")
    if level == LOCAL and not about["region_code"]:
        raise ValueError("region_code is needed in a row of a local authority")
    return about[code], about[name]


def _figures(
    columns: list[str], cells: Mapping[str | None, str | None]
) -> tuple[dict[str, int | float | None], dict[str, str]]:
    figures: dict[str, int | float | None] = {}
    missing: dict[str, str] = {}
    for column in columns:
        text = (cells[column] or "").strip()
        if text in SIGNS:
            figures[column] = None
            missing[column] = text
        else:
            figures[column] = _number(column, text)
    return figures, missing


def _number(column: str, text: str) -> int | float:
    try:
        number = float(text) if "." in text else int(text)
    except ValueError:
        raise ValueError(f"{column} {text!r} is neither a number nor one of {', '.join(SIGNS)}") from None
    if not -1e9 < number < 1e9:
        raise ValueError(f"{column} {text!r} is no figure")
    if wrong := wrong_with(column, number):
        raise ValueError(f"{column} {text!r}: {wrong}")
    return number
