"""Figures for the cells that have none: from the same authority's other year, else from its region's."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from scorecard.published.errors import NotPublished
from scorecard.published.rows import ASSESSMENTS, REGIONAL, REQUESTS, REVIEWS, TIMELINESS, Row
from scorecard.published.tables import Published
from scorecard.synthetic.bridges import Filled
from scorecard.synthetic.scaling import scaled

YEARS = (2023, 2024)
"""The years of which cases can be made: since 2023 the department counts cases itself."""

ISSUED = "assess_issued"


@dataclass(slots=True)
class Filling:
    """The whole-number figures of every table, and those that had to be filled."""

    figures: dict[str, dict[str, int]] = field(default_factory=dict[str, dict[str, int]])
    filled: list[Filled] = field(default_factory=list[Filled])


def filling(source: Published, area: str, year: int) -> Filling:
    """The figures of an authority in a year; a table with a missing cell that is counted is filled as a whole, so
    that its cells fit one another. Raises NotPublished where nothing says how large the authority is."""
    found = Filling()
    for table in (REQUESTS, ASSESSMENTS, TIMELINESS, REVIEWS):
        row = source.find(table, year, area)
        if row is not None and not _lacks(row):
            found.figures[table] = _whole(row)
        else:
            _fill(source, table, area, year, row, found)
    return found


def uncounted(column: str) -> bool:
    """Whether no figure of ours answers to the column: percentages are derived, and some things are not kept."""
    return column.lower().startswith("pc_") or column.endswith("_pc") or not_kept(column)


def not_kept(column: str) -> bool:
    """Whether what the column counts is not on record in any case."""
    return any(word in column for word in ("mediation", "tribunal", "_rya"))


def _lacks(row: Row) -> bool:
    return any(not uncounted(column) for column in row.missing)


def _whole(row: Row) -> dict[str, int]:
    return {name: int(value) for name, value in row.figures.items() if value is not None and not uncounted(name)}


def _fill(source: Published, table: str, area: str, year: int, row: Row | None, found: Filling) -> None:
    model, how = _model(source, table, area, year)
    if table in (REQUESTS, ASSESSMENTS) and model.level == REGIONAL:
        raise NotPublished(f"{table} has no figures of {source.named(area)} in any year that cases can be made for")
    known = dict(_whole(row)) if row else {}
    factor, by = _factor(source, table, model, year, known, found.figures)
    figures = _named(scaled(table, _whole(model), factor, known.get("total_ehc_plans"), model.year), table, model, year)
    if table == TIMELINESS:
        figures = _at_most(figures, found.figures[ASSESSMENTS][ISSUED])
    found.figures[table] = figures
    signs: Mapping[str, str] = row.missing if row else {}
    said = f"{how}{by}"
    found.filled += [
        Filled(table, name, signs.get(name, ""), value, said) for name, value in figures.items() if name not in known
    ]


def _model(source: Published, table: str, area: str, year: int) -> tuple[Row, str]:
    """The nearest row of the same authority that has figures, else its region's."""
    for other in sorted(YEARS, key=lambda other: abs(other - year)):
        row = source.find(table, other, area)
        if row and not _lacks(row):
            return row, f"as the authority's own of {other}"
    region = source.region_of(area)
    at = year if source.find(table, year, region) else max(source.years(table))
    return source.row(table, at, region), f"as its region's of {at}"


def _factor(
    source: Published,
    table: str,
    model: Row,
    year: int,
    known: Mapping[str, int],
    figures: Mapping[str, Mapping[str, int]],
) -> tuple[float, str]:
    """How many times as large as its model the table is."""
    if table == REVIEWS and "total_ehc_plans" in known:
        return known["total_ehc_plans"] / _number(model, "total_ehc_plans"), ", in the measure of its plans"
    if table in (REVIEWS, TIMELINESS) and (model.level == REGIONAL or table == TIMELINESS):
        issued = source.find(ASSESSMENTS, model.year, model.area)
        if issued and issued.figures.get(ISSUED):
            return figures[ASSESSMENTS][ISSUED] / _number(issued, ISSUED), ", in the measure of the plans issued"
    return 1.0, ""


def _number(row: Row, column: str) -> float:
    value = row.figures[column]
    assert value is not None
    return value


def _named(figures: dict[str, int], table: str, model: Row, year: int) -> dict[str, int]:
    """Columns that have the model's year in their name, by the names of this one."""
    if table != REVIEWS or model.year == year:
        return figures
    new = {f"{(model.year + more) % 100}": f"{(year + more) % 100}" for more in (0, 1)}
    return {name[:-2] + new[name[-2:]] if name[-2:] in new else name: value for name, value in figures.items()}


def _at_most(figures: dict[str, int], issued: int) -> dict[str, int]:
    """Never more plans sent than issued."""
    over = figures["plans_issued_den"] - issued
    if over <= 0:
        return figures
    for name in (
        "plans_issued_den",
        "plans_issued_den_ex",
        "plans_issued_gt20weeks_ltYear",
        "plans_issued_gt20weeks_ltYear_ex",
    ):
        figures[name] = max(0, figures[name] - over)
    return figures
