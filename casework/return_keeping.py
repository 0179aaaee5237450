"""Keeping a mail that came back: its row and what came with it, in one transaction."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from casework.cases import authority
from casework.documents import REPLY, LaidBy, add, lay_by
from casework.return_matching import About, speaks_for_another
from documents.checking import check
from documents.errors import NotTaken
from documents.house import Archive
from post.returns.mail import Kind, Returned
from records.tables import InboundMail

DONE, UNFILED, KNOWN = "done", "unfiled", "known"
_AWAY = "away until "


def status_of(mail: Returned, what: About) -> str:
    """A machine's word is dealt with, unless it brought papers, says of nobody knows which letter that it failed, or
    speaks for somebody whose address it does not come from."""
    if mail.kind is Kind.BOUNCE:
        return DONE if what.certain else UNFILED
    if mail.kind is Kind.DELAYED:
        return DONE
    if mail.kind is Kind.AUTOMATIC and not mail.attachments:
        return UNFILED if speaks_for_another(mail, what) else DONE
    return UNFILED


def laid_by_for(archive: Callable[[], Archive], mail: Returned) -> tuple[list[LaidBy], list[str]]:
    """What came with a mail, checked and sealed in the store; and what was refused, in sentences."""
    taken: list[LaidBy] = []
    refused: list[str] = []
    for paper in mail.attachments:
        try:
            taken.append(lay_by(archive(), check(paper.name, paper.content)))
        except NotTaken as error:
            refused.append(error.sentence)
    return taken, refused


def keep(
    db: Engine,
    mail: Returned,
    what: About,
    status: str,
    laid_by: Sequence[LaidBy],
    said: Sequence[str],
    now: datetime,
) -> str:
    """Write the mail and its documents down; returns its status, or KNOWN where another was faster.

    `said` are sentences about what of it was not taken.
    """
    try:
        with Session(db) as session, session.begin():
            row = _row(mail, what, status, said, now)
            session.add(row)
            session.flush()
            for each in laid_by:
                add(session, each, purpose=REPLY, by=mail.sender, channel="mail", now=now, inbound_id=row.id)
    except IntegrityError:
        if not is_known(db, mail):
            raise
        return KNOWN
    return status


def absence_apart(outcome: str) -> tuple[date | None, str]:
    """The last day that an automatic answer names, and the sentences about what was not taken, of what is kept."""
    if not outcome.startswith(_AWAY):
        return None, outcome
    day, _, rest = outcome.removeprefix(_AWAY).partition("\n")
    return date.fromisoformat(day), rest


def is_known(db: Engine, mail: Returned) -> bool:
    """Whether that mail was read before."""
    with Session(db) as session:
        query = select(InboundMail.id).where(InboundMail.message_key == mail.key)
        return session.exec(query).first() is not None


def _row(mail: Returned, what: About, status: str, said: Sequence[str], now: datetime) -> InboundMail:
    # Nobody reads again what a machine wrote: of that only what was made of it is kept.
    read = status == UNFILED
    away = [f"{_AWAY}{mail.until}"] if mail.until else []
    return InboundMail(
        authority=authority(),
        message_key=mail.key,
        received_at=now,
        kind=mail.kind.value,
        sender=mail.sender,
        subject=mail.subject if read else "",
        text=mail.text if read else "",
        failed_recipient=what.recipient or None if mail.kind in (Kind.BOUNCE, Kind.DELAYED) else None,
        status_code=what.code,
        digest_id=what.digest_id,
        process_id=what.process_id,
        request_id=what.request_id,
        status=status,
        outcome="\n".join([*away, *said]),
        handled_at=None if read else now,
    )
