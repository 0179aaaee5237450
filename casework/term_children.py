"""The children on one term list, a page at a time: however many are on it, only those shown are read in full."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import text
from sqlmodel import Session

from casework.actor import Actor
from casework.term_reviews import MET, ON_A_LIST, REVIEW, TO_DECIDE, TRANSFER, Span, bound_to, to_move

SIZE = 50
"""Rows of a page."""


@dataclass(frozen=True, slots=True)
class Child:
    """One line of a list that is sent: who it is, and by when the meeting is wanted. Legal days, unadjusted."""

    reference: str
    surname: str
    forename: str
    date_of_birth: date | None
    setting_urn: str | None
    setting: str
    meeting_by: date
    review_due: date | None
    phase_transfer_due: date | None
    caseworker: str


@dataclass(frozen=True, slots=True)
class Children:
    """One page of a list (or all of it); `number` of all children on it, `unarmed` of those.

    `restricted` are children who stand on no list and whom whoever asks may know of.
    """

    shown: Sequence[Child]
    number: int
    unarmed: int
    restricted: int


# The last day for the meeting, so that everything which follows it can be in time.
_MEETING_BY = f"min(d.legal_due - CASE WHEN d.limit_id = {TRANSFER} THEN :to_move ELSE :to_decide END)"
_AT_SETTING = "JOIN person n ON n.id = p.person_id AND n.setting_urn = :urn"
_OWN = "FROM deadline WHERE process_id = p.id AND to_day IS NULL AND standing = 'open' AND limit_id"
# Whoever has the same day as the last of a page is ordered by name with it; all others are never looked up.
_ON_PAGE = "ORDER BY meeting_by FETCH FIRST :up_to ROWS WITH TIES"
_ORDER = 'meeting_by, surname COLLATE "C", forename COLLATE "C", reference COLLATE "C"'
_CHILD = (
    "SELECT p.mail_ref AS reference, n.surname, n.forename, n.date_of_birth, n.setting_urn, "  # noqa: S608 - ours
    "coalesce(s.name, '') AS setting, near.meeting_by, "
    f"(SELECT min(legal_due) {_OWN} IN {REVIEW}) AS review_due, "
    f"(SELECT min(legal_due) {_OWN} = {TRANSFER}) AS phase_transfer_due, coalesce(o.name, '') AS caseworker "
    "FROM near JOIN process p ON p.id = near.id JOIN person n ON n.id = p.person_id "
    "LEFT JOIN setting s ON s.authority = p.authority AND s.urn = n.setting_urn "
    "LEFT JOIN officer o ON o.authority = p.authority AND o.username = p.officer"
)


def children_on(
    session: Session, span: Span, urn: str | None, actor: Actor, *, page: int | None = None, size: int = SIZE
) -> Children:
    """The children on the list of that term, of a setting or (None) of the authority, by the day of their meeting.

    The first page is 1; without a page all of them. Children who are restricted to named staff are on no list.
    """
    bound: dict[str, Any] = {
        **bound_to(span),
        "to_decide": TO_DECIDE.days,
        "to_move": to_move(span.until).days,
        "urn": urn,
        "viewer": actor.name,
    }
    if page is not None:
        bound |= {"up_to": size * page, "skip": size * (page - 1), "most": size}
    # Where there is no child, one row still says how many are restricted.
    first, *_ = found = session.connection().execute(text(_statement(urn, paged=page is not None)), bound).all()
    shown = [_child(row) for row in found if row.reference is not None]
    return Children(shown, first.number, first.unarmed, first.restricted)


def _statement(urn: str | None, *, paged: bool) -> str:
    at_setting = _AT_SETTING if urn is not None else ""
    near, limit = (_ON_PAGE, " LIMIT :most OFFSET :skip") if paged else ("", "")
    return (
        f"{MET}, due AS MATERIALIZED (SELECT p.id, p.person_id, p.armed_from, {_MEETING_BY} AS meeting_by, "  # noqa: S608
        "p.person_id IN (SELECT id FROM person WHERE sensitivity = 'restricted') AS hidden "
        f"FROM deadline d JOIN process p ON p.id = d.process_id {at_setting} WHERE {ON_A_LIST} GROUP BY p.id), "
        "numbers AS (SELECT count(*) FILTER (WHERE NOT hidden) AS number, "
        "count(*) FILTER (WHERE NOT hidden AND armed_from IS NULL) AS unarmed, "
        "count(*) FILTER (WHERE hidden AND person_id IN (SELECT id FROM person "
        "WHERE sensitivity = 'restricted' AND :viewer = ANY (restricted_to))) AS restricted FROM due), "
        f"near AS (SELECT id, meeting_by FROM due WHERE NOT hidden {near}), "
        f"shown AS (SELECT * FROM ({_CHILD}) AS child ORDER BY {_ORDER}{limit}) "
        f"SELECT * FROM numbers LEFT JOIN shown ON true ORDER BY {_ORDER}"
    )


def _child(row: Any) -> Child:
    return Child(**{each.name: getattr(row, each.name) for each in fields(Child)})
