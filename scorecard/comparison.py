"""A measure beside what the department published: the authority's own past, its region, England, and this year."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Engine

from config.settings import Settings
from scorecard.columns import Percent
from scorecard.figures import figures, share
from scorecard.measure import Figure, Measure, Shape
from scorecard.period import Period, census_day, year_of
from scorecard.published.errors import NotPublished
from scorecard.published.loading import source_of
from scorecard.published.rows import ENGLAND, LOCAL, SIGNS, Row
from scorecard.published.tables import Published
from scorecard.published_columns import tables_of

BREAKS = {2023: "computed by the department from person-level returns since then; authorities returned totals before"}
"""Years with which the published series starts anew, and why."""

NOBODY = (
    "Not compared: set EHCP_COUNCIL to the authority's name or code in the department's published tables, or "
    "EHCP_AUTHORITY to its three-digit number."
)
NO_COLUMN = "Not compared: the department publishes no such figure."


@dataclass(frozen=True, slots=True)
class Cell:
    """A published figure, in the measure's own unit. Without one `sign` says why: x, z, c, or nothing published."""

    numerator: int | None = None
    denominator: int | None = None
    value: Decimal | None = None
    sign: str = ""

    @property
    def missing(self) -> str:
        """Why there is no figure, in words; empty where there is one."""
        return "" if self.value is not None else SIGNS.get(self.sign, "not published")


@dataclass(frozen=True, slots=True)
class Year:
    """What was published of a calendar year; `broke` says why it cannot be compared with the years before."""

    year: int
    own: Cell
    region: Cell
    england: Cell
    broke: str = ""


@dataclass(frozen=True, slots=True)
class Live:
    """The measure counted here over a calendar year, whole or up to `period.last`."""

    year: int
    period: Period
    whole: bool
    figure: Figure | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """One measure beside the published figures, years oldest first; `why_not` says why there is nothing to compare."""

    measure: Measure
    why_not: str = ""
    council: str = ""
    region: str = ""
    years: Sequence[Year] = ()
    live: Sequence[Live] = ()


def comparison_of(db: Engine, settings: Settings, measure: Measure, today: date) -> Comparison:
    """The measure beside its published columns, for the authority that the settings name."""
    return comparisons(db, settings, [measure], today)[0]


def comparisons(db: Engine, settings: Settings, measures: Sequence[Measure], today: date) -> list[Comparison]:
    """The same for several measures, whose live figures are counted together."""
    source = source_of(db)
    area = council_code(source, settings)
    if area is None:
        return [Comparison(each, NO_COLUMN if not each.columns else NOBODY) for each in measures]
    compared = [each for each in measures if each.columns]
    live = _live(db, compared, today) if compared else {}
    return [_compared(source, area, each, live.get(each.id, ())) for each in measures]


def council_code(source: Published, settings: Settings) -> str | None:
    """The code of the authority in the published tables; None where the settings name none that is there."""
    for named in filter(None, (settings.council, settings.authority)):
        try:
            area = source.code(named)
        except NotPublished:
            continue
        if any(row.area == area and row.level == LOCAL for row in source.each):
            return area
    return None


def council_named(source: Published, settings: Settings) -> str:
    """The authority's published name; empty where the settings name none that is there."""
    area = council_code(source, settings)
    return _last(source, area).name if area else ""


def own_name(source: Published, settings: Settings) -> str:
    """What the authority is called: by its own name, as on pages, and where none is set by its published one."""
    if "authority_name" in settings.model_fields_set:
        return settings.authority_name
    return council_named(source, settings) or settings.authority_name


def _last(source: Published, area: str) -> Row:
    return max((row for row in source.each if row.area == area), key=lambda row: row.year)


def _compared(source: Published, area: str, measure: Measure, live: Sequence[Live]) -> Comparison:
    own = _last(source, area)
    if not measure.columns:
        return Comparison(measure, NO_COLUMN, own.name, own.region_name)
    years = [_year(source, area, own.region, measure, year) for year in source.years()]
    told = [each for each in years if any(cell.value is not None for cell in (each.own, each.region, each.england))]
    return Comparison(measure, "", own.name, own.region_name, told, live)


def _year(source: Published, area: str, region: str, measure: Measure, year: int) -> Year:
    cells = [_cell(source, each, measure, year) for each in (area, region, ENGLAND)]
    return Year(year, cells[0], cells[1], cells[2], BREAKS.get(year, ""))


def _cell(source: Published, area: str, measure: Measure, year: int) -> Cell:
    for row in source.of(year, area).values():
        names = [_named(row, column) for column in measure.columns]
        if names[0] is not None:
            return _figure(row, measure, names[0], [name for name in names[1:] if name])
    return Cell()


def _named(row: Row, column: str) -> str | None:
    """A column as it is called in the release on that year: some have the year in their name."""
    stem = re.sub(r"_20\d\d$", "", column)
    return next((name for name in (column, f"{stem}_{row.year}", stem) if name in row.figures), None)


def _figure(row: Row, measure: Measure, column: str, of: Sequence[str]) -> Cell:
    counted, sign = row.figures[column], row.missing.get(column, "")
    if measure.shape is not Shape.SHARE:
        return Cell(value=_decimal(counted), sign=sign)
    parts = [row.figures[name] for name in of]
    if counted is not None and len(of) == len(measure.columns) - 1 and all(part is not None for part in parts):
        total = sum(int(part or 0) for part in parts)
        return Cell(int(counted), total, share(int(counted), total))
    value = row.figures.get(_percentage(row, column, of) or "")
    return Cell(
        None if counted is None else int(counted),
        None,
        _decimal(value),
        sign or next((row.missing[name] for name in of if name in row.missing), "x"),
    )


def _percentage(row: Row, column: str, of: Sequence[str]) -> str | None:
    """The published percentage of one column of just these others: it may be there where a count is missing."""
    columns = (tables_of(row.year)[row.table] or {}).items()
    return next(
        (name for name, how in columns if isinstance(how, Percent) and (how.counted, how.of) == (column, tuple(of))),
        None,
    )


def _decimal(figure: float | None) -> Decimal | None:
    return None if figure is None else Decimal(str(figure))


def _live(db: Engine, measures: Sequence[Measure], today: date) -> dict[str, list[Live]]:
    """This year so far and the last whole one, which is looked at on its census day once that has come."""
    last = today.year - 1
    whole = year_of(last)
    whole = Period(whole.first, whole.last, min(census_day(last), today))
    so_far = Period(date(today.year, 1, 1), today, today, over=False)
    found = figures(db, measures, [whole, so_far])
    live: dict[str, list[Live]] = {each.id: [] for each in measures}
    for period, of_period in zip((whole, so_far), found, strict=True):
        by_id = {each.measure.id: each for each in of_period if not each.part}
        for measure in measures:
            live[measure.id].append(Live(period.first.year, period, period is whole, by_id.get(measure.id)))
    return live
