"""What follows once a family was written to: the log of contacts says so, in days and codes that anybody may read."""

from datetime import date, datetime
from uuid import UUID, uuid5

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, select

from casework.actor import ENGINE
from casework.families.states import SENT
from config.clock import london_day
from post.family import DELAY, promised
from records.tables import Contact, ContactNote, FamilyLetter, Person, Process
from statute.words import day_words


def told(session: Session, row: FamilyLetter, contact: Contact | None, at: datetime, *, log: bool = True) -> None:
    """The letter went at that moment: note it on the letter and, with `log`, once in the log of contacts."""
    row.status, row.reason, row.sent_at = SENT, "", at
    session.add(row)
    process = session.get_one(Process, row.process_id)
    if not log or session.get_one(Person, process.person_id).text_key is None:
        return  # it told nobody; or what was written about this child was erased: nothing more is written down
    note = ContactNote(
        id=uuid5(row.id, "sent"),
        authority=row.authority,
        process_id=row.process_id,
        day=london_day(at),
        way=row.way,
        with_whom=contact.role if contact else "other",
        text=_said(row),
        recorded_at=at,
        recorded_by=row.approved_by or ENGINE.name,
    )
    session.connection().execute(insert(ContactNote).values(note.model_dump()).on_conflict_do_nothing())


def promised_days(session: Session, process_id: UUID) -> dict[str, date]:
    """The new days that families were told of in notices of delay, by limit: the last one for each."""
    told = (FamilyLetter.process_id == process_id, col(FamilyLetter.sent_at).is_not(None))
    query = select(FamilyLetter).where(*told, col(FamilyLetter.target).is_not(None))
    rows = session.exec(query.order_by(col(FamilyLetter.sent_at))).all()
    return {row.limit_id: row.target for row in rows if row.target}


def _said(row: FamilyLetter) -> str:
    if row.kind != DELAY or row.due is None:
        return "Acknowledgement of the request sent, with the days that the law sets."
    target = f" New target day: {day_words(row.target)}." if row.target else ""
    return f"Notice of delay sent. Due by {day_words(row.due)}: “{promised(row.limit_id)}”.{target}"
