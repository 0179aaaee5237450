"""A forecast as plain data, by the same names for the command line and for programs; shares are from 0 to 1."""

from collections.abc import Mapping, Sequence
from typing import Any

from scorecard.forecast.chances import TOO_FEW
from scorecard.forecast.looking_ahead import BANDS, Chance, Forecast, OfLimit
from scorecard.forecast.looking_back import Band, Held, LookedBack, MonthHeld
from scorecard.forecast.months import Month, Spread
from scorecard.forecast.reading import Named

Plain = Mapping[str, Any]

BAND_WORDS = [f"{100 * place // BANDS} to {100 * (place + 1) // BANDS}%" for place in range(BANDS)]
"""What the bands of chances are called."""


def plain_forecast(found: Forecast) -> Plain:
    """The forecast of a day without its cases."""
    return {
        "day": found.day,
        "from": found.first,
        "too_few": TOO_FEW,
        "limits": [_limit(each) for each in found.limits],
    }


def plain_month(month: Month) -> Plain:
    """What is known of a month and what is expected of it."""
    return {
        "month": f"{month.first:%Y-%m}",
        "in_time": month.met,
        "late": month.missed,
        "open": month.open,
        "rests_on_too_few": month.thin,
        "rate": _spread(month.rate),
        "expected_late": _spread(month.breaches),
    }


def plain_case(each: Chance, case: Named) -> Plain:
    """One open case, by reference, and the chance of its next limit."""
    return {
        "case_ref": case.case_ref,
        "mail_ref": case.mail_ref,
        "officer": case.officer,
        "team": case.team,
        "limit": each.limit.id,
        "stage": each.stage,
        "last_day": each.due,
        "days_left": each.left,
        "chance": _rounded(each.chance),
        "rests_on": each.rests_on,
    }


def plain_look_back(found: LookedBack) -> Plain:
    """How the forecast of a quarter did."""
    return {
        "day": found.day,
        "last": found.last,
        "limits": [_held(each) for each in found.limits],
    }


def _limit(each: OfLimit) -> Plain:
    return {
        "limit": each.limit.id,
        "name": each.limit.name,
        "past_cases": each.cases,
        "open": each.open,
        "bands": [{"chance": words, "open": number} for words, number in zip(BAND_WORDS, each.bands, strict=True)],
        "too_few_past_cases": each.unsaid,
        "last_day_today": each.last_day,
        "late_already": each.missed,
        "months": [plain_month(month) for month in each.months],
    }


def _held_month(each: MonthHeld) -> Plain:
    came = {"in_time": each.met, "late": each.missed, "rate": _rounded(each.rate)}
    return {"forecast": plain_month(each.forecast), "came": came, "inside": each.inside}


def _held(each: Held) -> Plain:
    return {
        "limit": each.limit.id,
        "name": each.limit.name,
        "months": [_held_month(month) for month in each.months],
        "cases": each.cases,
        "left": each.left,
        "without_chance": each.unsaid,
        "brier": _rounded(each.brier),
        "brier_of_rate_before": _rounded(each.naive),
        "rate_before": _rounded(each.before),
        "bands": _bands(each.bands),
    }


def _bands(bands: Sequence[Band]) -> list[Plain]:
    return [
        {"chance": words, "cases": band.cases, "mean_chance": _rounded(band.chance), "met": band.met}
        for words, band in zip(BAND_WORDS, bands, strict=True)
    ]


def _spread(spread: Spread | None) -> Plain | None:
    if spread is None:
        return None
    return {name: _rounded(getattr(spread, name)) for name in ("expected", "low", "high")}


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)
