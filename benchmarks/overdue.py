"""`overdue` on 100,000 open deadlines: the first page, any filter, today and on a past day."""

import random
from collections.abc import Iterator
from datetime import timedelta
from typing import TypedDict

from benchmarks.cases import people_and_processes
from benchmarks.measure import Figure, percentile, timed
from benchmarks.place import Town, town
from casework.actor import Actor
from casework.lists import overdue
from config.clock import london_day, utc_now

CASES, LIMITS, PAGE, TIMES = 12_500, 8, 50, 60

# Eight limits stand open in every case; each had three earlier spells, so that a past day has something to find.
SPELLS = """
INSERT INTO deadline (authority, process_id, limit_id, subject, citation, from_day, to_day, standing, start, legal_due,
                      operational_due, case_ref, officer, team, service, restricted)
SELECT p.authority, p.id, 'limit' || n, '', 'reg', d.from_day,
       CASE WHEN s = 0 THEN NULL ELSE d.from_day + 30 END, CASE WHEN s = 2 THEN 'met' ELSE 'open' END,
       d.from_day, d.from_day + 20 + (n * 7), d.from_day + 20 + (n * 7), p.case_ref, p.officer, p.team,
       CASE WHEN n % 2 = 0 THEN 'health' ELSE '' END, false
FROM process p CROSS JOIN generate_series(1, :limits) n CROSS JOIN generate_series(0, 3) s
CROSS JOIN LATERAL (SELECT CAST(:today AS date) - (abs(hashtext(p.case_ref || n)) % 150) - 30 * s AS from_day) d
"""


class Narrow(TypedDict, total=False):
    """What the list is narrowed to."""

    officer: str
    team: str
    service: str
    limit: str


FILTERS: tuple[Narrow, ...] = (
    {},
    {"officer": "officer7"},
    {"team": "team3"},
    {"service": "health"},
    {"limit": "limit5"},
    {"team": "team3", "limit": "limit2"},
    {"officer": "officer7", "limit": "limit2", "service": "health"},
    {"officer": "officer7", "limit": "limit3", "service": "health"},
)


def _times(place: Town, days_ago: int) -> list[float]:
    now = utc_now()
    today, actor = london_day(now), Actor("bench", "cli")
    as_of = today - timedelta(days=days_ago) if days_ago else None

    def ask() -> object:
        return overdue(place.db, actor, today, as_of=as_of, page=PAGE, **random.choice(FILTERS))

    for _ in range(10):
        ask()
    return [timed(ask) for _ in range(TIMES * len(FILTERS))]


def measure() -> Iterator[Figure]:
    """95th percentiles in milliseconds."""
    with town() as place:
        people_and_processes(place, CASES)
        place.fill(SPELLS, limits=LIMITS, today=london_day(utc_now()))
        with place.owner.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")
        yield Figure(
            "overdue today, first page, 100,000 open, p95", percentile(_times(place, 0), 0.95) * 1000, 20, "ms"
        )
        yield Figure("overdue 40 days ago, first page, p95", percentile(_times(place, 40), 0.95) * 1000, 60, "ms")
