"""What one address is asked for: every open request for advice, by reference, the one that is due first on top.

Those that letters go to this address about: of its service or setting (whoever stands in for it while there is cover),
those that were passed on to it, and those that it was sent a link of. A restricted child's request stands here for
whoever was asked, as it does in the letters.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, text
from sqlmodel import Session, col, func, or_, select

from casework.cases import authority
from casework.errors import Refused
from casework.listing.details import promised
from casework.recipients import Directory, service_chain, setting_chain
from casework.secure_links.making import Opens, good_link, secret_to
from casework.service_requests import SHOWN
from config.clock import london_day
from config.settings import Settings
from post.words import advice_in_words
from records.ledger import facts_of_many
from records.tables import AdviceRequest, Body, Setting
from statute.advice import requests
from statute.kind import ASSESSMENT
from statute.ladder import Role
from statute.standing import standing

SIZE = 50
"""Rows of a page."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One open request: `what` is the advice in plain words, `service` who was asked.

    `due` is the legal day, `norm` the council's own earlier one, both None while the papers are still to come, so that
    no clock runs. `late` are calendar days past the legal day. `lifted`: one of the law's exceptions applies, and the
    advice is wanted as soon as practicable. `promised` is the day that was named last.
    """

    request_id: UUID
    process_id: UUID
    mail_ref: str
    what: str
    service: str
    asked: date | None
    due: date | None
    norm: date | None
    promised: date | None
    late: int
    left: int | None
    lifted: bool


# Of its own service the first in line is written to; the others of the line once they were sent a link.
_MINE = (
    "SELECT a.id, a.process_id, a.subject, p.mail_ref, coalesce(b.name, g.name, '') AS service, s.subject AS shown, "  # noqa: S608
    "s.start, s.legal_due, s.norm_due, s.standing, count(*) OVER () AS total, "
    "count(*) FILTER (WHERE s.standing = 'open' AND s.legal_due < :day) OVER () AS late "
    "FROM process p JOIN advice_request a ON a.process_id = p.id "
    "JOIN person n ON n.id = p.person_id AND n.text_key IS NOT NULL "
    "LEFT JOIN body b ON b.id = a.body_id LEFT JOIN setting g ON g.urn = a.setting_urn AND g.authority = a.authority "
    "LEFT JOIN deadline s ON s.process_id = a.process_id AND s.service = a.category AND s.to_day IS NULL "
    f"AND s.limit_id IN ('reg8_advice', 'code_advice') AND {SHOWN} "
    f"WHERE p.authority = :authority AND p.kind = '{ASSESSMENT}' AND p.ended_on IS NULL AND a.mode = 'seek' "
    "AND (s.standing IN ('open', 'lifted') OR s.standing IS NULL AND a.announced_at IS NOT NULL) "
    "AND (lower(a.asked_of) = :who "
    "OR a.asked_of IS NULL AND (a.body_id = ANY(:bodies) OR a.setting_urn = ANY(:settings)) "
    "OR (a.body_id = ANY(:known_bodies) OR a.setting_urn = ANY(:known_settings)) AND a.id IN "
    "(SELECT l.request_id FROM secure_link l WHERE l.recipient = :who AND l.kind = 'request' "
    "AND l.revoked_at IS NULL AND l.expires_at > :now)) "
    "ORDER BY coalesce(s.legal_due, 'infinity'), p.mail_ref, a.subject"
)


@dataclass(frozen=True, slots=True)
class Mine:
    """A page of what an address is asked for (one row more than it holds, if there is another), and how many in all."""

    rows: Sequence[Wanted]
    total: int = 0
    late: int = 0


def wanted_of(db: Engine, recipient: str, now: datetime, *, page: int | None = 1) -> Mine:
    """What this address is asked for at `now`; without a page all of it, in one fixed number of questions."""
    with Session(db) as session:
        return wanted_in(session, recipient, now, page=page)


def wanted_in(session: Session, recipient: str, now: datetime, *, page: int | None = None) -> Mine:
    """The same within a session."""
    today = london_day(now)
    paged = "" if page is None else " LIMIT :most OFFSET :skip"
    bound = {**_whose(session, recipient, today), "authority": authority(), "day": today, "now": now}
    if page is not None:
        bound |= {"most": SIZE + 1, "skip": SIZE * (page - 1)}
    found = session.connection().execute(text(_MINE + paged), bound).all()
    said = _promises(session, {row.process_id for row in found if row.standing}, today)
    rows = [_wanted(row, said.get((row.process_id, row.subject)), today) for row in found]
    return Mine(rows, found[0].total, found[0].late) if found else Mine(())


def link_to(db: Engine, settings: Settings, recipient: str, request_id: UUID, now: datetime) -> UUID | None:
    """The id of the link of one of these requests to that address, made if need be; None when it is none of them.

    Asked for twice it is the same link. Raises Refused when the house has no key.
    """
    with Session(db) as session, session.begin():
        mine = {each.request_id for each in wanted_in(session, recipient, now).rows}
        if request_id not in mine:
            return None
        request = session.get_one(AdviceRequest, request_id)
        secret = secret_to(session, settings, Opens.REQUEST, recipient, now, request=request)
        link = good_link(session, secret, now)
        if link is None:
            raise Refused("The link was revoked at this moment. Open your list again.")
        return link.id


def _whose(session: Session, recipient: str, today: date) -> dict[str, Any]:
    """The services and settings whose letters go to this address first, and those in whose line it stands at all."""
    directory, who = Directory(session, authority(), today), recipient.lower()
    bodies = directory.bodies.values()
    settings = _settings_at(session, who)
    return {
        "who": who,
        "bodies": [each.id for each in bodies if directory.asked_at(each)[:1] == (who,)],
        "settings": [each.urn for each in settings if setting_chain(Role.ADVISER, each)[:1] == (who,)],
        "known_bodies": [each.id for each in bodies if who in _line(directory, each)],
        "known_settings": [each.urn for each in settings],
    }


def _line(directory: Directory, body: Body) -> Sequence[str]:
    above = (*service_chain(Role.SERVICE_MANAGER, body), *service_chain(Role.SERVICE_LEAD, body))
    return (*directory.asked_at(body), *above)


def _settings_at(session: Session, who: str) -> Sequence[Setting]:
    theirs = or_(func.lower(col(Setting.email)) == who, func.lower(col(Setting.head_email)) == who)
    return session.exec(select(Setting).where(Setting.authority == authority(), theirs)).all()


def _promises(session: Session, ids: set[UUID], today: date) -> Mapping[tuple[UUID, str], date | None]:
    facts = facts_of_many(session, ids) if ids else {}
    return {
        (process, request.key): promised(request)
        for process, known in facts.items()
        for request in requests(standing(known, today))
        if request.is_open
    }


def _wanted(row: Any, promised_for: date | None, today: date) -> Wanted:
    lifted = row.standing == "lifted"
    left = (row.legal_due - today).days if row.legal_due else None
    return Wanted(
        request_id=row.id,
        process_id=row.process_id,
        mail_ref=row.mail_ref,
        what=advice_in_words(row.subject),
        service=row.service,
        asked=row.start,
        due=row.legal_due,
        norm=row.norm_due,
        promised=promised_for,
        late=max(0, -left) if left is not None and not lifted else 0,
        left=left,
        lifted=lifted,
    )
