"""Letters to families that came back, or that a carrier took and never sent: the officer sees that nobody was told."""

from uuid import UUID, uuid5

from sqlalchemy import Engine
from sqlmodel import Session, col, delete, select

from casework.families.states import CAME_BACK, FAILED, SENT
from records.tables import ContactNote, FamilyLetter


def came_back(db: Engine, digest_id: UUID) -> None:
    """The letter of that digest reached nobody: it has failed, and the log of contacts no longer says that it went.

    Safe to repeat, and nothing where the digest was no letter to a family.
    """
    with Session(db) as session, session.begin():
        query = select(FamilyLetter).where(FamilyLetter.digest_id == digest_id, FamilyLetter.status == SENT)
        row = session.exec(query.with_for_update()).first()
        if row is None:
            return
        row.status, row.reason, row.sent_at = FAILED, CAME_BACK, None
        session.add(row)
        session.exec(delete(ContactNote).where(col(ContactNote.id) == uuid5(row.id, "sent")))
