"""What is said of a measure: its owner, its target, how far the action on it is, and the narrative of a month."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import Connection, Engine, text
from sqlmodel import Session

from casework.actor import Actor
from casework.cases import authority
from casework.once import ALWAYS, Once
from records.tables import MeasureNote
from scorecard.measure import Measure
from scorecard.period import month_of


class Action(StrEnum):
    """How far the action on a measure is: the four points of the plan's own scale."""

    NOT_STARTED = "not_started"
    SOME = "some_action"
    ADVANCED = "advanced"
    REACHED = "outcome_reached"


@dataclass(frozen=True, slots=True)
class Note:
    """The latest that was said of a measure by a month. `narrative` is that of the month itself, empty without one.

    `owner` is empty and `target` None where nobody has set another than the measure's own.
    """

    measure_id: str
    month: date
    narrative: str = ""
    owner: str = ""
    target: Decimal | None = None
    action: Action | None = None
    written_at: datetime | None = None
    written_by: str = ""
    number: int = 0
    """Of the word that holds, 0 where nothing was said: by it one knows whether another was written meanwhile."""

    @property
    def said(self) -> tuple[str, str, Decimal | None, Action | None]:
        """What it says, whoever said it."""
        return self.narrative, self.owner, self.target, self.action


class NotedSince(Exception):
    """Somebody else said something of the measure since it was looked at: `held` is what holds now."""

    def __init__(self, held: Note) -> None:
        super().__init__("noted since")
        self.held = held


@dataclass(frozen=True, slots=True)
class Notes:
    """What holds for each measure in one month."""

    month: date
    by_measure: Mapping[str, Note]

    def of(self, measure: Measure) -> Note:
        """What was said of it, or nothing."""
        return self.by_measure.get(measure.id, Note(measure.id, self.month))

    def target_of(self, measure: Measure) -> Decimal | None:
        """The authority's own target, else the one that the measure comes with."""
        own = self.of(measure).target
        return measure.target if own is None else own

    def owner_of(self, measure: Measure) -> str:
        """Who answers for it."""
        return self.of(measure).owner or measure.owner


# By the month it was written for, not by when: a late word about August is not the target of October.
_TURN = text("SELECT pg_advisory_xact_lock(hashtext('note'), hashtext(:measure))")
_LATEST = text(
    "SELECT DISTINCT ON (measure_id) measure_id, month, narrative, owner, target, action, written_at, written_by, id "
    "FROM measure_note WHERE authority = :authority AND month <= :month ORDER BY measure_id, month DESC, id DESC"
)


def notes(connection: Connection, month: date) -> Notes:
    """What holds for the month in which the day `month` lies."""
    last = month_of(month).last
    found: dict[str, Note] = {}
    for row in connection.execute(_LATEST, {"authority": authority(), "month": last}):
        narrative = row.narrative if row.month == last else ""
        action = Action(row.action) if row.action else None
        found[row.measure_id] = Note(
            row.measure_id, row.month, narrative, row.owner, row.target, action, row.written_at, row.written_by, row.id
        )
    return Notes(last, found)


def write_note(db: Engine, note: Note, actor: Actor, now: datetime, seen: int | None = None) -> Note:
    """Say all of it anew for the month of `note.month`; `seen` is the number of the note that the writer looked at.

    Raises NotedSince when another holds by now.
    """

    def anew(held: Note) -> Note:
        if seen not in (None, held.number) and held.said != note.said:
            raise NotedSince(held)
        return note

    return change_note(db, note.measure_id, note.month, anew, actor, now)


def change_note(
    db: Engine,
    measure_id: str,
    month: date,
    change: Callable[[Note], Note],
    actor: Actor,
    now: datetime,
    once: Once[Note] = ALWAYS,
) -> Note:
    """Say something of a measure for the month of the day `month`: all of it holds from then on, what was said stays.

    `change` makes the note of the one that holds, which nobody else can change meanwhile. What is said already is not
    put down twice. Raises as `Once.claim`, and what `change` raises.
    """
    with Session(db) as session, session.begin():
        once.claim(session)
        session.connection().execute(_TURN, {"measure": measure_id})
        held = notes(session.connection(), month).by_measure.get(measure_id, Note(measure_id, month))
        note = replace(change(held), month=month_of(month).last)
        if (held.month, held.said) != (note.month, note.said):
            _add(session, note, actor, now)
        return once.keep(session, note)


def _add(session: Session, note: Note, actor: Actor, now: datetime) -> None:
    session.add(
        MeasureNote(
            authority=authority(),
            measure_id=note.measure_id,
            month=note.month,
            narrative=note.narrative,
            owner=note.owner,
            target=note.target,
            action=note.action.value if note.action else "",
            written_at=now,
            written_by=actor.name,
        )
    )
