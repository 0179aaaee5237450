"""Links that sign one officer in once, within an hour: the first administrator's way in, or when mail fails."""

import hmac
import re
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe
from uuid import UUID, uuid4

from sqlalchemy import Engine, update
from sqlmodel import Session, col, select

from casework.actor import Actor
from casework.cases import authority
from casework.directory_rows import Wrong, officer_values
from casework.errors import Refused
from casework.sheets import Row
from casework.sign_in.staff import Staff, staff_called, staff_named
from config.log import get_log
from records.tables import LoginCode, Officer

LINK = "link"
VALID = timedelta(hours=1)
_TOKEN = re.compile(r"([0-9a-f]{32})([0-9A-Za-z_-]{43})")

log = get_log(__name__)


def make_link(db: Engine, username: str, actor: Actor, now: datetime) -> str:
    """The secret of a link for one officer, by username or mail address; earlier links of theirs are no longer good.

    Raises Refused, with what to do, when no active officer is meant.
    """
    staff = staff_called(db, username)
    if staff is None:
        raise Refused(_unknown(db, username))
    number, secret = uuid4(), token_urlsafe(32)
    with Session(db) as session, session.begin():
        earlier = update(LoginCode).where(
            col(LoginCode.authority) == authority(),
            col(LoginCode.username) == staff.username,
            col(LoginCode.kind) == LINK,
            col(LoginCode.used_at).is_(None),
        )
        session.connection().execute(earlier.values(used_at=now))
        row = LoginCode(
            authority=authority(),
            id=number,
            kind=LINK,
            username=staff.username,
            secret_hash=_hash(secret),
            created_at=now,
            expires_at=now + VALID,
        )
        session.add(row)
    log.info("sign_in_link_made", username=staff.username, by=actor.name, channel=actor.channel)
    return number.hex + secret


def whose_link(db: Engine, token: str, now: datetime) -> Staff | None:
    """Whom a link would sign in; None when it is unknown, used, too old or of somebody who left. Uses nothing up."""
    with Session(db) as session:
        row = _good(session, token, now)
        return staff_named(db, row.username) if row else None


def use_link(db: Engine, token: str, now: datetime) -> str | None:
    """The username whom a link signs in; None as for `whose_link`. It is used up by this."""
    with Session(db) as session, session.begin():
        row = _good(session, token, now, lock=True)
        if row is None or staff_named(db, row.username) is None:
            return None
        row.used_at = now
        return row.username


def add_first_admin(db: Engine, username: str, name: str, email: str, actor: Actor) -> None:
    """Put an administrator into a directory that has none. Raises Refused when it has one, or the entry is faulty."""
    try:
        values = officer_values(Row(0, {"username": username, "name": name, "email": email, "role": "admin"}))
    except Wrong as error:
        raise Refused(list(error.messages)) from error
    if not values["email"]:
        raise Refused("An administrator needs a mail address: sign-in codes go there.")
    with Session(db) as session, session.begin():
        query = select(Officer).where(Officer.authority == authority(), col(Officer.active))
        there = session.exec(query.where((Officer.role == "admin") | (Officer.username == values["username"]))).first()
        if there is not None:
            what = "is in the directory already" if there.username == values["username"] else "administers this house"
            raise Refused(f"{there.username} {what}: nobody was added. People are added on the page 'People'.")
        session.add(Officer(authority=authority(), **values))
    log.info("first_admin_added", username=str(values["username"]), by=actor.name, channel=actor.channel)


def _good(session: Session, token: str, now: datetime, *, lock: bool = False) -> LoginCode | None:
    read = _TOKEN.fullmatch(token)
    if read is None:
        return None
    query = select(LoginCode).where(
        LoginCode.authority == authority(),
        LoginCode.id == UUID(read.group(1)),
        LoginCode.kind == LINK,
        col(LoginCode.used_at).is_(None),
        col(LoginCode.expires_at) > now,
    )
    row = session.exec(query.with_for_update() if lock else query).first()
    return row if row and hmac.compare_digest(row.secret_hash, _hash(read.group(2))) else None


def _unknown(db: Engine, username: str) -> list[str]:
    query = select(Officer).where(Officer.authority == authority(), Officer.username == username.strip())
    with Session(db) as session:
        officer = session.exec(query).first()
    if officer is not None:
        return [f"{username} is no longer active. Say active = yes in a file, and import it: ehcp officers import FILE"]
    return [
        f"{username} is not in the directory of officers, or two people there are meant.",
        "Write a file with the columns username, name, email, role (admin for an administrator), then: "
        "ehcp officers import FILE",
        f"For the first administrator this is enough: ehcp login-link {username} --admin 'NAME' ADDRESS",
    ]


def _hash(secret: str) -> bytes:
    return sha256(secret.encode()).digest()
