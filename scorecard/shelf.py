"""Figures that were counted a while ago, put by in the database: whoever looks takes them, whoever counted them."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Engine, text

from casework.cases import authority
from scorecard.measure import Figure, Measure

_TAKE = text(
    "SELECT name, counted_at, figures FROM kept_figures WHERE authority = :authority AND name = ANY(:names) "
    "AND definitions = :definitions AND counted_at > :since AND counted_at <= :now"
)
_PUT = text(
    "INSERT INTO kept_figures (authority, name, counted_at, definitions, figures) "
    "VALUES (:authority, :name, :counted_at, :definitions, CAST(:figures AS jsonb)) ON CONFLICT (authority, name) "
    "DO UPDATE SET (counted_at, definitions, figures) = (EXCLUDED.counted_at, EXCLUDED.definitions, EXCLUDED.figures)"
)
_CLEAR = text("DELETE FROM kept_figures WHERE authority = :authority AND counted_at < :before")
_OLD = timedelta(days=2)

Plain = Sequence[tuple[str, int | None, int | None, str | None] | None]
"""Figures as JSON holds them: part, numerator, denominator, value; None of a month with nothing to be counted."""


@dataclass(frozen=True, slots=True)
class Put:
    """What was put by under one name, counted at that moment: figures, by what they are of."""

    counted_at: datetime
    figures: Mapping[str, Plain]


def take(db: Engine, names: Sequence[str], definitions: str, now: datetime, lasting: timedelta) -> dict[str, Put]:
    """What is there under these names, counted by those definitions and within that time; what is not is left out."""
    bound = {"names": list(names), "definitions": definitions, "since": now - lasting, "now": now}
    with db.connect() as connection:
        rows = connection.execute(_TAKE, {"authority": authority(), **bound}).all()
    return {row.name: Put(row.counted_at, row.figures) for row in rows}


def put(db: Engine, found: Mapping[str, Mapping[str, Plain]], definitions: str, now: datetime) -> None:
    """Put figures by under their names, in the place of what was there; what is days old is thrown away."""
    head = {"authority": authority(), "definitions": definitions, "counted_at": now}
    rows = [{**head, "name": name, "figures": json.dumps(figures)} for name, figures in sorted(found.items())]
    with db.begin() as connection:
        connection.execute(_CLEAR, {"authority": authority(), "before": now - _OLD})
        connection.execute(_PUT, rows)


def plain(figures: Iterable[Figure | None]) -> Plain:
    """Figures as they are put by."""
    return [each and (each.part, each.numerator, each.denominator, _said(each.value)) for each in figures]


def figures_of(measure: Measure, kept: Plain) -> list[Figure | None]:
    """The figures of a measure as they were put by."""
    return [each and _figure(measure, *each) for each in kept]


def _figure(measure: Measure, part: str, numerator: int | None, denominator: int | None, value: Any) -> Figure:
    return Figure(measure, part, numerator, denominator, None if value is None else Decimal(value))


def _said(value: Decimal | None) -> str | None:
    return None if value is None else str(value)
