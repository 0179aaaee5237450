"""The SQL behind the lists of reviews: what is outstanding on a day, by the spells of the read model."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, text

from casework.actor import Actor
from casework.cases import authority
from casework.list_queries import SEEN
from records.tables.deadlines import UNTIL
from statute.review_situation import REVIEW_DUE, TRANSFER

_HELD = f"d.from_day <= :day AND {UNTIL.replace('to_day', 'd.to_day')} > :day"
_NOW = "d.to_day IS NULL"
_PEOPLE = (
    "JOIN process p ON p.id = d.process_id JOIN person n ON n.id = p.person_id "
    "JOIN review v ON v.process_id = d.process_id JOIN plan l ON l.id = v.plan_id"
)
_WHOSE = (
    "(CAST(:officer AS text) IS NULL OR d.officer = :officer) AND (CAST(:team AS text) IS NULL OR d.team = :team) "
    "AND (CAST(:setting AS text) IS NULL OR n.setting_urn = :setting) "
    f"AND (:house OR {SEEN})"
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


def outstanding(connection: Connection, limit: str, day: date, today: date, bound: Mapping[str, Any]) -> list[Any]:
    """Every review in which `limit` binds on `day` and has begun, oldest legal day first."""
    return _rows(connection, "d.limit_id = :limit AND d.start IS NOT NULL", day, today, {**bound, "limit": limit})


def without_meeting(connection: Connection, day: date, today: date, bound: Mapping[str, Any]) -> list[Any]:
    """Every review whose clock was opened, or whose day is past, in which no meeting is recorded by `day`."""
    no_meeting = (
        "NOT EXISTS (SELECT FROM deadline m WHERE m.process_id = d.process_id AND m.limit_id = 'reg20_decision' "
        f"AND m.start IS NOT NULL AND {_HELD.replace('d.', 'm.')})"
    )
    opened = "(v.opens_on IS NULL OR v.opens_on <= :day OR d.legal_due < :day)"
    return _rows(connection, f"d.limit_id = ANY(:reviews) AND {no_meeting} AND {opened}", day, today, bound)


def due_between(connection: Connection, first: date, last: date, day: date, bound: Mapping[str, Any]) -> list[Any]:
    """How each review stood on `day` that was to be complete from `first` up to and with `last`."""
    where = f"d.limit_id = ANY(:reviews) AND d.legal_due BETWEEN :first AND :last AND {_HELD}"
    statement = (
        "SELECT d.standing, d.legal_due, d.met_on, count(*) AS number "  # noqa: S608 - nothing in it was typed
        f"FROM deadline d {_PEOPLE} WHERE d.authority = :authority AND {where} AND {_WHOSE} GROUP BY 1, 2, 3"
    )
    asked = {**bound, "first": first, "last": last, "day": day}
    return _ask(connection, statement, asked)


def _rows(connection: Connection, where: str, day: date, today: date, bound: Mapping[str, Any]) -> list[Any]:
    when = _NOW if day >= today else _HELD
    statement = (
        f"SELECT {_COLUMNS}, {_TRANSFER} AS transfer_due FROM deadline d {_PEOPLE} "  # noqa: S608 - as above
        f"WHERE d.authority = :authority AND d.standing = 'open' AND {when} AND {where} AND {_WHOSE} "
        'ORDER BY d.legal_due, d.case_ref COLLATE "C"'
    )
    return _ask(connection, statement, {**bound, "day": day})


def _ask(connection: Connection, statement: str, bound: Mapping[str, Any]) -> list[Any]:
    found = connection.execute(text(statement), {**bound, "authority": authority(), "reviews": list(REVIEW_DUE)})
    rows: Sequence[Any] = found.mappings().all()
    return list(rows)
