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
from records.tables.deadlines import UNTIL
from statute.kinds import ABOUT_THE_RECORD
from statute.review_case import DECISIONS
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


# One page of today's lists: the order of everything, from columns and from facts that nothing was said about later.

_TRANSFERS = (
    "LEFT JOIN (SELECT process_id, min(legal_due) AS legal_due FROM deadline WHERE to_day IS NULL "  # noqa: S608
    f"AND standing = 'open' AND limit_id = '{TRANSFER}' GROUP BY process_id) t ON t.process_id = d.process_id"
)
_LAST = (
    "LEFT JOIN LATERAL (SELECT "
    "(array_agg(f.attributes ORDER BY f.day DESC, f.sequence DESC) "
    "FILTER (WHERE f.kind = 'review_report_received'))[1] AS report, "
    "bool_or(f.kind = ANY(:decisions)) AS decided, "
    "bool_or(f.subject = 'authority' OR f.attributes ->> 'by' = 'authority') AS elsewhere, "
    "bool_or(f.kind = ANY(:about_the_record)) AS touched "
    "FROM fact f WHERE f.process_id = d.process_id AND f.day <= :day) s ON true"
)
_URGENT = (
    "coalesce(s.report ->> 'changed_needs' = 'yes', false) OR coalesce(s.report ->> 'no_place' = 'yes', false) "
    "OR (coalesce(n.setting_urn, '') = '' AND NOT coalesce(s.elsewhere, false)) OR t.legal_due IS NOT NULL"
)
_MAINTAIN = "coalesce(s.report ->> 'recommends' = 'maintain', false) AND NOT coalesce(s.decided, false)"


def in_piles(connection: Connection, limit: str, today: date, bound: Mapping[str, Any]) -> list[Any]:
    """Every review in which `limit` binds today and has begun: whether it is urgent, or a plan to be maintained.

    `touched`: something was corrected, retracted or undone, so that its facts have to be asked what stands.
    """
    statement = (
        "SELECT d.process_id, d.case_ref, d.legal_due, n.setting_urn, t.legal_due AS transfer_due, "  # noqa: S608
        f"{_URGENT} AS urgent, {_MAINTAIN} AS maintain, coalesce(s.touched, false) AS touched "
        f"FROM deadline d {_CHILD} {_TRANSFERS} {_LAST} WHERE d.authority = :authority AND d.standing = 'open' "
        f"AND {_NOW} AND {_BINDS} AND {_WHOSE}"
    )
    kinds = {"decisions": list(DECISIONS), "about_the_record": sorted(ABOUT_THE_RECORD)}
    return _ask(connection, statement, {**bound, **kinds, "limit": limit, "day": today})


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
