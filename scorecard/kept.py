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

FRESH_TRENDS = timedelta(hours=4)
"""For how long trends are: their months are over, and change only by corrections; to count them takes seconds."""

_SAID = text(
    "SELECT (SELECT max(id) FROM measure_note WHERE authority = :authority), "
    "(SELECT max(id) FROM fed_figure WHERE authority = :authority), "
    "(SELECT count(*) FROM snapshot WHERE authority = :authority)"
)

_Said = tuple[int | None, int | None, int]
_Key = tuple[date, date, Decimal, tuple[str, ...], bool, _Said]
"""Month, today, margin, measures, for managers, and what was said, fed and frozen by then."""


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
        self.trends: dict[tuple[date, str], tuple[datetime, Trend]] = {}


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
    counted = [each for each in wanted.measures if wanted.for_managers or not each.for_managers]
    said, shelf = _said(db), _shelf(db)
    with shelf.lock:
        counted_at, found = _counted(shelf, db, wanted, (now, said), anew=anew)
        return Kept(found, _trends(shelf, db, counted, _last_whole_month(wanted), now, anew=anew), counted_at)


def kept_card(db: Engine, wanted: Wanted, now: datetime, *, anew: bool = False) -> Kept:
    """The same without trends: of a whole scorecard that was counted within the last minute, where there is one."""
    said, shelf = _said(db), _shelf(db)
    ids = {each.id for each in wanted.measures}
    with shelf.lock:
        for key, (counted_at, found) in shelf.cards.items():
            same = (*key[:3], *key[4:]) == (*_about(wanted)[:3], wanted.for_managers, said)
            if not anew and same and ids <= set(key[3]) and _is_fresh((counted_at, found), now, FRESH):
                return Kept(found, {}, counted_at)
        counted_at, found = _counted(shelf, db, wanted, (now, said), anew=anew)
        return Kept(found, {}, counted_at)


def kept_trend(db: Engine, measure: Measure, last: date, now: datetime, *, anew: bool = False) -> Trend | None:
    """The trend of one measure up to the month of `last`, as it was counted a moment ago or counted now."""
    shelf = _shelf(db)
    with shelf.lock:
        return _trends(shelf, db, [measure], month_of(last).last, now, anew=anew).get(measure.id)


def _said(db: Engine) -> _Said:
    with db.connect() as connection:
        notes, fed, frozen = connection.execute(_SAID, {"authority": authority()}).one()
        return notes, fed, frozen


def _about(wanted: Wanted) -> tuple[date, date, Decimal, tuple[str, ...], bool]:
    ids = tuple(each.id for each in wanted.measures)
    return wanted.day.replace(day=1), wanted.today, wanted.amber, ids, wanted.for_managers


def _counted(
    shelf: _Shelf, db: Engine, wanted: Wanted, moment: tuple[datetime, _Said], *, anew: bool
) -> tuple[datetime, Card]:
    now, said = moment
    key = (*_about(wanted), said)
    if anew or not _is_fresh(shelf.cards.get(key), now, FRESH):
        _forget_old(shelf.cards, now, FRESH)
        shelf.cards[key] = now, _card(db, wanted)
    return shelf.cards[key]


def _card(db: Engine, wanted: Wanted) -> Card:
    return card(db, wanted.day, wanted.today, wanted.amber, measures=wanted.measures, for_managers=wanted.for_managers)


def _trends(
    shelf: _Shelf, db: Engine, measures: Sequence[Measure], last: date, now: datetime, *, anew: bool
) -> Mapping[str, Trend]:
    """The trends of those that have one, by their ids; what is missing is counted together."""
    _forget_old(shelf.trends, now, FRESH_TRENDS)
    missing = [each for each in measures if anew or (last, each.id) not in shelf.trends]
    for trend in trends(db, missing, last):
        shelf.trends[last, trend.measure.id] = now, trend
    return {each.id: shelf.trends[last, each.id][1] for each in measures if (last, each.id) in shelf.trends}


def _last_whole_month(wanted: Wanted) -> date:
    """The last day of the chosen month, or of the one before where it is not over."""
    month = month_of(wanted.day)
    return month.last if month.last < wanted.today else month.first - timedelta(days=1)


def _shelf(db: Engine) -> _Shelf:
    with _ONE_AT_A_TIME:
        return _SHELVES.setdefault(db, _Shelf())


def _is_fresh(known: tuple[datetime, object] | None, now: datetime, lasting: timedelta) -> bool:
    return known is not None and timedelta() <= now - known[0] < lasting


def _forget_old(shelf: dict[Any, tuple[datetime, Any]], now: datetime, lasting: timedelta) -> None:
    for key in [key for key, known in shelf.items() if not _is_fresh(known, now, lasting)]:
        del shelf[key]
