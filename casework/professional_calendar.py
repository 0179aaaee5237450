"""What one address is asked for as a feed for calendars: the day, the kind of advice and our reference, no more.

A calendar that fetches it cannot type a code. So whoever has the address of a feed sees these days and references, and
nothing opens with it; it can be stopped, and a new one has another address.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event
from sqlalchemy import ColumnElement, Engine
from sqlmodel import Session, col, select

from casework.cases import authority
from casework.professional_list import Wanted, wanted_in
from casework.secure_links.making import Opens, good_link, hash_of, is_good, revoke, secret_to
from casework.sign_in.limits import LINK_FEED, admit
from config.settings import Settings
from records.tables import SecureLink

_EVERY = timedelta(hours=6)
"""How often a calendar should ask; many ask when they like."""


def admit_fetching(db: Engine, settings: Settings, token: str, address: str, now: datetime) -> None:
    """Count one fetching of a feed, which need not exist. Raises casework.sign_in.limits.TooOften."""
    admit(db, settings, LINK_FEED, hash_of(token).hex(), address, now)


def feed_of(db: Engine, token: str, now: datetime) -> bytes | None:
    """The feed behind a secret; None when there never was one, it was stopped or is too old."""
    with Session(db) as session:
        link = good_link(session, token, now)
        if link is None or link.kind != Opens.CALENDAR or link.authority != authority():
            return None
        return as_calendar(wanted_in(session, link.recipient, now).rows, now)


def begin_feed(db: Engine, settings: Settings, recipient: str, now: datetime) -> None:
    """Make the feed of an address; the one that there is stays. Raises Refused when the house has no key."""
    with Session(db) as session, session.begin():
        secret_to(session, settings, Opens.CALENDAR, recipient, now)


def secret_of_feed(db: Engine, settings: Settings, recipient: str, now: datetime) -> str:
    """The secret of the feed that an address has; empty when it has none."""
    with Session(db) as session, session.begin():
        has = session.exec(select(SecureLink.id).where(*_of(recipient), is_good(now))).first()
        return secret_to(session, settings, Opens.CALENDAR, recipient, now) if has else ""


def stop_feed(db: Engine, recipient: str, now: datetime) -> None:
    """Let the feed of an address show nothing any more, in whatever calendar it was put."""
    with Session(db) as session, session.begin():
        revoke(session, "stopped", now, *_of(recipient))


def as_calendar(rows: Iterable[Wanted], now: datetime) -> bytes:
    """The requests that have a day, as all-day events on their legal days (RFC 5545)."""
    calendar = Calendar()
    calendar.add("prodid", "-//EHCP Clock//Requests for advice//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Advice due")
    calendar.add("refresh-interval", _EVERY, parameters={"VALUE": "DURATION"})
    for row in rows:
        if row.due is not None:
            calendar.add_component(_event(row, now))
    return calendar.to_ical()


def _event(row: Wanted, now: datetime) -> Event:
    event = Event()
    # The same in every feed that holds it, so that a calendar moves the entry and makes no second one.
    event.add("uid", f"{row.request_id}@ehcp-clock")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", row.due)
    event.add("dtend", row.due + timedelta(days=1) if row.due else None)
    event.add("summary", f"{row.what[:1].upper()}{row.what[1:]} due: {row.mail_ref}")
    event.add("transp", "TRANSPARENT")
    return event


def _of(recipient: str) -> tuple[ColumnElement[bool], ...]:
    return (
        col(SecureLink.authority) == authority(),
        col(SecureLink.kind) == Opens.CALENDAR.value,
        col(SecureLink.recipient) == recipient,
    )
