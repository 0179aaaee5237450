"""Taking cover back: who stood in is asked no more, and what letters to a service's stand-in linked to is closed.

Cover of a service can be noted to a wrong address: whoever has that must not open what was sent to it meanwhile.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Engine
from sqlmodel import Session, col, func, or_, select

from casework.actor import Actor
from casework.cases import authority
from casework.cover import SERVICE
from casework.errors import Refused
from casework.recipients import Directory
from casework.secure_links.making import Opens, revoke
from config.clock import london_day
from post.addresses import normalised
from records.tables import AdviceRequest, Body, Cover, SecureLink


def end_cover(db: Engine, cover: UUID, actor: Actor, now: datetime, *, who: str | None = None) -> Cover:
    """Take cover back from today on; said twice it stands as it was said first.

    The links that letters to a service's stand-in held open nothing any more; an answer that is sent all the same waits
    for a caseworker. With `who` only their own cover is taken back. Raises Refused when there is no such cover, or it
    is over.
    """
    today = london_day(now)
    with Session(db, expire_on_commit=False) as session, session.begin():
        row = session.get(Cover, cover, with_for_update=True)
        if row is None or row.authority != authority() or who not in (None, row.who):
            raise Refused("There is no such cover. Reload the page: somebody may have changed it meanwhile.")
        if row.ended_on is None:
            if row.last < today:
                raise Refused("That cover is over already: there is nothing to take back.")
            row.ended_on = today
            session.add(row)
            session.flush()
            if row.kind == SERVICE:
                _close_links(session, row, now)
        return row


def _close_links(session: Session, row: Cover, now: datetime) -> None:
    """Of letters to the stand-in since the cover was noted, unless the service is written to there anyway."""
    category, _, code = row.who.partition("/")
    mine = (Body.authority == row.authority, Body.category == category, Body.code == code)
    body = session.exec(select(Body).where(*mine)).one_or_none()
    stand_in = normalised(row.stand_in).lower()
    directory = Directory(session, row.authority, london_day(now))
    if body is None or stand_in in (*directory.asked_at(body), *directory.told_at(body)):
        return
    passed_on = col(AdviceRequest.asked_of).is_not_distinct_from(stand_in)
    theirs = select(AdviceRequest.id).where(AdviceRequest.body_id == body.id, ~passed_on)
    which = or_(col(SecureLink.request_id).in_(theirs), *(_is_notice(each) for each in (category, row.who)))
    written = (SecureLink.recipient == stand_in, SecureLink.made_at >= row.noted_at)
    revoke(session, "cover taken back", now, *written, which)


def _is_notice(service: str) -> ColumnElement[bool]:
    """That a link opens what this service must be told: what it is about ends in it."""
    ends = func.right(col(SecureLink.subject), len(service) + 1) == f"/{service}"
    return (col(SecureLink.kind) == Opens.NOTICE.value) & ends
