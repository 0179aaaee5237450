"""What has become of one answer, for whoever gave it: nothing of the child, as the link may be over by then."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Engine, func
from sqlmodel import Session, col, select

from casework.answering.holding import deadline_of, in_hand
from casework.answering.kinds import Answer as Kind
from casework.answering.kinds import Waits
from casework.secure_links.visits import Opened
from records.tables import Answer, Document


@dataclass(frozen=True, slots=True)
class Done:
    """One answer. `waits` is None where it was recorded; `faults` are the codes why advice was sent back; `due` is the
    legal day of the request, if it has begun; `by` the day that was named."""

    mail_ref: str
    kind: Kind
    given_at: datetime
    documents: int
    faults: Sequence[str]
    waits: Waits | None
    due: date | None
    by: date | None


def done(db: Engine, opened: Opened, answer_id: UUID, now: datetime) -> Done | None:
    """An answer that the same address gave to the request of a link; None where there is none."""
    with Session(db) as session:
        row = session.get(Answer, answer_id)
        if row is None or row.request_id != opened.request_id or row.given_by != opened.recipient:
            return None
        held = in_hand(session, opened, now)
        deadline, by = deadline_of(session, held, now), row.form.get("by")
        many = select(func.count(col(Document.id))).where(Document.answer_id == row.id)
        return Done(
            mail_ref=held.case.process.mail_ref,
            kind=Kind(row.kind),
            given_at=row.given_at,
            documents=session.exec(many).one(),
            faults=row.faults,
            waits=Waits(row.waits) if row.waits else None,
            due=deadline.legal_due if deadline else None,
            by=date.fromisoformat(by) if by else None,
        )
