"""The charts of one measure's page, each with the rows of the table behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup
from sqlalchemy import Connection

from scorecard.card import Line
from scorecard.charts.cohort import Cohort, cohort_chart
from scorecard.charts.trend import Point, trend_chart
from scorecard.charts.weeks import histogram, survival_chart
from scorecard.control import Limits
from scorecard.counted.keeping import bring_up_to_date
from scorecard.kept import kept_trend
from scorecard.measure import Figure, Measure
from scorecard.period import Period, month_of
from scorecard.snapshots.reading import FrozenFigure
from scorecard.snapshots.told import told_months
from scorecard.spreads import due_months, weeks_to_plan
from scorecard.survival import by_week, waits_of
from scorecard.trend import Trend
from scorecard.words import unit_words
from web.place import Desk
from web.scorecard_asked import Month


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart, what it shows, and the table behind it."""

    heading: str
    says: str
    drawing: Markup
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class MonthShown:
    """One month of a trend: its first day, the live figure, what it signals, and what was told."""

    first: date
    figure: Figure | None
    point: Point
    told: FrozenFigure | None


@dataclass(frozen=True, slots=True)
class TrendShown:
    """The trend of a measure, drawn, with its months, the newest first, and its limits or `why` there are none."""

    drawing: Markup
    months: Sequence[MonthShown]
    limits: Limits | None
    why: str

    @property
    def signals(self) -> Sequence[MonthShown]:
        """The months that are more than chance, in the order of their numbers in the chart."""
        return [each for each in reversed(self.months) if each.point.signal]

    @property
    def unsteady(self) -> bool:
        """Whether so many months are signals that one average cannot be that of all."""
        return len(self.signals) > len(self.months) / 3


def trend_of(at: Desk, line: Line, chosen: Month, *, anew: bool = False) -> TrendShown | None:
    """The last two years of a measure, counted `anew` or kept; None of one that is fed from outside."""
    measure = line.measure
    trend = kept_trend(at.db, measure, chosen.last_whole, at.now, anew=anew)
    if trend is None:
        return None
    months = list(_months(trend, told_months(at.db, measure.id)))
    title, unit = f"{measure.name}, month by month", unit_words(measure)
    target = None if line.target is None else float(line.target)
    points = [each.point for each in months]
    limits, why = trend.control.limits, trend.control.why
    drawing = trend_chart("trend", title, points, limits, unit, target, why=why)
    return TrendShown(drawing, months[::-1], limits, why)


def _months(trend: Trend, told: Mapping[date, FrozenFigure]) -> Sequence[MonthShown]:
    found: list[MonthShown] = []
    for period, figure, signal in zip(trend.periods, trend.figures, trend.control.signals, strict=True):
        frozen = told.get(month_of(period.last).last)
        value = None if figure is None or figure.value is None else float(figure.value)
        point = Point(short(period.last), value, signal, frozen is not None)
        found.append(MonthShown(period.last.replace(day=1), figure, point, frozen))
    return found


def charts_of(at: Desk, measure: Measure, chosen: Month) -> Sequence[Chart]:
    """What shows more of a measure than its figures: how plans and waits are spread, what came of what was due."""
    with at.db.connect() as connection:
        match measure.population:
            case "plans":
                return [_histogram(connection, measure, chosen), _survival(connection, chosen)]
            case "requests" | "open":
                return [_survival(connection, chosen)]
            case "due" | "cohort":
                return [_cohorts(connection, chosen)]
            case _:
                return []


def cohorts_of(at: Desk, chosen: Month) -> Chart:
    """The assessments due in each of twelve months."""
    bring_up_to_date(at.db)
    with at.db.connect() as connection:
        return _cohorts(connection, chosen)


def _cohorts(connection: Connection, chosen: Month) -> Chart:
    months = due_months(connection, chosen.last, chosen.today)
    cohorts = [Cohort(short(each.first), each.in_time, each.late, each.still_open) for each in months]
    return Chart(
        "What came of the assessments due each month",
        "Assessments by the month in which their twenty weeks ended. Late is what ended after that, with a plan or "
        "without; still open is what has not ended by today.",
        cohort_chart("cohort", "Assessments by the month in which they were due", cohorts),
        ("Month", "Due", "In time", "Late", "Still open"),
        [_texts(each.month, each.due, each.in_time, each.late, each.still_open) for each in reversed(cohorts)],
    )


def _histogram(connection: Connection, measure: Measure, chosen: Month) -> Chart:
    until = min(chosen.last, chosen.today)
    period = Period(chosen.first.replace(month=1), until, until, chosen.last < chosen.today)
    plans = weeks_to_plan(connection, period, without_excepted=measure.id.endswith("_ex"))
    return Chart(
        f"How long plans took in {chosen.first.year}",
        f"Plans sent in {chosen.first.year}, up to the end of the month shown, by the week in which they were sent. "
        "The lines are at 20 and at 52 weeks.",
        histogram("weeks", f"Plans of {chosen.first.year} by the weeks they took", plans),
        ("Weeks", "Plans"),
        [_texts(week, number) for week, number in plans.items()],
    )


def _survival(connection: Connection, chosen: Month) -> Chart:
    """Of the requests of the year before: those of this year have mostly not been seen for long enough."""
    year = chosen.first.year - 1
    weeks = by_week(waits_of(connection, date(year, 1, 1), date(year, 12, 31), chosen.today))
    rows = [_texts(each.weeks, f"{100 * each.open:.1f}%", each.waiting) for each in weeks if each.weeks % 4 == 0]
    return Chart(
        f"How many requests of {year} were still open after so many weeks",
        "Open until the authority decides: a plan, a refusal to assess, or no plan. A request that was withdrawn or "
        "moved away counts for as long as it was seen to wait (Kaplan and Meier’s estimate).",
        survival_chart("survival", f"Requests of {year} still open, by weeks from the request", weeks),
        ("Weeks", "Still open", "Seen to wait longer"),
        rows,
    )


def short(month: date) -> str:
    """`Oct 26`, below a chart."""
    return f"{month:%b} {month:%y}"


def _texts(*cells: object) -> Sequence[str]:
    return [f"{cell:,}" if isinstance(cell, int) else str(cell) for cell in cells]
