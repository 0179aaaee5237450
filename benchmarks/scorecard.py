"""The scorecard of one authority with five years of cases, and of twenty times that; a snapshot; a synthetic council.

Beside the whole card half of its figures in three statements written by hand, on the same rows in the same run: what
measures as data cost. Both must say the same.
"""

import os
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from sqlalchemy import text

from benchmarks.authority import ACTOR, YEAR, five_years
from benchmarks.by_hand import by_hand
from benchmarks.grown import grow
from benchmarks.measure import Figure
from benchmarks.place import Town, town
from casework.cases import authority
from config.clock import utc_now
from scorecard.card import Card, card
from scorecard.counted.keeping import bring_up_to_date
from scorecard.forecast.looking_ahead import forecast
from scorecard.measures import in_force
from scorecard.published.tables import from_files
from scorecard.snapshots.freezing import freeze
from scorecard.snapshots.reading import is_intact
from scorecard.synthetic.council import council
from scorecard.trend import MONTHS, trends

LARGEST, TIMES = "Kent", 20
DAY = date(2024, 12, 31)


def measure() -> list[Figure]:
    """Each figure beside its budget."""
    os.environ["EHCP_AUTHORITY"] = "000"
    figures = [
        _said(f"a synthetic council like {LARGEST}, the largest", 60, lambda: council(from_files(), LARGEST, YEAR))
    ]
    with town() as place:
        _taking("taking in five years of cases", lambda: five_years(place))
        _taking("counting in all of them for the first time", lambda: bring_up_to_date(place.db))
        figures += _figures(place, "one authority, five years", 1)
        _taking(f"copying them {TIMES - 1} times", lambda: grow(place, TIMES))
        figures += _figures(place, f"{TIMES} times that", 5)
    return figures


def _figures(place: Town, of: str, budget: float) -> list[Figure]:
    place.fill("TRUNCATE snapshot CASCADE")
    _tidy(place)
    print(f"   {of}: {_count(place, 'plan'):,} plans, {_count(place, 'process'):,} assessments and reviews", flush=True)
    live = _said(f"the whole scorecard live, {of}", budget, lambda: _card(place), times=3)
    hand = _said(f"half of its figures by hand, {of}", budget, lambda: _by_hand(place), times=3)
    _compare(place)
    ahead = _said(f"the forecast of every open case, {of}", budget, lambda: forecast(place.db, DAY), times=3)
    frozen = _said(f"a snapshot with the cases behind it, {of}", 10, lambda: freeze(place.db, DAY, ACTOR, utc_now()))
    _taking(f"whether the snapshot is intact, {of}", lambda: is_intact(place.db, DAY))
    _taking(f"every measure in each of {MONTHS} months, {of}", lambda: trends(place.db, in_force(DAY.year), DAY))
    against = f"the whole scorecard against half of it by hand, {of}"
    return [live, Figure(against, live.figure / hand.figure, 10, "times"), ahead, frozen]


def _card(place: Town) -> Card:
    return card(place.db, DAY, date.today(), Decimal(10))


def _by_hand(place: Town) -> dict[str, int]:
    return dict(by_hand(place.db, authority(), DAY))


def _compare(place: Town) -> None:
    """Raises AssertionError where the two do not say the same."""
    found, said = _card(place), _by_hand(place)
    told = {each.measure.id: each.figure.numerator for each in found.lines if each.figure}
    differ = {name: (figure, told[name]) for name, figure in said.items() if told[name] != figure}
    assert not differ, differ
    print(f"   {len(said)} of {len(told)} figures by hand: all the same", flush=True)


def _said(what: str, budget: float, work: Callable[[], object], times: int = 1) -> Figure:
    """The shortest of so many times, printed as soon as it is known."""
    figure = Figure(what, min(_taking(what, work) for _ in range(times)), budget, "s")
    print(figure.row(), flush=True)
    return figure


def _taking(what: str, work: Callable[[], object]) -> float:
    """Seconds that one call takes; printed beside those of this process's own work, which other programs do not add
    to."""
    began, own = time.perf_counter(), time.process_time()
    work()
    took = time.perf_counter() - began
    print(f"   {what}: {took:.2f} s, of which {time.process_time() - own:.2f} s in Python", flush=True)
    return took


def _count(place: Town, table: str) -> int:
    with place.owner.connect() as connection:
        return connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()


def _tidy(place: Town) -> None:
    with place.owner.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM ANALYZE")
