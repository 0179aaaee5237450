"""The scorecard of a month: every measure with its figure, target, status, trend, and what is being done."""

from collections.abc import Sequence

from fastapi import APIRouter
from fastapi.responses import Response
from markupsafe import Markup

from scorecard.card import Line
from scorecard.charts.small import small_trend
from scorecard.charts.trend import Point
from scorecard.kept import Wanted, kept
from scorecard.status import Rag
from scorecard.trend import Trend
from scorecard.words import ACTIONS, RAGS, period_words, target_words, value_words
from web import scorecard_asked as asked
from web.desks import Overseer
from web.scorecard_charts import cohorts_of, short
from web.words import count

router = APIRouter()

LIMITS = ("decisions_six_weeks", "advice_on_time", "review_decisions_four_weeks")
FLOW = ("plans_issued", "plans_twenty_weeks", "due_in_time")
STOCK = ("open_assessments", "still_late", "saveable_now")
"""The other limits; and what was done and what is still open, side by side: so that nobody improves by leaving the
oldest."""


@router.get("/scorecard")
def scorecard(at: Overseer, month: str = "", again: str = "") -> Response:
    """The figures of one month; `again` counts them now, whatever was counted a moment ago."""
    chosen = asked.month_asked(at, month)
    wanted = Wanted(chosen.first, at.today, asked.amber(at), asked.shown(at, chosen), asked.for_managers(at))
    found = kept(at.db, wanted, at.now, anew=bool(again))
    return at.page(
        "scorecard/scorecard.html",
        title="Scorecard",
        tabs=asked.tabs(at),
        month=chosen,
        card=found.card,
        counted_at=found.counted_at,
        trends={name: _small(trend) for name, trend in found.trends.items()},
        heads=[line for line in map(found.card.line, (*FLOW, *LIMITS, *STOCK)) if line],
        address_of=asked.address_of,
        sum_words=_sum,
        value_words=value_words,
        period_words=period_words,
        target_words=target_words,
        rags=RAGS,
        actions=ACTIONS,
    )


@router.get("/scorecard/due")
def due(at: Overseer, month: str = "") -> Response:
    """Of the assessments whose twenty weeks ended in each month, what came of them."""
    chosen = asked.month_asked(at, month)
    return at.page(
        "scorecard/due.html",
        title="Due month by month",
        tabs=asked.tabs(at),
        month=chosen,
        chart=cohorts_of(at, chosen),
    )


def _sum(lines: Sequence[Line]) -> str:
    """`17 measures, 2 missed`: what a group holds, for whoever sees it folded."""
    missed = sum(line.rag is Rag.RED for line in lines)
    return count(len(lines), "measure") + (f", {missed} missed" if missed else "")


def _small(trend: Trend) -> Markup:
    points = [
        Point(short(period.first), None if figure is None or figure.value is None else float(figure.value), signal)
        for period, figure, signal in zip(trend.periods, trend.figures, trend.control.signals, strict=True)
    ]
    return small_trend(f"trend-{trend.measure.id}", f"Trend of {trend.measure.name}", points)
