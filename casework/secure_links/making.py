"""Making a link and finding it again. Its secret is never kept: it is worked out from its id with the house's key.

So the same letter sent twice holds the same link, and a copy of the database opens nothing.
"""

import re
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from types import MappingProxyType
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, text, update
from sqlmodel import Session, col, select

from casework.cases import authority
from casework.locks import HOLD
from casework.sign_in.keys import keyed
from config.settings import Settings
from records.tables import AdviceRequest, SecureLink

HOLD_ONE = text(HOLD)
_TOKEN = re.compile(r"[0-9A-Za-z_-]{43}")


class Opens(StrEnum):
    """What a link opens."""

    REQUEST = "request"  # one request for advice
    NOTICE = "notice"  # what a body, the social services or a head must be told of one process
    LIST = "list"  # all open requests of the address
    CALENDAR = "calendar"  # the same as a feed of days and references; asks for no code


GOOD_FOR: Mapping[Opens, timedelta] = MappingProxyType(
    {
        Opens.REQUEST: timedelta(weeks=52),
        Opens.NOTICE: timedelta(weeks=12),
        Opens.LIST: timedelta(weeks=52),
        Opens.CALENDAR: timedelta(weeks=104),
    }
)
"""How long a link can be opened, if nothing revokes it earlier."""


def secret_to(
    session: Session,
    settings: Settings,
    opens: Opens,
    recipient: str,
    now: datetime,
    *,
    request: AdviceRequest | None = None,
    process_id: UUID | None = None,
    subject: str = "",
) -> str:
    """The secret of the link of this address to that thing, made if there is none that is good: 256 bits, 43 signs.

    Raises casework.errors.Refused when the house has no key.
    """
    process = request.process_id if request else process_id
    about: dict[str, Any] = {"request_id": request.id if request else None, "process_id": process, "subject": subject}
    names = ["link", opens.value, recipient, *map(str, about.values())]
    session.connection().execute(HOLD_ONE, {"who": ["/".join(names)]})
    query = select(SecureLink).where(*_is(opens, recipient, about), is_good(now))
    link = session.exec(query).first()
    if link is None:
        session.connection().execute(
            update(SecureLink)
            .where(*_is(opens, recipient, about), col(SecureLink.revoked_at).is_(None))
            .values(revoked_at=now, revoked_why="too old")
        )
        link = SecureLink(
            id=uuid4(),
            authority=authority(),
            kind=opens.value,
            recipient=recipient,
            token_hash=b"",
            made_at=now,
            expires_at=now + GOOD_FOR[opens],
            **about,
        )
        link.token_hash = hash_of(_secret(settings, link.id))
        session.add(link)
        session.flush()
    return _secret(settings, link.id)


def good_link(session: Session, token: str, now: datetime) -> SecureLink | None:
    """The link with that secret; None when there never was one, it is too old or revoked: nobody learns which."""
    if not _TOKEN.fullmatch(token):
        return None
    return session.exec(select(SecureLink).where(SecureLink.token_hash == hash_of(token), is_good(now))).first()


def revoke(session: Session, why: str, now: datetime, *which: Any) -> None:
    """Let the links for which all of `which` (conditions on SecureLink) holds open nothing any more."""
    those = update(SecureLink).where(*which, col(SecureLink.revoked_at).is_(None))
    session.connection().execute(those.values(revoked_at=now, revoked_why=why))


def is_good(now: datetime) -> ColumnElement[bool]:
    """That a link was not revoked and is not too old, as a condition on SecureLink."""
    return col(SecureLink.revoked_at).is_(None) & (col(SecureLink.expires_at) > now)


def hash_of(token: str) -> bytes:
    """What is kept of a secret of 256 bits: nothing slower is needed."""
    return sha256(token.encode()).digest()


def _secret(settings: Settings, link_id: UUID) -> str:
    return urlsafe_b64encode(keyed(settings, "secure link", str(link_id))).rstrip(b"=").decode()


def _is(opens: Opens, recipient: str, about: Mapping[str, Any]) -> list[ColumnElement[bool]]:
    same = [col(getattr(SecureLink, name)).is_not_distinct_from(value) for name, value in about.items()]
    return [col(SecureLink.kind) == opens.value, col(SecureLink.recipient) == recipient, *same]
