"""The cases behind a figure: every figure leads to those that are in it, and to those that are not and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, text

from casework.actor import Actor
from scorecard.counted.keeping import bring_up_to_date
from scorecard.figures import PERIODS, parameters
from scorecard.measure import Measure
from scorecard.period import Period
from scorecard.populations import POPULATIONS
from scorecard.suppression import SMALL

SIZE = 50
"""Cases of a page."""

_SEEN = ' SELECT * FROM found WHERE seen ORDER BY case_ref COLLATE "C", subject'
_UNSEEN = " SELECT count(*) FROM found WHERE NOT seen"


class Side(StrEnum):
    """Which of the cases that a measure looks at."""

    COUNTED = "counted"  # in the numerator
    NOT_COUNTED = "not_counted"  # in the denominator only
    AMONG = "among"  # in the denominator
    LEFT_OUT = "left_out"  # in the population, and not in the denominator


@dataclass(frozen=True, slots=True)
class CaseBehind:
    """One case behind a figure. `subject` names the request where a case has several; `days` are calendar days that
    the measure looks at, None where it looks at none."""

    process_id: UUID
    mail_ref: str
    case_ref: str
    officer: str | None
    team: str | None
    subject: str
    days: int | None
    counted: bool
    why: str


@dataclass(frozen=True, slots=True)
class Behind:
    """A page of the cases behind a figure; `more` whether there are others. `hidden` are cases that are counted and
    that the reader may not see; None of a part where they are few or none: that would tell a child's age or ground."""

    cases: Sequence[CaseBehind]
    more: bool
    hidden: int | None


def behind(
    db: Engine,
    measure: Measure,
    period: Period,
    actor: Actor,
    side: Side = Side.AMONG,
    *,
    part: str = "",
    page: int | None = 1,
) -> Behind:
    """The cases behind a figure by reference; without a page all of them. Restricted children are for those named."""
    bring_up_to_date(db)
    bound = {**parameters([period]), "viewer": actor.name, "part": part}
    found = _question(measure, side, part)
    paged = "" if page is None else f" LIMIT {SIZE + 1} OFFSET {SIZE * (page - 1)}"
    with db.connect() as connection:
        rows = connection.execute(text(found + _SEEN + paged), bound).all()
        hidden = connection.execute(text(found + _UNSEEN), bound).scalar_one()
    shown = rows if page is None else rows[:SIZE]
    return Behind([_case(row) for row in shown], len(rows) > len(shown), None if part and hidden < SMALL else hidden)


def _question(measure: Measure, side: Side, part: str) -> str:
    of_part = f" AND coalesce(({measure.parts})::text, '-') = :part" if part else ""
    # Asked of the population alone: an officer there may be another than the case's own.
    looked = (
        "SELECT x.process_id, coalesce(to_jsonb(x) ->> 'subject', '') AS subject, "  # noqa: S608 - SQL of ours
        f"CAST(to_jsonb(x) ->> 'days' AS integer) AS days, ({measure.among}) AND ({measure.counted}) AS counted, "
        f"{_why(measure)} AS why FROM {PERIODS} CROSS JOIN LATERAL ({POPULATIONS[measure.population]}) x "
        f"WHERE {_condition(measure, side)}{of_part}"
    )
    return (
        "WITH found AS (SELECT l.process_id, c.mail_ref, c.case_ref, c.officer, c.team, l.subject, l.days, "  # noqa: S608
        "l.counted, l.why, n.sensitivity <> 'restricted' OR :viewer = ANY (n.restricted_to) AS seen "
        f"FROM ({looked}) l JOIN process c ON c.id = l.process_id JOIN person n ON n.id = c.person_id)"
    )


def _condition(measure: Measure, side: Side) -> str:
    among, counted = f"({measure.among})", f"({measure.counted})"
    match side:
        case Side.COUNTED:
            return f"{among} AND {counted}"
        case Side.NOT_COUNTED:
            return f"{among} AND {counted} IS NOT TRUE"
        case Side.AMONG:
            return among
        case Side.LEFT_OUT:
            return f"{among} IS NOT TRUE"


def _why(measure: Measure) -> str:
    reasons = " ".join(
        f"WHEN {each.where} THEN '{each.why.replace(chr(39), chr(39) * 2)}'" for each in measure.left_out
    )
    return f"CASE WHEN {measure.among} THEN '' {reasons} ELSE 'not of those that the measure is about' END"


def _case(row: Any) -> CaseBehind:
    return CaseBehind(
        row.process_id,
        row.mail_ref,
        row.case_ref,
        row.officer,
        row.team,
        row.subject,
        row.days,
        bool(row.counted),
        row.why,
    )
