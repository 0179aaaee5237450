"""Freezing the scorecard of a month: its figures, by which definitions, and pseudonyms of the cases behind each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, Engine, text

from casework.actor import Actor
from casework.cases import authority
from config.clock import london_day
from scorecard.counted.keeping import bring_up_to_date
from scorecard.fed.reading import fed_figures
from scorecard.figures import counted
from scorecard.measure import Figure, Measure
from scorecard.measures import in_force
from scorecard.notes import Notes, notes
from scorecard.period import Period
from scorecard.snapshots.cases import cases_behind, keep_cases
from scorecard.snapshots.hashing import definitions_of, hash_of, said_of
from scorecard.spans import period_of

_ALONE = text("SELECT pg_advisory_xact_lock(hashtext('snapshot'))")
_THERE = text("SELECT id FROM snapshot WHERE authority = :authority AND month = :month")
_SNAPSHOT = text(
    "INSERT INTO snapshot (authority, id, month, taken_at, taken_by, definitions, hash) "
    "VALUES (:authority, :id, :month, :taken_at, :taken_by, :definitions, :hash)"
)
_FIGURES = text(
    "INSERT INTO snapshot_figure (authority, snapshot_id, number, measure_id, part, numerator, denominator, value, "
    "target, definition) VALUES (:authority, :snapshot_id, :number, :measure_id, :part, :numerator, :denominator, "
    ":value, :target, :definition)"
)


class NotOver(Exception):
    """The month is not over: nothing of it can be frozen yet."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """A figure with its place in the snapshot, from 1, and the target that it was held against."""

    number: int
    figure: Figure
    target: Any


def freeze(
    db: Engine, month: date, actor: Actor, now: datetime, measures: Sequence[Measure] | None = None
) -> UUID | None:
    """Freeze the scorecard of the month in which the day `month` lies; None when that was done already.

    Of the measures given, or of those in force then; figures by officer are never frozen. Raises NotOver for a month
    that has not ended in London by `now`.
    """
    last = period_of(None, month).last
    if last >= london_day(now):
        raise NotOver(f"{last:%B %Y} is not over")
    bring_up_to_date(db)
    told = [each for each in measures or told_in(last.year) if not each.for_managers]
    with db.begin() as turn:
        turn.execute(_ALONE)
        # Begun when it is our turn: a moment that was fixed before would not hold what the one before us froze.
        with db.connect().execution_options(isolation_level="REPEATABLE READ") as connection, connection.begin():
            if connection.execute(_THERE, {"authority": authority(), "month": last}).first():
                return None
            return _freeze(connection, told, last, actor, now)


def told_in(year: int) -> list[Measure]:
    """What is told of the months of a calendar year, and frozen: never figures by officer."""
    return [each for each in in_force(year) if not each.for_managers]


def _freeze(connection: Connection, measures: Sequence[Measure], last: date, actor: Actor, now: datetime) -> UUID:
    figures = numbered(connection, measures, last, notes(connection, last))
    snapshot = uuid4()
    own = {"authority": authority(), "snapshot_id": snapshot}
    definitions = definitions_of(measures)
    head = {
        "authority": authority(),
        "id": snapshot,
        "month": last,
        "taken_at": now,
        "taken_by": actor.name,
        "definitions": definitions,
    }
    rows = [own | _figure_row(each) for each in figures]
    cases = cases_behind(connection, snapshot, figures, last)
    hashed = hash_of((last, now, actor.name), definitions, rows, said_of(cases))
    connection.execute(_SNAPSHOT, head | {"hash": hashed})
    if rows:
        connection.execute(_FIGURES, rows)
    keep_cases(connection, snapshot, cases)
    return snapshot


def numbered(connection: Connection, measures: Sequence[Measure], last: date, said: Notes) -> list[Numbered]:
    """The figures of the month that ends on `last`, those that are fed among them, numbered in their order."""
    by_period: dict[Period, list[Measure]] = {}
    for measure in measures:
        by_period.setdefault(period_of(measure, last), []).append(measure)
    found: dict[str, list[Figure]] = {}
    for period, group in by_period.items():
        (figures,) = counted(connection, group, [period])
        for figure in [*figures, *fed_figures(connection, group, [period])[0]]:
            found.setdefault(figure.measure.id, []).append(figure)
    ordered = [figure for measure in measures for figure in found.get(measure.id, [])]
    return [Numbered(number, figure, said.target_of(figure.measure)) for number, figure in enumerate(ordered, start=1)]


def _figure_row(each: Numbered) -> dict[str, Any]:
    figure = each.figure
    return {
        "number": each.number,
        "measure_id": figure.measure.id,
        "part": figure.part,
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "value": figure.value,
        "target": each.target,
        "definition": figure.measure.definition,
    }
