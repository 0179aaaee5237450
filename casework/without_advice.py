"""Plans that were decided on without health or social care advice: of one case, and of a period for the figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session, col, select

from casework.cases import authority
from records.ledger import facts_of_many
from records.tables import FactRow, Process
from statute.blanks import MOVES, Blank, blanks
from statute.facts import Fact
from statute.kind import ASSESSMENT
from statute.standing import standing


@dataclass(frozen=True, slots=True)
class Without:
    """Advice of one category that was missing when an assessment moved to a plan, and what a person said of it."""

    category: str
    day: date
    said_why: bool
    why: str


@dataclass(frozen=True, slots=True)
class IssuedWithout:
    """The same of one case among many. `because` stays with the case: figures only count whether somebody said why."""

    process_id: UUID
    mail_ref: str
    category: str
    day: date
    said_why: bool


def without_advice(kind: str, stands: Sequence[Fact], texts: Mapping[int, Mapping[str, str]]) -> tuple[Without, ...]:
    """What was missing in one process of that kind, with the texts kept beside its facts."""
    found = blanks(stands) if kind == ASSESSMENT else ()
    return tuple(Without(each.category, each.moved.day, each.said_why, _why(each, texts)) for each in found)


def issued_without(session: Session, first: date, last: date) -> Sequence[IssuedWithout]:
    """The assessments that moved to a plan from `first` to `last`, both included, and what was missing in each."""
    moved = (col(FactRow.kind).in_(MOVES), col(FactRow.day) >= first, col(FactRow.day) <= last)
    query = (
        select(Process.id, Process.mail_ref)
        .where(Process.authority == authority(), Process.kind == ASSESSMENT)
        .where(col(Process.id).in_(select(FactRow.process_id).where(*moved)))
        .order_by(col(Process.mail_ref))
    )
    named = dict(session.exec(query).all())
    of_each = facts_of_many(session, named)
    return [
        IssuedWithout(process, mail_ref, each.category, each.moved.day, each.said_why)
        for process, mail_ref in named.items()
        for each in blanks(standing(of_each[process]))
        if first <= each.moved.day <= last
    ]


def _why(blank: Blank, texts: Mapping[int, Mapping[str, str]]) -> str:
    return texts.get(blank.moved.sequence, {}).get("because", "") if blank.said_why else ""
