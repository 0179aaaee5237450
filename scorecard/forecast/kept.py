"""A forecast that was worked out some minutes ago, kept for those who look next: a wait grows by days, not minutes."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from scorecard.forecast.looking_ahead import Forecast, forecast
from scorecard.forecast.looking_back import LookedBack, look_back

FRESH = timedelta(minutes=10)
"""For how long a forecast is kept."""

FRESH_LOOK_BACK = timedelta(hours=4)
"""For how long that of the last quarter is: it changes by corrections alone."""


@dataclass(frozen=True, slots=True)
class KeptForecast:
    """The forecast of a day, when it was worked out, and how that of the last quarter did."""

    forecast: Forecast
    worked_out_at: datetime
    last_quarter: LookedBack


@dataclass(slots=True)
class _Shelf:
    lock: Lock = field(default_factory=Lock)
    ahead: tuple[datetime, Forecast] | None = None
    back: tuple[datetime, date, LookedBack] | None = None


_SHELVES: WeakKeyDictionary[Engine, _Shelf] = WeakKeyDictionary()
_ONE_AT_A_TIME = Lock()


def kept_forecast(db: Engine, today: date, now: datetime, *, anew: bool = False) -> KeptForecast:
    """The forecast of today as it was worked out within ten minutes, or now; `anew` does it whatever is kept."""
    with _ONE_AT_A_TIME:
        shelf = _SHELVES.setdefault(db, _Shelf())
    with shelf.lock:
        ahead, back = shelf.ahead, shelf.back
        if anew or ahead is None or ahead[1].day != today or not timedelta() <= now - ahead[0] < FRESH:
            ahead = shelf.ahead = (now, forecast(db, today))
        if anew or back is None or back[1] != today or not timedelta() <= now - back[0] < FRESH_LOOK_BACK:
            back = shelf.back = (now, today, look_back(db, today))
    return KeptForecast(ahead[1], ahead[0], back[2])
