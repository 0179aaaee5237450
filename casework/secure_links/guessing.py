"""Guessing at the code of a link: the right one begins a visit, five wrong ones lock the link for an hour.

Wrong guesses are counted by the secret that stands in the address, whether or not there is such a link, whichever
browser they come from and however often a new code was asked for: so that six figures are enough, and a link that never
was answers like one that is.
"""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Engine, text
from sqlmodel import Session, col, select

from casework.cases import authority
from casework.locks import HOLD
from casework.secure_links.making import Opens, hash_of, is_good
from casework.secure_links.opening import still_opens
from casework.secure_links.visits import begin_visit
from casework.sign_in.codes import GUESSES
from casework.sign_in.keys import browser_hash, keyed
from config.log import get_log
from config.settings import Settings
from records.tables import LinkCode, SecureLink

LOCKED_FOR = timedelta(hours=1)
WRONG, LOCKED = "wrong", "locked"

_LOCK = text(HOLD)
_COUNTED = text("""
SELECT outcome, at FROM sign_in_attempt WHERE authority = :authority AND key = :key AND at > :since ORDER BY at
""")
_COUNT = text("""
INSERT INTO sign_in_attempt (authority, at, key, what, outcome) VALUES (:authority, :now, :key, 'link_code', :outcome)
""")

log = get_log(__name__)


class Came(StrEnum):
    """What a guess came to."""

    RIGHT = "right"
    WRONG = "wrong"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class Guessed:
    """What a guess came to: what is opened and the secret of the visit, how many guesses are `left`, or until when the
    link is locked (aware)."""

    came: Came
    link_id: UUID | None = None
    opens: Opens | None = None
    secret: str = ""
    left: int = 0
    until: datetime | None = None


def guess(
    db: Engine, settings: Settings, token: str, browser: str, code: str, now: datetime, *, earlier: str = ""
) -> Guessed:
    """Try a code (six figures) in the browser that asked for it. A right one is used up and begins a visit.

    `earlier` is the secret of the visit that this browser held before, which ends.
    """
    with Session(db) as session, session.begin():
        # Any number of guesses at once are guesses one by one: no more than five are looked at, and one visit begins.
        session.connection().execute(_LOCK, {"who": [_key(settings, token)]})
        if until := locked_until(session, settings, token, now):
            return Guessed(Came.LOCKED, until=until)
        found = _asked_for(session, token, browser, now)
        if found is None or not _is_right(settings, found[0], code) or not still_opens(session, found[1], now):
            return _wrong(session, settings, token, found[1] if found else None, now)
        row, link = found
        row.used_at = now
        secret = begin_visit(session, link, now, earlier)
        log.info("link_opened", link=link.id, kind=link.kind)
        return Guessed(Came.RIGHT, link.id, Opens(link.kind), secret)


def lock_of(db: Engine, settings: Settings, token: str, now: datetime) -> datetime | None:
    """Until when no code of this link is taken; None when it is not locked."""
    with Session(db) as session:
        return locked_until(session, settings, token, now)


def locked_until(session: Session, settings: Settings, token: str, now: datetime) -> datetime | None:
    """Until when no code of this link is taken; None when it is not locked."""
    at = [at for outcome, at in _counted(session, settings, token, now) if outcome == LOCKED]
    return max(at) + LOCKED_FOR if at else None


def code_hash(settings: Settings, number: UUID, code: str) -> bytes:
    """What is kept of a code: without the key, which is not in the database, it tells nothing."""
    return keyed(settings, "link code", str(number), code)


def _asked_for(session: Session, token: str, browser: str, now: datetime) -> tuple[LinkCode, SecureLink] | None:
    """The newest code that this browser asked for, with its link, if both are good. One question, whatever there is."""
    query = select(LinkCode, SecureLink).where(
        LinkCode.link_id == SecureLink.id,
        SecureLink.token_hash == hash_of(token),
        SecureLink.authority == authority(),
        is_good(now),
        LinkCode.browser_hash == browser_hash(browser),
        col(LinkCode.used_at).is_(None),
        col(LinkCode.expires_at) > now,
    )
    return session.exec(query.order_by(col(LinkCode.created_at).desc()).limit(1)).first()


def _is_right(settings: Settings, row: LinkCode, code: str) -> bool:
    return hmac.compare_digest(row.secret_hash, code_hash(settings, row.id, code))


def _wrong(session: Session, settings: Settings, token: str, link: SecureLink | None, now: datetime) -> Guessed:
    counted = [outcome for outcome, _ in _counted(session, settings, token, now)]
    left = GUESSES - counted.count(WRONG) - 1
    _count(session, settings, token, WRONG, now)
    log.warning("link_code_wrong", link=link.id if link else None, left=left)
    if left > 0:
        return Guessed(Came.WRONG, left=left)
    _count(session, settings, token, LOCKED, now)
    log.warning("link_locked", link=link.id if link else None)
    return Guessed(Came.LOCKED, until=now + LOCKED_FOR)


def _counted(session: Session, settings: Settings, token: str, now: datetime) -> list[tuple[str, datetime]]:
    bound = {"authority": authority(), "key": _key(settings, token), "since": now - LOCKED_FOR}
    return [(row.outcome, row.at) for row in session.connection().execute(_COUNTED, bound)]


def _count(session: Session, settings: Settings, token: str, outcome: str, now: datetime) -> None:
    bound = {"authority": authority(), "key": _key(settings, token), "now": now, "outcome": outcome}
    session.connection().execute(_COUNT, bound)


def _key(settings: Settings, token: str) -> str:
    return keyed(settings, "link code tries", hash_of(token).hex()).hex()
