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
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, select

from casework.deliveries import BOUNCED, DELAYED, note_fate
from casework.locks import alone
from casework.return_absence import away
from casework.return_keeping import DONE, KNOWN, UNFILED, is_known, keep, laid_by_for, status_of
from casework.return_matching import About, about, speaks_for_another
from casework.return_watch import note_reading
from casework.statuses import SENDING
from config.clock import london_day
from config.errors import SettingsError
from config.settings import Settings
from documents.errors import StoreAway
from documents.house import Archive, archive_of
from post.returns.mail import Kind, Returned, understood
from post.returns.mailbox import Mailbox, MailboxAway, mailbox_at
from records.tables import Digest, Message

LATER = "later"
MOST = 200
"""How many mails one reading takes; the others wait for the next."""
_NOT_THEIRS = "That somebody is away: it does not come from the address that our letter went to. Nobody was told of it."

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
    if is_known(db, mail):
        return KNOWN
    with Session(db) as session:
        what = about(session, mail)
        if mail.kind is Kind.BOUNCE and what.digest_id and _is_being_sent(session, what.digest_id):
            return LATER  # who sends it would write over what is done now
    _follow(db, mail, what, now)
    laid_by, refused = laid_by_for(archive, mail)
    said = (*refused, *mail.left_out, *((_NOT_THEIRS,) if speaks_for_another(mail, what) else ()))
    return keep(db, mail, what, status_of(mail, what), laid_by, said, now)


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
        return keep(db, mail, About(), UNFILED, (), said, now)


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
    elif mail.kind is Kind.AUTOMATIC and mail.until and not speaks_for_another(mail, what):
        away(db, what.digest_id, mail.until, now)


def _fate(db: Engine, digest_id: UUID) -> str:
    with Session(db) as session:
        return session.get_one(Digest, digest_id).fate
