"""The SQL behind the lists of reviews: what is outstanding on a day, by the spells of the read model."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, text

from casework.actor import Actor
from casework.cases import authority
from casework.list_queries import SEEN
from casework.piles import Pile
from records.tables.deadlines import UNTIL
from statute.review_situation import REVIEW_DUE, TRANSFER

_HELD = f"d.from_day <= :day AND {UNTIL.replace('to_day', 'd.to_day')} > :day"
_NOW = "d.to_day IS NULL"
# Only what narrows or is shown is joined: of a table that is joined for nothing Postgres reads every row.
_CHILD = "JOIN process p ON p.id = d.process_id JOIN person n ON n.id = p.person_id"
_PEOPLE = f"{_CHILD} JOIN review v ON v.process_id = d.process_id JOIN plan l ON l.id = v.plan_id"
_AT_SETTING = " AND (CAST(:setting AS text) IS NULL OR n.setting_urn = :setting)"
_WHOSE = (
    "(CAST(:officer AS text) IS NULL OR d.officer = :officer) AND (CAST(:team AS text) IS NULL OR d.team = :team)"
    f"{_AT_SETTING} AND (:house OR {SEEN})"
)
_COLUMNS = (
    "d.process_id, d.case_ref, l.plan_ref, n.setting_urn, d.limit_id, d.start, d.legal_due, d.operational_due, "
    "d.officer, d.team, d.citation"
)
# The next day of a phase transfer that is not met, of the same review.
_TRANSFER = (
    "(SELECT min(t.legal_due) FROM deadline t WHERE t.process_id = d.process_id "  # noqa: S608 - as below
    f"AND t.limit_id = '{TRANSFER}' AND t.standing = 'open' AND {_HELD.replace('d.', 't.')})"
)


@dataclass(frozen=True, slots=True)
class Whose:
    """What a list of reviews is narrowed to; None does not narrow. `setting` is a URN."""

    officer: str | None = None
    team: str | None = None
    setting: str | None = None

    def bound(self, actor: Actor) -> dict[str, Any]:
        """What is bound in the questions: these, and who asks. The house itself counts restricted people too."""
        return {
            "officer": self.officer,
            "team": self.team,
            "setting": self.setting,
            "viewer": actor.name,
            "house": actor.channel == "engine",
        }


EVERYBODY = Whose()


_BINDS = "d.limit_id = :limit AND d.start IS NOT NULL"
_HELD_M, _NOW_M = _HELD.replace("d.", "m."), _NOW.replace("d.", "m.")
_WITHOUT_MEETING = (
    "d.limit_id = ANY(:reviews) AND NOT EXISTS (SELECT FROM deadline m WHERE m.process_id = d.process_id "  # noqa: S608 - nothing in it was typed
    f"AND m.limit_id = 'reg20_decision' AND m.start IS NOT NULL AND {_HELD_M}) "
    "AND (d.legal_due < :day OR d.process_id IN "
    "(SELECT process_id FROM review WHERE opens_on IS NULL OR opens_on <= :day))"
)
_AMONG = " AND d.process_id = ANY(:among)"

Among = Sequence[UUID] | None


def outstanding(
    connection: Connection, limit: str, day: date, today: date, bound: Mapping[str, Any], among: Among = None
) -> list[Any]:
    """Every review (of those in `among`) in which `limit` binds on `day` and has begun, oldest legal day first."""
    return _rows(connection, _BINDS, day, today, {**bound, "limit": limit}, among)


def without_meeting(
    connection: Connection, day: date, today: date, bound: Mapping[str, Any], among: Among = None
) -> list[Any]:
    """Every review (of those in `among`) whose clock was opened, or whose day is past, in which no meeting is recorded
    by `day`."""
    return _rows(connection, _WITHOUT_MEETING, day, today, bound, among)


def due_between(
    connection: Connection, first: date, last: date, day: date, today: date, bound: Mapping[str, Any]
) -> list[Any]:
    """How each review stood on `day` that was to be complete from `first` up to and with `last`."""
    when = _NOW if day >= today else _HELD
    where = f"d.limit_id = ANY(:reviews) AND d.legal_due BETWEEN :first AND :last AND {when}"
    statement = (
        "SELECT d.standing, d.legal_due, d.met_on, count(*) AS number "  # noqa: S608 - nothing in it was typed
        f"FROM deadline d {_child(bound)} WHERE d.authority = :authority AND {where} AND {_whose(bound)} "
        "GROUP BY 1, 2, 3"
    )
    asked = {**bound, "first": first, "last": last, "day": day}
    return _ask(connection, statement, asked)


def _rows(
    connection: Connection, where: str, day: date, today: date, bound: Mapping[str, Any], among: Among = None
) -> list[Any]:
    when = _NOW if day >= today else _HELD
    if among is not None:
        where, bound = where + _AMONG, {**bound, "among": list(among)}
    statement = (
        f"SELECT {_COLUMNS}, {_TRANSFER} AS transfer_due FROM deadline d {_PEOPLE} "  # noqa: S608 - as above
        f"WHERE d.authority = :authority AND d.standing = 'open' AND {when} AND {where} AND {_WHOSE} "
        'ORDER BY d.legal_due, d.case_ref COLLATE "C"'
    )
    return _ask(connection, statement, {**bound, "day": day})


# One page of today's lists: the order of everything, from columns alone.

_TRANSFERS = (
    "LEFT JOIN (SELECT process_id, min(legal_due) AS legal_due FROM deadline WHERE to_day IS NULL "  # noqa: S608
    f"AND standing = 'open' AND limit_id = '{TRANSFER}' GROUP BY process_id) t ON t.process_id = d.process_id"
)
# A child who is on record without a setting, whose review does not say that the authority itself arranges.
_PLACELESS = (
    "NOT d.elsewhere AND d.process_id IN (SELECT p.id FROM person n JOIN process p ON p.person_id = n.id "
    "WHERE coalesce(n.setting_urn, '') = '')"
)


def in_piles(
    connection: Connection, limit: str, bound: Mapping[str, Any], pile: str | None, most: int, skip: int
) -> tuple[Mapping[str, int], list[UUID]]:
    """How many reviews in which `limit` binds today lie on each pile; and those of one page (of one pile), in order.

    The pile is that of the read model, but for a child without a setting, of whom the ledger says nothing.
    """
    statement = (
        "WITH placed AS MATERIALIZED (SELECT d.process_id, d.legal_due, d.case_ref, "  # noqa: S608 - as above
        f"CASE WHEN {_PLACELESS} THEN '{Pile.URGENT}' ELSE d.pile END AS pile "
        f"FROM deadline d {_child(bound)} WHERE d.authority = :authority AND d.standing = 'open' AND {_NOW} "
        f"AND {_BINDS} AND {_whose(bound)}) "
        "SELECT (SELECT jsonb_object_agg(pile, number) FROM "
        "(SELECT pile, count(*) AS number FROM placed GROUP BY pile) AS counted) AS piles, "
        "ARRAY(SELECT process_id FROM placed WHERE CAST(:pile AS text) IS NULL OR pile = :pile "
        'ORDER BY array_position(:piles, pile), legal_due, case_ref COLLATE "C" LIMIT :most OFFSET :skip) AS shown'
    )
    page = {"pile": pile, "piles": [each.value for each in Pile], "most": most, "skip": skip}
    (row,) = _ask(connection, statement, {**bound, **page, "limit": limit})
    return row["piles"] or {}, row["shown"]


def without_meeting_in_order(
    connection: Connection, today: date, bound: Mapping[str, Any], most: int, skip: int
) -> tuple[list[UUID], int]:
    """The reviews of one page of those without a meeting, and how many there are; the day that comes first on top,
    be it that of the review or of a phase transfer."""
    statement = (
        "SELECT d.process_id, count(*) OVER () AS number "  # noqa: S608 - as above
        f"FROM deadline d {_child(bound)} {_TRANSFERS} WHERE d.authority = :authority "
        f"AND d.standing = 'open' AND {_NOW} AND {_WITHOUT_MEETING.replace(_HELD_M, _NOW_M)} AND {_whose(bound)} "
        'ORDER BY least(d.legal_due, t.legal_due), d.case_ref COLLATE "C" LIMIT :most OFFSET :skip'
    )
    rows = _ask(connection, statement, {**bound, "day": today, "most": most, "skip": skip})
    return [row["process_id"] for row in rows], rows[0]["number"] if rows else 0


def _child(bound: Mapping[str, Any]) -> str:
    """The join to the child, where the list is narrowed to a setting."""
    return _CHILD if bound["setting"] is not None else ""


def _whose(bound: Mapping[str, Any]) -> str:
    """The conditions that narrow a list which `_child` may not have joined to the child."""
    return _WHOSE if bound["setting"] is not None else _WHOSE.replace(_AT_SETTING, "")


def _ask(connection: Connection, statement: str, bound: Mapping[str, Any]) -> list[Any]:
    found = connection.execute(text(statement), {**bound, "authority": authority(), "reviews": list(REVIEW_DUE)})
    rows: Sequence[Any] = found.mappings().all()
    return list(rows)
