"""What stands behind references: processes, which the audit of reads puts down, and references for addresses."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import Connection, Engine
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


def mail_ref_of(db: Engine, case_ref: str) -> str:
    """The mail reference of a case that a list has shown: an address holds it, never the council's own reference."""
    query = select(Process.mail_ref).where(Process.authority == authority(), Process.case_ref == case_ref)
    with Session(db) as session:
        return session.exec(query).one()


def case_ref_of(connection: Connection, mail_ref: str) -> str | None:
    """The council's own reference of the case with that mail reference; None where there is none."""
    query = select(Process.case_ref).where(Process.authority == authority(), Process.mail_ref == mail_ref)
    return connection.execute(query).scalar()
