"""Forgetting what was written about a person, without breaking the chain of facts."""

from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, delete, select, update

from records.tables import (
    Answer,
    ContactNote,
    Document,
    FactRow,
    FactText,
    FamilyLetter,
    InboundMail,
    Person,
    Plan,
    Process,
)


def erase_texts(session: Session, person_id: UUID) -> None:
    """Delete the free text beside every fact of a person and destroy the key of its HMACs.

    The facts stay, with HMACs that nobody can try guesses against any more. What files said of the person's cases
    and plans goes too: it was kept only to tell what the next file changes. So does the contact log of the cases; an
    erased person has no key, and without one nothing more is written there. So do what was answered and written in
    letters and mails, and the names of documents: from here on their content is to be removed from the store.
    """
    theirs = select(FactRow.id).where(FactRow.text_person_id == person_id)
    session.exec(delete(FactText).where(col(FactText.fact_id).in_(theirs)))
    cases = select(Process.id).where(Process.person_id == person_id)
    session.exec(delete(ContactNote).where(col(ContactNote.process_id).in_(cases)))
    session.exec(update(Answer).where(col(Answer.process_id).in_(cases)).values(said={}))
    session.exec(update(FamilyLetter).where(col(FamilyLetter.process_id).in_(cases)).values(words=""))
    mails = select(InboundMail.id).where(col(InboundMail.process_id).in_(cases))
    session.exec(update(InboundMail).where(col(InboundMail.id).in_(mails)).values(sender="", subject="", text=""))
    documents = col(Document.process_id).in_(cases) | col(Document.inbound_id).in_(mails)
    of_theirs = update(Document).where(documents, col(Document.erased_at).is_(None))
    session.exec(of_theirs.values(name="", erased_at=func.now()))
    for table in (Process, Plan):
        session.exec(update(table).where(col(table.person_id) == person_id).values(source_row=None))
    session.exec(update(Person).where(col(Person.id) == person_id).values(text_key=None))
