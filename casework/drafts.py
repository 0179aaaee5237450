"""What somebody has typed of a form of several pages: kept for them alone until it is used or thrown away."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Engine, delete, update
from sqlmodel import Session, col, select

from casework.cases import authority
from records.tables import Draft

# In the answers of a draft: it is being acted on; what came of it.
AT_WORK, USED = "at_work", "used"
A_MINUTE = timedelta(minutes=1)


def keep_draft(db: Engine, username: str, kind: str, answers: Mapping[str, Any], now: datetime) -> UUID:
    """Begin a draft; returns its number."""
    with Session(db) as session, session.begin():
        draft = Draft(
            authority=authority(), username=username, kind=kind, answers=dict(answers), created_at=now, changed_at=now
        )
        session.add(draft)
        return draft.id


def read_draft(db: Engine, username: str, kind: str, number: str) -> Mapping[str, Any] | None:
    """The answers of somebody's own draft; None when there is no such draft of theirs."""
    if (chosen := _id(number)) is None:
        return None
    query = select(Draft).where(Draft.id == chosen, Draft.username == username, Draft.kind == kind)
    with Session(db) as session:
        draft = session.exec(query).first()
        return draft.answers if draft else None


def change_draft(db: Engine, username: str, kind: str, number: str, answers: Mapping[str, Any], now: datetime) -> bool:
    """Replace the answers of somebody's own draft; False when there is none."""
    if (chosen := _id(number)) is None:
        return False
    which = (col(Draft.id) == chosen) & (col(Draft.username) == username) & (col(Draft.kind) == kind)
    with Session(db) as session, session.begin():
        done = session.connection().execute(update(Draft).where(which).values(answers=dict(answers), changed_at=now))
        return done.rowcount == 1


def take_draft(db: Engine, username: str, kind: str, number: str) -> Mapping[str, Any] | None:
    """The answers of somebody's own draft, which is gone afterwards; None when there is none."""
    if (chosen := _id(number)) is None:
        return None
    which = (col(Draft.id) == chosen) & (col(Draft.username) == username) & (col(Draft.kind) == kind)
    with Session(db) as session, session.begin():
        return session.connection().execute(delete(Draft).where(which).returning(col(Draft.answers))).scalar()


@dataclass(frozen=True, slots=True)
class Begun:
    """A draft that somebody has begun: its number, what they have answered, and when they last did."""

    number: UUID
    answers: Mapping[str, Any]
    changed_at: datetime


def begun_drafts(db: Engine, username: str, kind: str) -> tuple[Begun, ...]:
    """Somebody's own drafts of a kind, the latest first, at most 20; those already used are left out."""
    query = select(Draft).where(Draft.username == username, Draft.kind == kind, ~_has(USED))
    with Session(db) as session:
        rows = session.exec(query.order_by(col(Draft.changed_at).desc()).limit(20)).all()
        return tuple(Begun(row.id, row.answers, row.changed_at) for row in rows)


def claim_draft(db: Engine, username: str, kind: str, number: str, now: datetime) -> Mapping[str, Any] | None:
    """Take somebody's own draft in hand to act on it: its answers, or None when another request has it, or has used it.

    Put it back with `change_draft`, or leave what came of it there with `use_draft`. A claim of a server that died
    is worth nothing after a minute.
    """
    if (chosen := _id(number)) is None:
        return None
    free = ~_has(USED) & (~_has(AT_WORK) | (col(Draft.changed_at) < now - A_MINUTE))
    which = (col(Draft.id) == chosen) & (col(Draft.username) == username) & (col(Draft.kind) == kind) & free
    taken = update(Draft).where(which).values(answers=col(Draft.answers).op("||")({AT_WORK: True}), changed_at=now)
    with Session(db) as session, session.begin():
        answers = session.connection().execute(taken.returning(col(Draft.answers))).scalar()
        return None if answers is None else {name: value for name, value in answers.items() if name != AT_WORK}


def use_draft(db: Engine, username: str, kind: str, number: str, result: Mapping[str, Any], now: datetime) -> None:
    """What came of a draft takes the place of what was typed."""
    change_draft(db, username, kind, number, {USED: dict(result)}, now)


def throw_away_old(db: Engine, before: datetime) -> int:
    """Remove drafts that nobody has touched since; returns how many."""
    with Session(db) as session, session.begin():
        return session.connection().execute(delete(Draft).where(col(Draft.changed_at) < before)).rowcount


def _has(name: str) -> ColumnElement[bool]:
    return col(Draft.answers).op("?", is_comparison=True)(name)


def _id(number: str) -> UUID | None:
    try:
        return UUID(number)
    except ValueError:
        return None
