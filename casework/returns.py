"""Mail that came back, read from its mailbox: each mail once, whatever happens in between.

What follows from a mail is done and noted before it is put aside in the mailbox, and may be done twice without harm.
So a process that is killed anywhere reads the same mail again, and nothing is lost. No mail is ever answered.
"""

import logging
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlmodel import Session, select

from casework.cases import authority
from casework.deliveries import BOUNCED, DELAYED, note_fate
from casework.documents import REPLY, LaidBy, add, lay_by
from casework.locks import alone
from casework.return_absence import away
from casework.return_matching import About, about
from casework.return_watch import note_reading
from casework.statuses import SENDING
from config.clock import london_day
from config.errors import SettingsError
from config.settings import Settings
from documents.checking import check
from documents.errors import NotTaken, StoreAway
from documents.house import Archive, archive_of
from post.returns.mail import Kind, Returned, understood
from post.returns.mailbox import Mailbox, MailboxAway, mailbox_at
from records.tables import Digest, InboundMail, Message

DONE, UNFILED = "done", "unfiled"
KNOWN, LATER = "known", "later"
MOST = 200
"""How many mails one reading takes; the others wait for the next."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Read:
    """What one reading found, in mails. `problem` says in words why it ended early, empty where it did not.

    `known` were read before, `later` wait for the next reading; of `unfiled` a person has to look at each.
    """

    bounces: int = 0
    delayed: int = 0
    automatic: int = 0
    replies: int = 0
    unfiled: int = 0
    known: int = 0
    later: int = 0
    problem: str = ""


def read_returns(
    db: Engine,
    settings: Settings,
    now: datetime,
    opened: Callable[[str], AbstractContextManager[Mailbox]] = mailbox_at,
    most: int = MOST,
) -> Read:
    """Read the mailbox of the settings; nothing where none is set, or while another reads it. Blocks."""
    if not settings.returns_url:
        return Read()
    with alone(db, "returns") as hold:
        if not hold.mine:
            return Read(problem="another reading is under way")
        found: Counter[str] = Counter()
        problem = ""
        try:
            with opened(settings.returns_url) as box:
                _read_all(db, settings, box, now, most, found)
        except (MailboxAway, StoreAway) as error:
            problem = str(error)
        except SettingsError as error:
            problem = error.problems[0]
        if problem:
            log.warning("the return mailbox could not be read: %s", problem)
        note_reading(db, now, problem)
        return _counted(found, problem)


def take(db: Engine, archive: Callable[[], Archive], mail: Returned, now: datetime) -> str:
    """Do what follows from one mail and keep it; returns what became of it: DONE, UNFILED, KNOWN or LATER.

    Safe to repeat. Raises StoreAway when what came with it cannot be kept now.
    """
    with Session(db) as session:
        if session.exec(select(InboundMail.id).where(InboundMail.message_key == mail.key)).first():
            return KNOWN
        what = about(session, mail)
        if mail.kind is Kind.BOUNCE and what.digest_id and _is_being_sent(session, what.digest_id):
            return LATER  # who sends it would write over what is done now
    _follow(db, mail, what, now)
    laid_by, refused = _laid_by(archive, mail)
    return _keep(db, mail, what, _status(mail, what), laid_by, (*refused, *mail.left_out), now)


def _read_all(db: Engine, settings: Settings, box: Mailbox, now: datetime, most: int, found: Counter[str]) -> None:
    for waiting in box.waiting(most):
        mail = understood(waiting.raw, london_day(now), whole=waiting.whole)
        became = _taken(db, settings, mail, now)
        found[became] += 1
        found[mail.kind] += became in (DONE, UNFILED)
        if became != LATER:
            box.put_aside(waiting.name)


def _taken(db: Engine, settings: Settings, mail: Returned, now: datetime) -> str:
    """One mail that does harm stops no other: it is kept for a person, without what could not be dealt with."""
    try:
        return take(db, lambda: archive_of(settings), mail, now)
    except (StoreAway, SettingsError, OperationalError):
        raise  # nothing is wrong with the mail
    except Exception as error:
        log.warning("a mail that came back could not be dealt with (%s); it waits to be filed", type(error).__name__)
        said = ("It could not be dealt with. What came with it is in the mailbox.",)
        return _keep(db, mail, About(), UNFILED, (), said, now)


def _counted(found: Counter[str], problem: str) -> Read:
    return Read(
        bounces=found[Kind.BOUNCE],
        delayed=found[Kind.DELAYED],
        automatic=found[Kind.AUTOMATIC],
        replies=found[Kind.REPLY] + found[Kind.UNKNOWN],
        unfiled=found[UNFILED],
        known=found[KNOWN],
        later=found[LATER],
        problem=problem,
    )


def _is_being_sent(session: Session, digest_id: UUID) -> bool:
    query = select(Message.id).where(Message.digest_id == digest_id, Message.status == SENDING)
    return session.exec(query.limit(1)).first() is not None


def _follow(db: Engine, mail: Returned, what: About, now: datetime) -> None:
    if what.digest_id is None:
        return
    if mail.kind is Kind.BOUNCE:
        note_fate(db, what.digest_id, BOUNCED, now, code=what.code, detail=f"came back: {what.code}".rstrip(": "))
    elif mail.kind is Kind.DELAYED and not _fate(db, what.digest_id):
        note_fate(db, what.digest_id, DELAYED, now, code=what.code)
    elif mail.kind is Kind.AUTOMATIC and mail.until:
        away(db, what.digest_id, mail.until, now)


def _fate(db: Engine, digest_id: UUID) -> str:
    with Session(db) as session:
        return session.get_one(Digest, digest_id).fate


def _status(mail: Returned, what: About) -> str:
    """A machine's word is dealt with, unless it brought papers or says of nobody knows which letter that it failed."""
    if mail.kind is Kind.BOUNCE:
        return DONE if what.certain else UNFILED
    if mail.kind is Kind.DELAYED:
        return DONE
    return DONE if mail.kind is Kind.AUTOMATIC and not mail.attachments else UNFILED


def _laid_by(archive: Callable[[], Archive], mail: Returned) -> tuple[list[LaidBy], list[str]]:
    """What came with a mail, checked and sealed in the store; and what was refused, in sentences."""
    taken: list[LaidBy] = []
    refused: list[str] = []
    for paper in mail.attachments:
        try:
            taken.append(lay_by(archive(), check(paper.name, paper.content)))
        except NotTaken as error:
            refused.append(error.sentence)
    return taken, refused


def _keep(
    db: Engine,
    mail: Returned,
    what: About,
    status: str,
    laid_by: list[LaidBy] | tuple[()],
    said: tuple[str, ...],
    now: datetime,
) -> str:
    try:
        with Session(db) as session, session.begin():
            row = _row(mail, what, status, said, now)
            session.add(row)
            session.flush()
            for each in laid_by:
                add(session, each, purpose=REPLY, by=mail.sender, channel="mail", now=now, inbound_id=row.id)
    except IntegrityError:
        return KNOWN
    return status


def _row(mail: Returned, what: About, status: str, said: tuple[str, ...], now: datetime) -> InboundMail:
    # Nobody reads again what a machine wrote: of that only what was made of it is kept.
    read = status == UNFILED
    outcome = f"away until {mail.until}" if mail.until else "\n".join(said)
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
        outcome=outcome,
        handled_at=None if read else now,
    )
