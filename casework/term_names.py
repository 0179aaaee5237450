"""Which processes stand behind the references on a term list: to put down who was shown them."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from casework.cases import authority
from casework.term_children import Child
from records.tables import Process


def processes_on(db: Engine, children: Iterable[Child]) -> Sequence[UUID]:
    """The processes of the children of a list."""
    refs = [child.reference for child in children]
    query = select(Process.id).where(Process.authority == authority(), col(Process.mail_ref).in_(refs))
    with Session(db) as session:
        return session.exec(query).all() if refs else ()
