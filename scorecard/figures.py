"""Measures counted: all those of one population in one question, for one period or many."""

import re
from collections import defaultdict
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from decimal import ROUND_HALF_UP, Decimal
from math import inf
from typing import Any

from sqlalchemy import Connection, Engine, text

from casework.cases import authority
from scorecard.beginnings import Beginnings, beginnings, has_data
from scorecard.counted.keeping import bring_up_to_date
from scorecard.measure import Figure, Measure, Shape
from scorecard.period import Period
from scorecard.populations import POPULATIONS

PERIODS = (
    "unnest(CAST(:firsts AS date[]), CAST(:lasts AS date[]), CAST(:as_ats AS date[]), CAST(:overs AS boolean[])) "
    "WITH ORDINALITY AS p(first_day, last_day, as_at, is_over, number)"
)
_ONE_DECIMAL = Decimal("0.1")

Found = Mapping[tuple[int, str, str], Mapping[str, Any]]
"""By period (from 1), measure and part: numerator, denominator and amount."""


def figures(db: Engine, measures: Sequence[Measure], periods: Sequence[Period]) -> list[list[Figure]]:
    """The figures of the measures in each period, in their order; what was recorded since is counted in first.

    All are counted in one moment: nothing is in one figure and not yet in another. Measures that are fed have none.
    """
    bring_up_to_date(db)
    with one_moment(db) as connection:
        return counted(connection, measures, periods)


@contextmanager
def one_moment(db: Engine) -> Generator[Connection]:
    """A connection that sees everything as it was at the first question."""
    with db.connect().execution_options(isolation_level="REPEATABLE READ") as connection, connection.begin():
        yield connection


def counted(
    connection: Connection, measures: Sequence[Measure], periods: Sequence[Period], first: Beginnings | None = None
) -> list[list[Figure]]:
    """The same on an open connection, on the rows as they are; none of a period before a measure has data (`first`:
    the beginnings, where they were read already)."""
    first = first or beginnings(connection)
    together: dict[tuple[str, str], list[Measure]] = defaultdict(list)
    for measure in measures:
        if measure.shape is not Shape.FED:
            together[measure.population, measure.parts].append(measure)
    rows = {key: _asked(connection, key, group, periods) for key, group in together.items()}
    return [
        [
            figure
            for measure in measures
            if measure.shape is not Shape.FED and has_data(first, measure.population, period)
            for figure in _figures(measure, rows[measure.population, measure.parts], number)
        ]
        for number, period in enumerate(periods, start=1)
    ]


def parameters(periods: Sequence[Period]) -> dict[str, Any]:
    """What a question over periods is asked with."""
    return {
        "authority": authority(),
        "firsts": [each.first for each in periods],
        "lasts": [each.last for each in periods],
        "as_ats": [each.as_at for each in periods],
        "overs": [each.over for each in periods],
    }


def share(numerator: int, denominator: int) -> Decimal | None:
    """In per cent with one decimal, halves up, as the department publishes; None of nothing."""
    if not denominator:
        return None
    return (Decimal(numerator) * 100 / denominator).quantize(_ONE_DECIMAL, ROUND_HALF_UP)


def mean(amount: str, where: str) -> str:
    """SQL: the mean of an amount over some of a population.

    Sevenths have no end and are cut short, so that a mean of exactly 20.05 weeks would come out a trifle below and be
    rounded down: what is beyond the twelfth place is that trifle, for no two means lie so near.
    """
    return f"round(avg({amount}) FILTER (WHERE {where}), 12)"


def _asked(
    connection: Connection, key: tuple[str, str], measures: Sequence[Measure], periods: Sequence[Period]
) -> Found:
    population, parts = key
    columns = ", ".join(column for place, each in enumerate(measures) for column in _columns(place, each))
    groups = f"GROUPING SETS ((p.number), (p.number, {parts}))" if parts else "p.number"
    part = f"CASE WHEN GROUPING({parts}) = 1 THEN '' ELSE coalesce(({parts})::text, '-') END" if parts else "''"
    statement = (
        f"SELECT p.number, {part} AS part, {columns} FROM {PERIODS} "  # noqa: S608 - SQL of ours, nothing typed
        f"CROSS JOIN LATERAL ({POPULATIONS[population]}) x GROUP BY {groups}"
    )
    found = connection.execute(text(statement), parameters(periods)).mappings()
    places = {each.id: place for place, each in enumerate(measures)}
    return {
        (row["number"], measure, row["part"]): {name: row[f"{name}{place}"] for name in ("n", "d", "v")}
        for row in found
        for measure, place in places.items()
    }


def _columns(place: int, measure: Measure) -> list[str]:
    counts = f"({measure.among}) AND ({measure.counted})"
    return [
        f"count(*) FILTER (WHERE {counts}) AS n{place}",
        f"count(*) FILTER (WHERE {measure.among}) AS d{place}",
        f"{_amount(measure, counts)} AS v{place}",
    ]


def _amount(measure: Measure, counts: str) -> str:
    match measure.shape:
        case Shape.MEAN:
            return mean(measure.amount, counts)
        case Shape.MAX:
            return f"max({measure.amount}) FILTER (WHERE {counts})"
        case Shape.MEDIAN:
            return f"percentile_cont(0.5) WITHIN GROUP (ORDER BY ({measure.amount})::float) FILTER (WHERE {counts})"
        case _:
            return "NULL"


def _figures(measure: Measure, found: Found, number: int) -> list[Figure]:
    parts = {part for at, of, part in found if (at, of) == (number, measure.id)}
    return [
        _figure(measure, part, found.get((number, measure.id, part))) for part in sorted(parts | {""}, key=_by_number)
    ]


def _by_number(part: str) -> tuple[bool, float, str]:
    """All together first, then parts by the first number in them, as bands are; those without one by their words."""
    number = re.search(r"\d+", part)
    return bool(part), int(number[0]) if number else inf, part


def _figure(measure: Measure, part: str, row: Mapping[str, Any] | None) -> Figure:
    numerator, denominator, value = (row["n"], row["d"], row["v"]) if row else (0, 0, None)
    match measure.shape:
        case Shape.SHARE:
            return Figure(measure, part, numerator, denominator, share(numerator, denominator))
        case Shape.MEAN | Shape.MEDIAN | Shape.MAX:
            rounded = None if value is None else Decimal(value).quantize(_ONE_DECIMAL, ROUND_HALF_UP)
            return Figure(measure, part, numerator, None, rounded)
        case _:
            return Figure(measure, part, numerator, None, Decimal(numerator))
