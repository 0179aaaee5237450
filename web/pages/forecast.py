"""Who will probably be in time: the months to come, the cases most at risk, and how the last forecast did."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response

from scorecard.forecast.chances import TOO_FEW
from scorecard.forecast.kept import kept_forecast
from scorecard.forecast.limits import LIMITS, REVIEW_WINDOW, TWENTY_WEEKS
from scorecard.forecast.looking_ahead import WINDOW, Chance, OfLimit
from scorecard.forecast.looking_back import Held, MonthHeld
from scorecard.forecast.months import Month, Spread
from scorecard.forecast.plain import BAND_WORDS
from scorecard.forecast.reading import Named, named, unseen
from scorecard.words import month_words
from web import scorecard_asked as asked
from web.desks import Overseer

router = APIRouter()

SIZE = 50
_KNOWN = {each.id: each for each in LIMITS}
Page = Annotated[int, Query(ge=1, le=10_000)]


@router.get("/scorecard/forecast")
def forecast(at: Overseer, limit: str = "", page: Page = 1, again: str = "") -> Response:
    """The forecast of today; `again` works it out now, whatever was worked out some minutes ago."""
    found = kept_forecast(at.db, at.today, at.now, anew=bool(again))
    chosen = limit if limit in _KNOWN else ""
    of_months = _KNOWN.get(chosen, TWENTY_WEEKS)
    wanted = [each for each in found.forecast.chances if chosen in ("", each.limit.id)]
    others = unseen(at.db, at.actor)
    rows = [each for each in wanted if each.process_id not in others]
    shown = rows[SIZE * (page - 1) : SIZE * page]
    names = named(at.db, [each.process_id for each in shown])
    at.saw("scorecard forecast", names)
    here = f"/scorecard/forecast?limit={chosen}"
    return at.page(
        "scorecard/forecast.html",
        title="Forecast",
        tabs=asked.tabs(at),
        found=found,
        of_months=of_months,
        months=[_month(each) for each in found.forecast.of(of_months).months],
        limits=[_limit(each) for each in found.forecast.limits],
        bands=BAND_WORDS,
        cases=[_case(each, names[each.process_id]) for each in shown],
        hidden=len({each.process_id for each in wanted} & others),
        chosen=chosen,
        choices=[("", "All"), *((each.id, each.name) for each in LIMITS)],
        next=f"{here}&page={page + 1}" if len(rows) > SIZE * page else "",
        first=here if page > 1 else "",
        held=found.last_quarter.of(of_months),
        held_months=[_held_month(each) for each in found.last_quarter.of(of_months).months],
        held_bands=[row for each in found.last_quarter.limits for row in _held_bands(each)],
        scores=[_score(each) for each in found.last_quarter.limits],
        too_few=TOO_FEW,
        window=WINDOW,
        review_window=REVIEW_WINDOW,
    )


def percent(share: float | None) -> str:
    """`43%`; in words where there is none."""
    return "None" if share is None else f"{100 * share:.0f}%"


def _interval(spread: Spread) -> str:
    return f"{percent(spread.low)} to {percent(spread.high)}"


def _month(each: Month) -> Sequence[str]:
    known = f"{each.met} in time, {each.missed} late"
    if each.rate is None or each.breaches is None:
        nothing = "Too few past cases" if each.open else "Nothing due"
        return [month_words(each.first), known, str(each.open), nothing, "None", nothing, "None"]
    late = f"{each.breaches.low:.0f} to {each.breaches.high:.0f}"
    rate, number = percent(each.rate.expected), f"{each.breaches.expected:.1f}"
    return [month_words(each.first), known, str(each.open), rate, _interval(each.rate), number, late]


def _limit(each: OfLimit) -> Sequence[str]:
    counts = [*each.bands, each.unsaid, each.last_day, each.missed]
    return [each.limit.name, str(each.cases), str(each.open), *map(str, counts)]


def _case(each: Chance, case: Named) -> Mapping[str, Any]:
    said = (
        percent(each.chance) if each.chance is not None else "Last day today" if not each.left else "Too few past cases"
    )
    return {"case": case, "limit": each.limit, "of": each, "said": said}


def _held_month(each: MonthHeld) -> Sequence[str]:
    spread = each.forecast.rate
    inside = {True: "Yes", False: "No", None: "None"}[each.inside]
    expected, interval = (percent(spread.expected), _interval(spread)) if spread else ("Too few past cases", "None")
    came = f"{percent(each.rate)} ({each.met} of {each.met + each.missed})" if each.rate is not None else "Nothing due"
    return [month_words(each.forecast.first), expected, interval, came, inside]


def _held_bands(held: Held) -> list[Sequence[str]]:
    return [
        [
            held.limit.name,
            BAND_WORDS[place],
            str(band.cases),
            percent(band.chance),
            f"{percent(band.met / band.cases)} ({band.met})",
        ]
        for place, band in enumerate(held.bands)
        if band.cases
    ]


def _score(held: Held) -> Sequence[str]:
    scores = ["None" if each is None else f"{each:.3f}" for each in (held.brier, held.naive)]
    return [held.limit.name, str(held.cases), *scores, percent(held.before), str(held.left), str(held.unsaid)]
