"""The scorecard of one authority with five years of cases, and of twenty times that; a snapshot; a synthetic council.

Beside the whole card the headline figures in one statement written by hand, on the same rows in the same run: what a
scorecard without measures as data would ask.
"""

import os
from datetime import date
from decimal import Decimal

import psycopg
from sqlalchemy import text

from benchmarks.dfe.bulk import tables_of
from benchmarks.measure import Figure, timed
from benchmarks.place import Town, town
from casework.actor import Actor
from config.clock import utc_now
from scorecard.card import card
from scorecard.counted.keeping import bring_up_to_date
from scorecard.forecast.looking_ahead import forecast
from scorecard.period import census_day
from scorecard.published.tables import from_files
from scorecard.snapshots.freezing import freeze
from scorecard.synthetic.council import council

LIKE, LARGEST, YEAR, YEARS, TIMES = "Wirral", "Kent", 2024, 5, 20
DAY = date(2024, 12, 31)

BY_HAND = """
SELECT count(*) FILTER (WHERE began BETWEEN :first AND :last) AS requests,
       count(*) FILTER (WHERE first_decided_on BETWEEN :first AND :last AND first_decided_on - began <= 42) AS in_six,
       count(*) FILTER (WHERE first_decided_on BETWEEN :first AND :last) AS decided,
       count(*) FILTER (WHERE plan_on BETWEEN :first AND :last AND plan_on - began <= 140) AS in_twenty,
       count(*) FILTER (WHERE plan_on BETWEEN :first AND :last) AS plans,
       count(*) FILTER (WHERE plan_on BETWEEN :first AND :last AND NOT excepted) AS plans_exc,
       count(*) FILTER (WHERE began <= :last AND (ended_on IS NULL OR ended_on > :last)
       AND (gaps @> CAST(:last AS date)) IS NOT TRUE) AS open_now,
       (SELECT count(*) FROM counted_review WHERE NOT void AND decided_on BETWEEN :first AND :last
        AND met_on IS NOT NULL AND decided_on - met_on <= 28) AS reviews_in_four,
       (SELECT count(*) FROM counted_review WHERE NOT void AND decided_on BETWEEN :first AND :last) AS reviews
FROM counted_assessment WHERE NOT void
"""


def measure() -> list[Figure]:
    """Each figure beside its budget."""
    os.environ["EHCP_AUTHORITY"] = "000"
    made = timed(lambda: council(from_files(), LARGEST, YEAR))
    figures = [Figure(f"a synthetic council like {LARGEST}, the largest", made, 60, "s")]
    with town() as place:
        _fill(place)
        figures += _figures(place, "one authority, five years", 1, 1)
    with town() as place:
        _fill(place, TIMES)
        figures += _figures(place, f"{TIMES} times that", 5, TIMES)
    return figures


def _figures(place: Town, of: str, budget: float, times: int) -> list[Figure]:
    counting = timed(lambda: bring_up_to_date(place.db))
    _tidy(place)
    plans = place.owner.connect().execute(text("SELECT count(*) FROM plan")).scalar_one()
    live = min(timed(lambda: card(place.db, DAY, date.today(), Decimal(10))) for _ in range(3))
    by_hand = min(timed(lambda: _by_hand(place)) for _ in range(3))
    frozen = timed(lambda: freeze(place.db, DAY, Actor("bench", "cli"), utc_now()))
    ahead = timed(lambda: forecast(place.db, DAY))
    print(f"   {of}: {plans:,} plans; counting in all of them for the first time took {counting:.1f} s")
    return [
        Figure(f"the whole scorecard live, {of}", live, budget, "s"),
        Figure(f"the same against nine figures in one statement by hand, {of}", live / by_hand, 40, "times"),
        Figure(f"the forecast of every open assessment, {of}", ahead, budget, "s"),
        Figure(f"a snapshot with the cases behind it, {of}", frozen, 10, "s"),
    ]


def _by_hand(place: Town) -> None:
    with place.db.connect() as connection:
        connection.execute(text(BY_HAND), {"first": DAY.replace(day=1), "last": DAY}).all()


def _fill(place: Town, times: int = 1) -> None:
    """A council of some 5,000 plans with the assessments of five years, so many times over."""
    source = from_files()
    for copy in range(times):
        for back in range(YEARS):
            day = census_day(YEAR).replace(year=census_day(YEAR).year - back)
            made = council(source, LIKE, YEAR, seed=copy * YEARS + back, as_of=day if back else None)
            assessments = [_called(row, "case_ref", copy, back) for row in made.assessment_rows()]
            plans = [_called(row, "plan_ref", copy, back) for row in made.plan_rows()] if not back else []
            tables = tables_of(assessments, plans, census_day(YEAR))
            address = place.owner.url.render_as_string(hide_password=False).replace("postgresql+psycopg", "postgresql")
            with psycopg.connect(address) as connection:
                tables.copy(connection)


def _called(row: dict[str, str], ref: str, copy: int, back: int) -> dict[str, str]:
    return {**row, ref: f"{row[ref]}-{copy}-{back}"}


def _tidy(place: Town) -> None:
    with place.owner.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM ANALYZE")
