"""Six figures to the address of a link: bound to the browser that asked, good for fifteen minutes, used once.

All of it is done behind the answer, whatever the link is: neither page nor time tells whether there ever was one.
"""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import randbelow
from uuid import UUID, uuid4

from sqlalchemy import Engine, update
from sqlmodel import Session, col, select

from casework.cases import authority
from casework.mailing import courier_of, house_of
from casework.secure_links.guessing import code_hash, locked_until
from casework.secure_links.making import Opens, good_link, hash_of
from casework.secure_links.opening import still_opens
from casework.sign_in.codes import DIGITS, VALID_MINUTES
from casework.sign_in.keys import browser_hash
from casework.sign_in.limits import LINK_ASK, LINK_GUESS, admit
from config.log import get_log
from config.settings import Settings
from post.errors import PostError
from post.link_code import link_code_letter
from records.tables import LinkCode, Process, SecureLink

log = get_log(__name__)


@dataclass(frozen=True, slots=True)
class Made:
    """A code that was made, and what its mail says."""

    id: UUID
    code: str
    at: datetime
    link_id: UUID
    to: str
    opens: str
    ref: str


def admit_asking(db: Engine, settings: Settings, token: str, address: str, now: datetime) -> None:
    """Count one asking for a code of this link, which need not exist. Raises TooOften."""
    admit(db, settings, LINK_ASK, hash_of(token).hex(), address, now)


def admit_guessing(db: Engine, settings: Settings, address: str, now: datetime) -> None:
    """Count one guess from this address of the network, at whatever link. Raises TooOften."""
    admit(db, settings, LINK_GUESS, "", address, now)


def send_code(db: Engine, settings: Settings, token: str, browser: str, now: datetime) -> None:
    """Mail a code to the address of the link, if it is one that opens something. What goes wrong is in the log."""
    made = make_code(db, settings, token, browser, now)
    if made is not None and _is_mailed(settings, made):
        log.info("link_code_sent", link=made.link_id)


def make_code(db: Engine, settings: Settings, token: str, browser: str, now: datetime) -> Made | None:
    """A code for this browser, whose earlier one for the link is no longer good; None where nothing would be opened."""
    with Session(db) as session, session.begin():
        link = good_link(session, token, now)
        if link is None or link.kind == Opens.CALENDAR or not still_opens(session, link, now):
            return None
        if locked_until(session, settings, token, now):
            return None
        _throw_away(session, link, browser, now)
        made = _made(session, link, now)
        row = LinkCode(
            authority=authority(),
            id=made.id,
            link_id=link.id,
            secret_hash=code_hash(settings, made.id, made.code),
            browser_hash=browser_hash(browser),
            created_at=now,
            expires_at=now + timedelta(minutes=VALID_MINUTES),
        )
        session.add(row)
        return made


def _made(session: Session, link: SecureLink, now: datetime) -> Made:
    ref = session.exec(select(Process.mail_ref).where(Process.id == link.process_id)).first()
    code = f"{randbelow(10**DIGITS):0{DIGITS}}"
    return Made(uuid4(), code, now, link.id, link.recipient, link.kind, ref or "")


def _throw_away(session: Session, link: SecureLink, browser: str, now: datetime) -> None:
    # Only this browser's: nobody can spoil another's by asking, which whoever was forwarded the mail could.
    earlier = update(LinkCode).where(
        col(LinkCode.link_id) == link.id,
        col(LinkCode.browser_hash) == browser_hash(browser),
        col(LinkCode.used_at).is_(None),
    )
    session.connection().execute(earlier.values(used_at=now))


def _is_mailed(settings: Settings, made: Made) -> bool:
    try:
        letter = link_code_letter(
            made.to,
            made.code,
            made.opens,
            made.ref,
            VALID_MINUTES,
            house_of(settings),
            f"link code {made.id}",
            made.at,
        )
        delivery = asyncio.run(courier_of(settings).deliver(letter))
    except PostError as error:
        log.error("link_code_not_sent", error=error, link=made.link_id)
        return False
    if not delivery.accepted:
        log.error("link_code_not_sent", link=made.link_id, outcome=delivery.outcome, smtp=delivery.code)
    return delivery.accepted
