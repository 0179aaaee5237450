"""The scorecard as it was counted a few minutes ago: counting anew takes longer than looking.

The worker counts the month under way and the trends before anybody asks (`keep_ready`); who looks takes what is there,
and counts where nothing is: another month, or a worker that is away. What is said of measures, what was fed and what
was frozen is never kept: it stands at once. The page says when the rest was counted, and counts it anew when asked.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from config.clock import london_day
from scorecard.card import Card, OfMonth, card_of, count_month
from scorecard.counted.keeping import bring_up_to_date
from scorecard.figures import one_moment
from scorecard.measure import Measure, Shape
from scorecard.measures import in_force
from scorecard.period import month_of
from scorecard.shelf import Put, figures_of, plain, put, take
from scorecard.snapshots.hashing import definitions_of
from scorecard.trend import Trend, trend_of, trends

AGAIN, AGAIN_TRENDS = timedelta(minutes=5), timedelta(hours=1)
"""How old figures may be before the worker counts them again; the months of trends are over and hardly change."""

LASTING, LASTING_TRENDS = timedelta(minutes=15), timedelta(hours=4)
"""How old they may be for those who look: so much is left to a worker that is busy."""

_TREND = "trend"
_LOCKS: WeakKeyDictionary[Engine, Lock] = WeakKeyDictionary()
_ONE_AT_A_TIME = Lock()


@dataclass(frozen=True, slots=True)
class Kept:
    """A scorecard with the trends of its measures, by their ids, and when its figures were counted."""

    card: Card
    trends: Mapping[str, Trend]
    counted_at: datetime


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which scorecard: of the month of `day` as seen on `today`, of which measures, by which margin for amber."""

    day: date
    today: date
    amber: Decimal
    measures: Sequence[Measure]
    for_managers: bool = False

    @property
    def shown(self) -> Sequence[Measure]:
        """The measures without those that are for managers alone, unless they are wanted."""
        return [each for each in self.measures if self.for_managers or not each.for_managers]

    @property
    def last_whole_month(self) -> date:
        """The last day of the month, or of the one before where it is not over."""
        month = month_of(self.day)
        return month.last if month.last < self.today else month.first - timedelta(days=1)


def kept(db: Engine, wanted: Wanted, now: datetime, *, anew: bool = False) -> Kept:
    """The scorecard as it was counted some minutes ago, or counted now; `anew` counts it whatever is kept.

    Who asks while it is being counted waits for the same answer.
    """
    with _alone(db):
        found = _month(db, wanted.day, wanted.today, now, timedelta() if anew else LASTING)
        seen = _trends(db, wanted.shown, wanted.last_whole_month, now, timedelta() if anew else LASTING_TRENDS)
    return Kept(_card(db, wanted, found), seen, found.counted_at)


def kept_card(db: Engine, wanted: Wanted, now: datetime, *, anew: bool = False) -> Kept:
    """The same without trends."""
    with _alone(db):
        found = _month(db, wanted.day, wanted.today, now, timedelta() if anew else LASTING)
    return Kept(_card(db, wanted, found), {}, found.counted_at)


def kept_trend(db: Engine, measure: Measure, last: date, now: datetime, *, anew: bool = False) -> Trend | None:
    """The trend of one measure up to the month of `last`, as it was counted within four hours or counted now."""
    with _alone(db):
        lasting = timedelta() if anew else LASTING_TRENDS
        return _trends(db, [measure], month_of(last).last, now, lasting).get(measure.id)


def keep_ready(db: Engine, now: datetime) -> None:
    """Count what most people ask for, the month under way and its trends, wherever it is no longer young."""
    today = london_day(now)
    _month(db, today, today, now, AGAIN)
    wanted = Wanted(today, today, Decimal(0), in_force(today.year), for_managers=True)
    _trends(db, wanted.shown, wanted.last_whole_month, now, AGAIN_TRENDS)


def _card(db: Engine, wanted: Wanted, found: Put) -> Card:
    figures: OfMonth = {
        each.id: {figure.part: figure for figure in figures_of(each, found.figures[each.id]) if figure}
        for each in wanted.shown
        if each.id in found.figures
    }
    with one_moment(db) as connection:
        return card_of(connection, figures, wanted.shown, (wanted.day, wanted.today), wanted.amber)


def _month(db: Engine, day: date, today: date, now: datetime, lasting: timedelta) -> Put:
    """The figures of the month of `day`, for managers too."""
    measures, until = in_force(day.year), min(month_of(day).last, today)
    # What is due on the day itself is not missed before it ends.
    name, definitions = f"month up to {until}{' so far' if until == today else ''}", _definitions(day.year)
    found = take(db, [name], definitions, now, lasting)
    if name not in found:
        bring_up_to_date(db)
        with one_moment(db) as connection:
            counted = count_month(connection, measures, day, today)
        figures = {each: plain(parts.values()) for each, parts in counted.items()}
        put(db, {name: figures}, definitions, now)
        return Put(now, figures)
    return found[name]


def _trends(
    db: Engine, measures: Iterable[Measure], last: date, now: datetime, lasting: timedelta
) -> Mapping[str, Trend]:
    """The trends of those that have one, by their ids; what is missing is counted together."""
    names = {f"{each.id} up to {last}": each for each in measures if each.shape is not Shape.FED}
    definitions = _definitions(last.year)
    known = take(db, list(names), definitions, now, lasting)
    found = [trend_of(figures_of(names[name], each.figures[_TREND]), names[name], last) for name, each in known.items()]
    if missing := {name: each for name, each in names.items() if name not in known}:
        anew = trends(db, list(missing.values()), last)
        rows = {name: {_TREND: plain(each.figures)} for name, each in zip(missing, anew, strict=True)}
        put(db, rows, definitions, now)
        found += anew
    return {each.measure.id: each for each in found}


@cache
def _definitions(year: int) -> str:
    return definitions_of(in_force(year))


def _alone(db: Engine) -> Lock:
    with _ONE_AT_A_TIME:
        return _LOCKS.setdefault(db, Lock())
