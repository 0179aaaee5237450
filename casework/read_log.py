"""Who was shown which children's records: kept beside the ledger, only ever added to."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import Session

from casework.actor import Actor
from casework.cases import authority
from records.tables import ReadLog


def note_read(db: Engine, actor: Actor, what: str, processes: Iterable[UUID], now: datetime) -> None:
    """Put down that `actor` was shown these processes on the page or list called `what`; nothing for none."""
    shown = sorted(set(processes))
    if not shown:
        return
    with Session(db) as session, session.begin():
        row = ReadLog(
            authority=authority(), at=now, username=actor.name, channel=actor.channel, what=what, processes=shown
        )
        session.add(row)
