"""The SQL behind the lists: spells of the read model, filtered, oldest first, a page at a time."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, text

from casework.cases import authority
from casework.listing.ages import Band, band_condition
from casework.listing.stages import Stage, stage_condition
from records.tables.deadlines import UNTIL
from statute.kinds import CATEGORIES

Key = tuple[date, str, str, str]
"""Where a page ended: legal_due, case_ref, limit and subject of its last row."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list is narrowed to; None does not narrow. `service` is a category of advice or the code of a body."""

    limit: str | None = None
    officer: str | None = None
    team: str | None = None
    service: str | None = None
    stage: Stage | None = None
    age: Band | None = None


_COLUMNS = (
    "d.process_id, d.case_ref, d.limit_id, d.subject, d.start, d.legal_due, d.operational_due, d.officer, d.team, "
    "d.citation, d.lifted_until, d.target, d.standing, d.met_on"
)

# Restricted people are seen by those who are named, and only by them. That they are restricted is said of them as well
# as of the spell: the index of those few is found by it, and no other person is read.
SEEN = (
    "(NOT d.restricted OR EXISTS (SELECT FROM process r JOIN person n ON n.id = r.person_id "
    "WHERE r.id = d.process_id AND n.sensitivity = 'restricted' AND :viewer = ANY (n.restricted_to)))"
)

# A limit shows the category alone where only one body was asked, by name (health/slt) or by default.
_BODY = (
    "d.service IN (SELECT category FROM body WHERE code = :service) AND EXISTS "
    "(SELECT FROM advice_request a JOIN body b ON b.id = a.body_id WHERE a.process_id = d.process_id "
    "AND b.code = :service AND (a.subject = d.subject OR a.category = d.subject "
    "AND EXISTS (SELECT FROM fact f WHERE f.process_id = d.process_id AND f.kind = 'advice_requested' "
    "AND f.subject = a.subject) "
    "AND NOT EXISTS (SELECT FROM fact f WHERE f.process_id = d.process_id AND f.kind = 'advice_requested' "
    "AND f.subject = d.subject)))"
)

_FILTERS: Mapping[str, str] = {
    "limit": "d.limit_id = :limit",
    "officer": "d.officer = :officer",
    "team": "d.team = :team",
}

# Names sort by their signs, not by the habits of a language, so that a page ends alike on every server.
_ORDER = 'd.legal_due, d.case_ref COLLATE "C", d.limit_id COLLATE "C", d.subject COLLATE "C"'
_AFTER = (
    'd.legal_due >= :after_due AND (d.legal_due, d.case_ref COLLATE "C", d.limit_id COLLATE "C", '
    'd.subject COLLATE "C") > (:after_due, :after_ref, :after_limit, :after_subject)'
)

# The words of the partial indexes (`records.spells`): asked in others, they are not used.
NOW = "d.to_day IS NULL AND d.standing = 'open'"
_THEN = (
    "d.standing = 'open' AND (d.to_day IS NULL OR d.to_day > d.legal_due) AND d.from_day <= :day "
    f"AND {UNTIL.replace('to_day', 'd.to_day')} > :day"
)
# Which spells `s` of the same process hold, for a list of today and for one of a past day.
_HOLDS_NOW = "s.to_day IS NULL"
_HELD_THEN = f"s.from_day <= :day AND {UNTIL.replace('to_day', 's.to_day')} > :day"


@dataclass(frozen=True, slots=True)
class Query:
    """One list: the conditions in SQL and what is bound in them. Every list binds the `day` that it is of."""

    conditions: tuple[str, ...]
    bound: Mapping[str, Any]
    held: str = _HOLDS_NOW

    def narrowed(self, by: Filter) -> "Query":
        """The same list with a filter on it."""
        conditions, bound = list(self.conditions), dict(self.bound)
        for name, condition in _FILTERS.items():
            if (value := getattr(by, name)) is not None:
                conditions.append(condition)
                bound[name] = value
        if by.service is not None:
            conditions.append("d.service = :service" if by.service in CATEGORIES else _BODY)
            bound["service"] = by.service
        if by.stage is not None:
            conditions.append(stage_condition(by.stage, self.held, now=self.held == _HOLDS_NOW))
        if by.age is not None:
            born, days = band_condition(by.age, bound["day"])
            conditions.append(born)
            bound.update(days)
        return replace(self, conditions=tuple(conditions), bound=bound)

    def after(self, key: Key | None) -> "Query":
        """The same list from the row behind `key` on."""
        if key is None:
            return self
        names = ("after_due", "after_ref", "after_limit", "after_subject")
        bound = {**self.bound, **dict(zip(names, key, strict=True))}
        return replace(self, conditions=(*self.conditions, _AFTER), bound=bound)

    def rows(self, connection: Connection, viewer: str, page: int | None) -> list[Mapping[str, Any]]:
        """At most `page` rows (None: all), oldest legal day first."""
        limit = "" if page is None else " LIMIT :page"
        statement = f"SELECT {_COLUMNS} FROM deadline d WHERE {self._where} ORDER BY {_ORDER}{limit}"  # noqa: S608
        bound = self._all_bound(viewer)
        if page is not None:
            bound["page"] = page
        return [dict(row) for row in connection.execute(text(statement), bound).mappings()]

    def number(self, connection: Connection, viewer: str, up_to: int) -> int:
        """How many rows there are; `up_to` where there are as many or more, so that counting stays cheap."""
        found = f"SELECT FROM deadline d WHERE {self._where} LIMIT :up_to"
        statement = f"SELECT count(*) FROM ({found}) AS found"  # noqa: S608 - nothing in it was typed
        return connection.execute(text(statement), {**self._all_bound(viewer), "up_to": up_to}).scalar_one()

    def sums(self, connection: Connection, viewer: str, columns: str, group: str = "") -> list[Mapping[str, Any]]:
        """What SQL makes of all rows together: `columns` are aggregates, or grouped by their places in `group`."""
        by = f" GROUP BY {group}" if group else ""
        statement = f"SELECT {columns} FROM deadline d WHERE {self._where}{by}"  # noqa: S608 - nothing in it was typed
        return [dict(row) for row in connection.execute(text(statement), self._all_bound(viewer)).mappings()]

    @property
    def _where(self) -> str:
        return " AND ".join(("d.authority = :authority", *self.conditions, SEEN))

    def _all_bound(self, viewer: str) -> dict[str, Any]:
        return {**self.bound, "authority": authority(), "viewer": viewer}


def overdue_query(day: date, today: date) -> Query:
    """What is overdue on a day: it binds, and its legal day is before that day. Due today is not overdue."""
    if day >= today:
        return Query((NOW, "d.legal_due < :day"), {"day": day})
    return Query((_THEN, "d.legal_due < :day"), {"day": day}, _HELD_THEN)


def due_query(today: date, last: date) -> Query:
    """What binds today and falls due from today up to and with `last`."""
    return Query((NOW, "d.legal_due BETWEEN :day AND :last"), {"day": today, "last": last})


def lifted_query(today: date) -> Query:
    """What a relief lifts and whose legal day is past."""
    lifted = "d.to_day IS NULL AND d.standing = 'lifted' AND d.legal_due < :day"
    return Query((lifted,), {"day": today})
