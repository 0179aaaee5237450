"""What is said of a measure: its owner, its target, how far the action on it is, and the narrative of a month."""

from collections.abc import Mapping
from dataclasses import dataclass
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
_LATEST = text(
    "SELECT DISTINCT ON (measure_id) measure_id, month, narrative, owner, target, action, written_at, written_by "
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
            row.measure_id, row.month, narrative, row.owner, row.target, action, row.written_at, row.written_by
        )
    return Notes(last, found)


def write_note(db: Engine, note: Note, actor: Actor, now: datetime, once: Once[Note] = ALWAYS) -> Note:
    """Say something of a measure for the month of `note.month`: all of it holds from then on, what was said stays.

    Raises as `Once.claim`.
    """
    with Session(db) as session, session.begin():
        once.claim(session)
        session.add(
            MeasureNote(
                authority=authority(),
                measure_id=note.measure_id,
                month=month_of(note.month).last,
                narrative=note.narrative,
                owner=note.owner,
                target=note.target,
                action=note.action.value if note.action else "",
                written_at=now,
                written_by=actor.name,
            )
        )
        return once.keep(session, note)
