"""A forecast that was worked out some minutes ago, kept for those who look next: a wait grows by days, not minutes.

The worker works it out before anybody asks (`keep_forecast_ready`) and puts it by in the database; who looks takes what
is there, and works it out where nothing is.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from hashlib import sha256
from json import dumps
from threading import Lock
from weakref import WeakKeyDictionary

from pydantic import TypeAdapter
from sqlalchemy import Engine

from config.clock import london_day
from scorecard.forecast.looking_ahead import Forecast, forecast
from scorecard.forecast.looking_back import LookedBack, look_back
from scorecard.shelf import put, take

AGAIN = timedelta(minutes=10)
"""How old a forecast may be before the worker works it out again."""

LASTING = timedelta(minutes=15)
"""How old it may be for those who look."""


@dataclass(frozen=True, slots=True)
class KeptForecast:
    """The forecast of a day, when it was worked out, and how that of the last quarter did."""

    forecast: Forecast
    worked_out_at: datetime
    last_quarter: LookedBack


@dataclass(slots=True)
class _Shelf:
    """What one process has read of one database: to read thousands of chances takes longer than to show fifty."""

    lock: Lock = field(default_factory=Lock)
    kept: KeptForecast | None = None


_KEPT = TypeAdapter(KeptForecast)
_SHELVES: WeakKeyDictionary[Engine, _Shelf] = WeakKeyDictionary()
_ONE_AT_A_TIME = Lock()


def kept_forecast(db: Engine, today: date, now: datetime, *, anew: bool = False) -> KeptForecast:
    """The forecast of today as it was worked out some minutes ago, or now; `anew` does it whatever is kept."""
    with _ONE_AT_A_TIME:
        shelf = _SHELVES.setdefault(db, _Shelf())
    with shelf.lock:
        known = None if anew else shelf.kept
        if known is None or known.forecast.day != today or not timedelta() <= now - known.worked_out_at < LASTING:
            known = shelf.kept = _found(db, today, now, timedelta() if anew else LASTING)
        return known


def keep_forecast_ready(db: Engine, now: datetime) -> None:
    """Work out the forecast of today and put it by, unless that was done a few minutes ago."""
    today = london_day(now)
    if not take(db, [_name(today)], _shape(), now, AGAIN):
        _worked_out(db, today, now)


def _found(db: Engine, today: date, now: datetime, lasting: timedelta) -> KeptForecast:
    found = take(db, [_name(today)], _shape(), now, lasting).get(_name(today))
    return _KEPT.validate_python(found.figures) if found else _worked_out(db, today, now)


def _worked_out(db: Engine, today: date, now: datetime) -> KeptForecast:
    made = KeptForecast(forecast(db, today), now, look_back(db, today))
    put(db, {_name(today): _KEPT.dump_python(made, mode="json")}, _shape(), now)
    return made


def _name(today: date) -> str:
    return f"forecast of {today}"


@cache
def _shape() -> str:
    """A name for the form in which a forecast is put by: another version's is not read."""
    return sha256(dumps(_KEPT.json_schema(), sort_keys=True).encode()).hexdigest()[:16]
