"""The directories as people look at them: officers with their cases, services and settings with their addresses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Engine, text

from casework.actor import Actor
from casework.cases import authority
from casework.in_hand import COUNTED

PAGE = 50

_OFFICERS = text(f"""
SELECT o.username, o.name, o.email, o.team, o.manager_email, o.role, o.active,
    coalesce(c.assessments + c.plans, 0) AS open_cases,
    (SELECT max(s.seen_at) FROM web_session s WHERE s.username = o.username AND s.authority = o.authority) AS seen_at
FROM officer o LEFT JOIN ({COUNTED}) c ON c.officer = o.username
WHERE o.authority = :authority ORDER BY o.active DESC, lower(o.name)
""")  # noqa: S608 - no words of users

# The last try counts: an address that took mail again is well again.
_LAST = "SELECT DISTINCT ON (recipient) recipient, at, outcome, code FROM delivery_attempt ORDER BY recipient, at DESC"

_SERVICES = text("""
SELECT b.category, b.code, b.name, b.section_31, b.email, b.manager_email, b.lead_email, b.fallback_email, b.active,
    (SELECT min(c.stand_in) FROM cover c WHERE c.kind = 'service' AND c.authority = b.authority AND c.ended_on IS NULL
        AND c.who = b.category || '/' || b.code AND :today BETWEEN c.first AND c.last) AS stand_in,
    (SELECT max(c.last) FROM cover c WHERE c.kind = 'service' AND c.authority = b.authority AND c.ended_on IS NULL
        AND c.who = b.category || '/' || b.code AND :today BETWEEN c.first AND c.last) AS stand_in_until
FROM body b WHERE b.authority = :authority ORDER BY b.category, b.position, b.code
""")

_SETTINGS = text("""
SELECT s.urn, s.name, s.email, s.head_email FROM setting s
WHERE s.authority = :authority AND (:part = '' OR s.name ILIKE '%' || :part || '%' OR s.urn = :part)
AND (s.name, s.urn) > (:after_name, :after_urn) AND (NOT :silent OR s.email IS NULL)
ORDER BY s.name, s.urn LIMIT :page
""")

_REFUSED = text(f"SELECT recipient, at, code FROM ({_LAST}) t WHERE outcome = 'permanent' ORDER BY at DESC LIMIT 200")  # noqa: S608


@dataclass(frozen=True, slots=True)
class OfficerLine:
    """One of the staff: `open_cases` counts assessments and plans that are open, `seen_at` the last page asked for."""

    username: str
    name: str
    email: str | None
    team: str | None
    manager_email: str | None
    role: str
    active: bool
    open_cases: int = 0
    seen_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """A body that gives advice; `stand_in` is written to instead until (and on) the day `stand_in_until`."""

    category: str
    code: str
    name: str
    section_31: bool
    email: str | None
    manager_email: str | None
    lead_email: str | None
    fallback_email: str | None
    active: bool
    stand_in: str | None = None
    stand_in_until: date | None = None


@dataclass(frozen=True, slots=True)
class SettingLine:
    """A school or other setting."""

    urn: str
    name: str
    email: str | None
    head_email: str | None


@dataclass(frozen=True, slots=True)
class Refusing:
    """An address whose mail server refused the last letter for good (a bounce), and with which answer."""

    recipient: str
    at: datetime
    code: int | None


def officers(db: Engine, actor: Actor | None) -> Sequence[OfficerLine]:
    """All staff, those still here first. Restricted people count where the actor is named; for nobody, all do."""
    return [OfficerLine(**row) for row in _rows(db, _OFFICERS, viewer=actor.name if actor else None)]


def services(db: Engine, today: date) -> Sequence[ServiceLine]:
    """All bodies, in the order in which they are asked within their category, with who stands in on `today`."""
    return [ServiceLine(**row) for row in _rows(db, _SERVICES, today=today)]


def settings(
    db: Engine, part: str = "", *, after: tuple[str, str] = ("", ""), silent: bool = False, page: int = PAGE
) -> Sequence[SettingLine]:
    """Settings by name, a page behind the name and URN in `after`; `silent`: only those without an address."""
    literal = part.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    bound = {"part": literal, "after_name": after[0], "after_urn": after[1], "silent": silent, "page": page}
    return [SettingLine(**row) for row in _rows(db, _SETTINGS, **bound)]


def refusing(db: Engine) -> Sequence[Refusing]:
    """Addresses that refused the last letter sent to them, the newest first; at most two hundred."""
    return [Refusing(**row) for row in _rows(db, _REFUSED)]


def _rows(db: Engine, query: Any, **bound: Any) -> list[dict[str, Any]]:
    with db.connect() as connection:
        return [dict(row) for row in connection.execute(query, {"authority": authority(), **bound}).mappings()]
