"""What somebody has typed of a form of several pages: kept for them alone until it is used or thrown away."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, delete, update
from sqlmodel import Session, col, select

from casework.cases import authority
from records.tables import Draft


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


def throw_away_old(db: Engine, before: datetime) -> int:
    """Remove drafts that nobody has touched since; returns how many."""
    with Session(db) as session, session.begin():
        return session.connection().execute(delete(Draft).where(col(Draft.changed_at) < before)).rowcount


def _id(number: str) -> UUID | None:
    try:
        return UUID(number)
    except ValueError:
        return None
