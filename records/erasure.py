"""Forgetting what was written about a person, without breaking the chain of facts."""

from uuid import UUID

from sqlmodel import Session, col, delete, select, update

from records.tables import FactRow, FactText, Person


def erase_texts(session: Session, person_id: UUID) -> None:
    """Delete the free text beside every fact of a person and destroy the key of its HMACs.

    The facts stay, with HMACs that nobody can try guesses against any more.
    """
    theirs = select(FactRow.id).where(FactRow.text_person_id == person_id)
    session.exec(delete(FactText).where(col(FactText.fact_id).in_(theirs)))
    session.exec(update(Person).where(col(Person.id) == person_id).values(text_key=None))
