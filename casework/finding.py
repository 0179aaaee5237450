"""Finding a child's cases by whatever somebody knows: reference, name, pupil number, date of birth, setting."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, text
from sqlmodel import Session

from casework.actor import Actor
from casework.cases import authority, find
from casework.errors import UnknownCase
from casework.finding_words import meant_by
from casework.listing.stages import Stage, stage_of
from casework.matching import folded
from records.mailref import tidy
from statute.kind import ANNUAL_REVIEW

MOST = 50
"""Rows shown; where there are more, something more is to be said of the child."""

SHORTEST = 2
"""Letters of a name: one alone finds half the county."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What was typed, each empty where it was not: `anything` into the one box, the rest into fields of their own.

    `setting` is a URN or part of a name. Everything that is said must be true of the child.
    """

    anything: str = ""
    surname: str = ""
    forename: str = ""
    upn: str = ""
    born: date | None = None
    setting: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        return not any(getattr(self, each.name) for each in fields(self))


@dataclass(frozen=True, slots=True)
class Row:
    """One assessment of a child, or the present review of a plan. `officer` is a name; `stage` None once it ended."""

    process_id: UUID
    mail_ref: str
    case_ref: str
    name: str
    date_of_birth: date | None
    setting: str
    process: str
    stage: Stage | None
    officer: str
    ended_on: date | None


@dataclass(frozen=True, slots=True)
class Hits:
    """At most fifty rows; `more` says whether there are others. `by_setting`: no name was like it, a setting's was."""

    rows: Sequence[Row]
    more: bool = False
    by_setting: bool = False


# Bound, not typed; the words of both indexes of names, which know the order of signs.
_PAST = "(folded(:{0}) || chr(1114111))"
_BEGINS = 'folded(n.{0}) COLLATE "C" >= folded(:{1}) AND folded(n.{0}) COLLATE "C" < ' + _PAST.replace("{0}", "{1}")
_BY_SETTING = (
    "n.setting_urn IN (SELECT urn FROM setting WHERE authority = :authority AND (urn = :{0} "
    "OR folded(name) LIKE '%' || folded(:{0}) || '%'))"
)
_SEEN = "(n.sensitivity <> 'restricted' OR :viewer = ANY (n.restricted_to))"
_ROWS = (
    "SELECT p.id, p.mail_ref, p.case_ref, p.kind, p.ended_on, n.surname, n.forename, n.date_of_birth, "  # noqa: S608
    "coalesce(s.name, n.setting_urn, '') AS setting, coalesce(o.name, p.officer, '') AS officer "
    "FROM person n JOIN process p ON p.person_id = n.id LEFT JOIN review v ON v.process_id = p.id "
    "LEFT JOIN setting s ON s.authority = n.authority AND s.urn = n.setting_urn "
    "LEFT JOIN officer o ON o.authority = p.authority AND o.username = p.officer "
    f"WHERE n.authority = :authority AND {{where}} AND {_SEEN} "
    "AND NOT EXISTS (SELECT FROM review l WHERE l.plan_id = v.plan_id AND l.cycle > v.cycle) "
    "ORDER BY lower(n.surname), lower(n.forename), n.id, p.ended_on DESC NULLS FIRST, p.opened_at DESC LIMIT :most"
)
_STANDINGS = text(
    "SELECT process_id, limit_id, standing FROM deadline WHERE process_id = ANY(:open) AND to_day IS NULL"
)


def called(db: Engine, reference: str, actor: Actor) -> str | None:
    """The mail reference of the case that is called so; None when there is none, or none for this actor.

    Raises Refused where it could be two.
    """
    if not any(sign.isdigit() for sign in reference) and tidy(reference) is None:
        return None  # a name: there is no reference without a figure but a mail reference
    with Session(db) as session:
        try:
            return find(session, reference, actor).process.mail_ref
        except UnknownCase:
            return None


