"""Which processes stand behind references: what the audit of reads puts down."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from casework.actor import Actor
from casework.cases import authority, find
from records.tables import Process


def process_of(db: Engine, reference: str, actor: Actor) -> UUID:
    """The process that a reference means for `actor`. Raises UnknownCase."""
    with Session(db) as session:
        return find(session, reference, actor).process.id


def processes_of(db: Engine, case_refs: Iterable[str]) -> Sequence[UUID]:
    """The processes with these case references, as a list has shown them."""
    refs = set(case_refs)
    if not refs:
        return ()
    query = select(Process.id).where(Process.authority == authority(), col(Process.case_ref).in_(refs))
    with Session(db) as session:
        return session.exec(query).all()
