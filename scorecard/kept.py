"""A scorecard that was counted a moment ago, kept for those who ask next: counting anew takes longer than looking.

What is said of measures, figures that were fed and months that were frozen are never kept beyond their change; what is
recorded in cases may be a minute old, and the page says when it was counted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, text

from casework.cases import authority
from scorecard.card import Card, card
from scorecard.measure import Measure
from scorecard.period import month_of
from scorecard.trend import Trend, trends

FRESH = timedelta(minutes=1)
"""For how long the figures of a scorecard are kept."""

FRESH_TRENDS = timedelta(minutes=30)
"""For how long trends are: their months are over, and change only by corrections."""

_SAID = text(
    "SELECT (SELECT max(id) FROM measure_note WHERE authority = :authority), "
    "(SELECT max(id) FROM fed_figure WHERE authority = :authority), "
    "(SELECT count(*) FROM snapshot WHERE authority = :authority)"
)

_Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """A scorecard with the trends of its measures, by their ids, and when its figures were counted."""

    card: Card
    trends: Mapping[str, Trend]
    counted_at: datetime


class _Shelf:
    """What one process keeps of one database."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.cards: dict[_Key, tuple[datetime, Card]] = {}
        self.trends: dict[_Key, tuple[datetime, Mapping[str, Trend]]] = {}


_SHELVES: WeakKeyDictionary[Engine, _Shelf] = WeakKeyDictionary()
_ONE_AT_A_TIME = Lock()


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which scorecard: of the month of `day` as seen on `today`, of which measures, by which margin for amber."""

    day: date
    today: date
    amber: Decimal
    measures: Sequence[Measure]
    for_managers: bool = False


def kept(db: Engine, wanted: Wanted, now: datetime, *, anew: bool = False) -> Kept:
    """The scorecard as it was counted within the last minute, or counted now; `anew` counts it whatever is kept.

    Who asks while it is being counted waits for the same answer.
    """
    with db.connect() as connection:
        said = tuple(connection.execute(_SAID, {"authority": authority()}).one())
    ids = tuple(each.id for each in wanted.measures)
    last = _last_whole_month(wanted)
    shelf = _shelf(db)
    with shelf.lock:
        key = (wanted.day.replace(day=1), wanted.today, wanted.amber, ids, wanted.for_managers, said)
        if anew or not _is_fresh(shelf.cards.get(key), now, FRESH):
            _forget_old(shelf.cards, now, FRESH)
            found = card(
                db, wanted.day, wanted.today, wanted.amber, measures=wanted.measures, for_managers=wanted.for_managers
            )
            shelf.cards[key] = now, found
        about = (last, ids, wanted.for_managers)
        if anew or not _is_fresh(shelf.trends.get(about), now, FRESH_TRENDS):
            _forget_old(shelf.trends, now, FRESH_TRENDS)
            counted = [each for each in wanted.measures if wanted.for_managers or not each.for_managers]
            shelf.trends[about] = now, {each.measure.id: each for each in trends(db, counted, last)}
        counted_at, found = shelf.cards[key]
        return Kept(found, shelf.trends[about][1], counted_at)


def _last_whole_month(wanted: Wanted) -> date:
    """The last day of the chosen month, or of the one before where it is not over."""
    month = month_of(wanted.day)
    return month.last if month.last < wanted.today else month.first - timedelta(days=1)


def _shelf(db: Engine) -> _Shelf:
    with _ONE_AT_A_TIME:
        return _SHELVES.setdefault(db, _Shelf())


def _is_fresh(known: tuple[datetime, object] | None, now: datetime, lasting: timedelta) -> bool:
    return known is not None and timedelta() <= now - known[0] < lasting


def _forget_old(shelf: dict[_Key, tuple[datetime, Any]], now: datetime, lasting: timedelta) -> None:
    for key in [key for key, known in shelf.items() if not _is_fresh(known, now, lasting)]:
        del shelf[key]