def find_cases(db: Engine, sought: Sought, actor: Actor) -> Hits:
    """The cases of every child that everything typed is true of, by name; restricted ones for those who are named."""
    with Session(db) as session:
        connection = session.connection()
        rows = _matching(connection, _asked(sought), actor)
        by_setting = not rows and bool(sought.anything) and not meant_by(sought.anything).upn
        if by_setting:
            rows = _matching(connection, _asked(sought, box_is_setting=True), actor)
        return Hits(_shown(connection, rows[:MOST]), len(rows) > MOST, by_setting and bool(rows))


def _asked(sought: Sought, *, box_is_setting: bool = False) -> "_Asked":
    asked = _Asked()
    if box_is_setting:
        asked.setting(sought.anything)
    elif sought.anything:
        meant = meant_by(sought.anything)
        asked.upn(meant.upn)
        asked.born(meant.born)
        if meant.words:
            asked.one_of(meant.names)
    if sought.surname or sought.forename:
        asked.one_of([(sought.surname, sought.forename)])
    asked.upn(sought.upn)
    asked.born(sought.born)
    asked.setting(sought.setting)
    return asked


class _Asked:
    """Conditions that must all be true of a person `n`, and what is bound in them."""

    def __init__(self) -> None:
        self.conditions: list[str] = []
        self.bound: dict[str, Any] = {}

    def where(self, condition: str, **bound: Any) -> None:
        """One more condition."""
        self.conditions.append(condition)
        self.bound.update(bound)

    def upn(self, upn: str) -> None:
        """The pupil number, with or without spaces."""
        if upn:
            name = f"upn{len(self.bound)}"
            self.where(f"n.upn = :{name}", **{name: "".join(upn.split()).upper()})

    def born(self, born: date | None) -> None:
        """The day of birth."""
        if born:
            name = f"born{len(self.bound)}"
            self.where(f"n.date_of_birth = :{name}", **{name: born})

    def setting(self, setting: str) -> None:
        """The URN of the setting, or part of its name."""
        if setting.strip():
            name = f"setting{len(self.bound)}"
            enough = len(folded(setting)) >= SHORTEST
            self.where(_BY_SETTING.format(name) if enough else "false", **{name: setting.strip()})

    def one_of(self, names: Sequence[tuple[str, str]]) -> None:
        """One of these pairs is how surname and forename begin; each is looked up in its own index."""
        selects = [self._begins(pair) for pair in names if any(len(folded(each)) >= SHORTEST for each in pair)]
        ids = " UNION ".join(f"SELECT n.id FROM person n WHERE {each}" for each in selects)  # noqa: S608 - bound
        self.where(f"n.id IN ({ids})" if selects else "false")

    def _begins(self, pair: tuple[str, str]) -> str:
        said: list[str] = []
        for column, begins in zip(("surname", "forename"), pair, strict=True):
            if begins:
                name = f"{column}{len(self.bound)}"
                self.bound[name] = begins
                said.append(_BEGINS.format(column, name))
        return " AND ".join(said)


def _matching(connection: Connection, asked: _Asked, actor: Actor) -> Sequence[Any]:
    if not asked.conditions:
        return ()
    statement = _ROWS.format(where=" AND ".join(asked.conditions))
    bound = {**asked.bound, "authority": authority(), "viewer": actor.name, "most": MOST + 1}
    return connection.execute(text(statement), bound).all()


def _shown(connection: Connection, rows: Sequence[Any]) -> tuple[Row, ...]:
    limits: dict[UUID, list[tuple[str, str]]] = {row.id: [] for row in rows if row.ended_on is None}
    for process, limit, standing in connection.execute(_STANDINGS, {"open": list(limits)}):
        limits[process].append((limit, standing))
    return tuple(_rows(rows, limits))


def _rows(rows: Sequence[Any], limits: Mapping[UUID, Sequence[tuple[str, str]]]) -> Iterator[Row]:
    for row in rows:
        yield Row(
            process_id=row.id,
            mail_ref=row.mail_ref,
            case_ref=row.case_ref,
            name=f"{row.surname}, {row.forename}",
            date_of_birth=row.date_of_birth,
            setting=row.setting,
            process="plan" if row.kind == ANNUAL_REVIEW else row.kind,
            stage=stage_of(row.kind, limits[row.id]) if row.id in limits else None,
            officer=row.officer,
            ended_on=row.ended_on,
        )
