"""Receipts: a mail to whoever answered, of what came for which reference, and whether more is needed.

It waits in the queue like every letter and goes at once, at any hour: none is lost while mail is away, and each goes
once.
"""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from casework.answering.holding import InHand, deadline_of
from casework.notices import RECEIPT
from casework.statuses import QUEUED
from config.clock import london_day
from records.tables import Answer, Message
from statute.ladder import Role

_SENT_BACK, _WAITS = "sent_back", "waits"


def put_down_receipt(
    session: Session, held: InHand, answer: Answer, recipient: str, documents: int, now: datetime
) -> None:
    """Put down the receipt of an answer, in the transaction that takes it."""
    process, subject = held.case.process, held.row.subject
    message = Message(
        authority=process.authority,
        step_key=f"{process.id}/{RECEIPT}/{subject}//{answer.id}/{Role.ADVISER.value}",
        process_id=process.id,
        mail_ref=process.mail_ref,
        limit_id=RECEIPT,
        subject=subject,
        rung=str(answer.id),
        kind=RECEIPT,
        role=Role.ADVISER.value,
        recipient=recipient,
        about=_about(session, held, answer, documents, now),
        due_at=now,
        created_at=now,
        status=QUEUED,
        urgent=True,
    )
    session.add(message)


def _about(session: Session, held: InHand, answer: Answer, documents: int, now: datetime) -> dict[str, Any]:
    code = _WAITS if answer.waits else _SENT_BACK if answer.faults else answer.kind
    deadline = deadline_of(session, held, now)
    days = {"came": london_day(now), "start": deadline and deadline.start, "due": deadline and deadline.legal_due}
    return {
        "answer": code,
        "limit": deadline.limit if deadline else "",
        "documents": documents,
        "missing": answer.faults,
        **{name: day.isoformat() for name, day in days.items() if day},
    }
