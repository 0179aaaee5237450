"""Six figures by mail: bound to the browser that asked, good for fifteen minutes, five guesses and one use."""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from secrets import randbelow
from uuid import UUID, uuid4

from sqlalchemy import Engine, update
from sqlmodel import Session, col, select

from casework.cases import authority
from casework.sign_in.keys import browser_hash, keyed
from casework.sign_in.staff import Staff, staff_called
from config.settings import Settings
from records.tables import LoginCode

CODE = "code"
DIGITS = 6
VALID_MINUTES = 15
GUESSES = 5
# What stands for the username where nobody was meant: no officer can be called that.
NOBODY = "?"


@dataclass(frozen=True, slots=True)
class Made:
    """A code that was made. `staff` is whom to mail it to; None: nobody was meant, and it opens nothing."""

    id: UUID
    code: str
    at: datetime
    staff: Staff | None


class Answer(StrEnum):
    """What a guess came to."""

    RIGHT = "right"
    WRONG = "wrong"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Guess:
    """What a guess came to: `username` when it was right, `left` how many more there are when it was wrong."""

    answer: Answer
    username: str = ""
    left: int = 0


def make_code(db: Engine, settings: Settings, typed: str, browser: str, now: datetime) -> Made:
    """A code for whoever was meant by what was typed; the browser's earlier one is no longer good.

    Whether or not anybody was meant the same is done, in the same time: a code is made and kept for this browser. It
    replaces only the code of this browser, so that nobody can spoil another's by asking in their name.
    """
    staff = staff_called(db, typed)
    if staff is not None and not staff.email:
        staff = None
    made = Made(uuid4(), f"{randbelow(10**DIGITS):0{DIGITS}}", now, staff)
    with Session(db) as session, session.begin():
        _throw_away(session, browser, now)
        row = LoginCode(
            authority=authority(),
            id=made.id,
            kind=CODE,
            username=staff.username if staff else NOBODY + keyed(settings, "nobody", typed.lower()).hex(),
            secret_hash=_hash(settings, made.id, made.code),
            browser_hash=browser_hash(browser),
            created_at=now,
            expires_at=now + timedelta(minutes=VALID_MINUTES),
        )
        session.add(row)
    return made


def asked_for(db: Engine, browser: str, now: datetime) -> str | None:
    """For whom (as the limits count them) this browser's code is; None when it has none that is still good."""
    with Session(db) as session:
        row = _good(session, browser, now)
        return row.username if row else None


def guess(db: Engine, settings: Settings, browser: str, code: str, now: datetime) -> Guess:
    """Try a code (six figures) in the browser that asked for it. A right one is used up by this."""
    with Session(db) as session, session.begin():
        row = _good(session, browser, now, lock=True)
        if row is None:
            return Guess(Answer.OVER)
        if hmac.compare_digest(row.secret_hash, _hash(settings, row.id, code)) and not row.username.startswith(NOBODY):
            row.used_at = now
            return Guess(Answer.RIGHT, row.username)
        row.tries += 1
        left = GUESSES - row.tries
        return Guess(Answer.WRONG, left=left) if left else Guess(Answer.OVER)


def _good(session: Session, browser: str, now: datetime, *, lock: bool = False) -> LoginCode | None:
    """The browser's newest code that can still be used; locked, so that guesses at once are guesses one by one."""
    query = select(LoginCode).where(
        LoginCode.authority == authority(),
        LoginCode.browser_hash == browser_hash(browser),
        LoginCode.kind == CODE,
        col(LoginCode.used_at).is_(None),
        col(LoginCode.expires_at) > now,
    )
    query = query.order_by(col(LoginCode.created_at).desc()).limit(1)
    row = session.exec(query.with_for_update() if lock else query).first()
    return row if row and row.tries < GUESSES else None


def _throw_away(session: Session, browser: str, now: datetime) -> None:
    earlier = update(LoginCode).where(
        col(LoginCode.authority) == authority(),
        col(LoginCode.browser_hash) == browser_hash(browser),
        col(LoginCode.used_at).is_(None),
    )
    session.connection().execute(earlier.values(used_at=now))


def _hash(settings: Settings, number: UUID, code: str) -> bytes:
    # A million codes are tried in a second: without the key, which is not in the database, that tells nothing.
    return keyed(settings, "code", str(number), code)
