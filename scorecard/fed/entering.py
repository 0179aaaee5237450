"""Entering figures from outside: each is kept with who entered it and when; what it replaces stays to be seen."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Engine, text
from sqlmodel import Session

from casework.actor import Actor
from casework.cases import authority
from casework.errors import Refused
from config.clock import london_day
from records.tables import FedFigure
from scorecard.fed.entries import FedEntry, NotTaken, faults_of, whole

Key = tuple[str, str, date, date]
"""What a figure is of: measure, part, first and last day. Of one key the latest holds."""

# One who enters waits for another: two that look at what holds and add to it would both add.
_ALONE = text("SELECT pg_advisory_xact_lock(hashtext('fed figures'))")
_FIELDS = "measure_id, part, first_day, last_day, numerator, denominator, value, owner, source"
_HOLDING = text(
    f"SELECT DISTINCT ON (measure_id, part, first_day, last_day) id, {_FIELDS}, withdrawn FROM fed_figure "  # noqa: S608
    "WHERE authority = :authority AND measure_id = ANY(:measures) "
    "ORDER BY measure_id, part, first_day, last_day, id DESC"
)
_ALL = text(
    f"SELECT id, {_FIELDS}, withdrawn, entered_at, entered_by, id = max(id) OVER "  # noqa: S608 - SQL of ours
    "(PARTITION BY measure_id, part, first_day, last_day) AS latest FROM fed_figure "
    "WHERE authority = :authority AND (:measure = '' OR measure_id = :measure) "
    "ORDER BY last_day DESC, measure_id, part, first_day, id DESC"
)


@dataclass(frozen=True, slots=True)
class Entered:
    """A figure on record: who entered it and when, and whether it `holds` (else it was replaced or withdrawn)."""

    id: int
    entry: FedEntry
    entered_at: datetime
    entered_by: str
    withdrawn: bool
    holds: bool


def enter(db: Engine, entry: FedEntry, actor: Actor, now: datetime) -> int:
    """Put a figure on record; returns its number. One that holds already as it is is not put down twice.

    Raises NotTaken with what is wrong, field by field; nothing is kept then.
    """
    if faults := faults_of(entry, london_day(now)):
        raise NotTaken(faults)
    kept = whole(entry)
    with Session(db) as session, session.begin():
        held = holding(session.connection(), {kept.measure_id}).get(key_of(kept))
        if held is not None and same(held, kept):
            return held.id
        return add(session, kept, actor, now)


def withdraw(db: Engine, number: int, actor: Actor, now: datetime) -> None:
    """Take back the figure of that number: it stays to be seen, and counts no more.

    Raises Refused where it does not hold: it was replaced, withdrawn or never there.
    """
    with Session(db) as session, session.begin():
        session.connection().execute(_ALONE)
        row = session.get(FedFigure, number)
        held = holding(session.connection(), {row.measure_id}).get(_key(row)) if row else None
        if row is None or held is None or held.id != number or held.withdrawn:
            raise Refused("That figure does not hold any more: it was replaced or withdrawn. Look at the list again.")
        add(session, entry_of(held), actor, now, withdrawn=True)


def entered(db: Engine, measure_id: str = "") -> Sequence[Entered]:
    """Every figure that was entered, of one measure or of all, the latest period first; what was replaced too."""
    with db.connect() as connection:
        rows = connection.execute(_ALL, {"authority": authority(), "measure": measure_id})
        return [
            Entered(
                row.id, entry_of(row), row.entered_at, row.entered_by, row.withdrawn, row.latest and not row.withdrawn
            )
            for row in rows
        ]


def holding(connection: Connection, measures: set[str]) -> Mapping[Key, Any]:
    """The latest row of each key of these measures, withdrawn or not. Nobody else enters until the caller is done."""
    connection.execute(_ALONE)
    found = connection.execute(_HOLDING, {"authority": authority(), "measures": sorted(measures)})
    return {_key(row): row for row in found}


def add(session: Session, entry: FedEntry, actor: Actor, now: datetime, *, withdrawn: bool = False) -> int:
    """Put a row down, within the caller's transaction; returns its number."""
    row = FedFigure(authority=authority(), **asdict(entry), withdrawn=withdrawn, entered_at=now, entered_by=actor.name)
    session.add(row)
    session.flush()
    if row.id is None:
        raise RuntimeError("the database gave the figure no number")
    return row.id


def key_of(entry: FedEntry) -> Key:
    """What the entry is of."""
    return _key(entry)


def same(held: Any, entry: FedEntry) -> bool:
    """Whether what holds is the entry, word for word."""
    return not held.withdrawn and entry_of(held) == entry


def entry_of(row: Any) -> FedEntry:
    """The entry that a row was made of."""
    return FedEntry(
        row.measure_id,
        row.first_day,
        row.last_day,
        row.owner,
        row.source,
        row.part,
        row.numerator,
        row.denominator,
        row.value,
    )


def _key(of: Any) -> Key:
    return of.measure_id, of.part, of.first_day, of.last_day
