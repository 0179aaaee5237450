"""What a change of the calendar moves: the cases near the changed days, computed with both calendars."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlmodel import Session, col, select

from casework.actor import Actor
from casework.calendar_words import FIELD_WORDS
from casework.cases import Case, authority, may_see
from casework.policies import norms_of, policy_in_force
from casework.refresh import rows_laid
from casework.spells import Norms, Spell, spells
from records.ledger import facts_of_many
from records.tables import Person, Process
from statute.calendar import Calendar

BATCH = 200
"""Cases whose facts are in memory at once."""

COUNTED_IN_WORKING_DAYS = ("reg13_representations", "reg22_representations", "s45_hold")
"""Limits whose own days the calendar can move: service by post is assumed two working days on, and an appeal window
never ends on a day on which nobody works. Of every other limit it moves the last working day alone."""

REACH = timedelta(days=14)
"""How far behind a changed day what was counted in working days can lie: two of them and the longest holidays."""

# Whatever lies between a legal day and the last working day before it is no working day, the latter is one: so
# exactly these change when one between them does.
_NEAR = text(
    "SELECT DISTINCT process_id FROM deadline WHERE authority = :authority AND ("
    "operational_due <= :last AND legal_due >= :first OR limit_id = ANY (:counted) AND ("
    "start BETWEEN :first AND :reach OR legal_due BETWEEN :first AND :reach)) ORDER BY process_id"
)


@dataclass(frozen=True, slots=True)
class Rules:
    """What days are worked out with, before a change and after it."""

    old: Calendar
    new: Calendar
    norms: Norms
    today: date


@dataclass(frozen=True, slots=True)
class Move:
    """One day of one limit of a case, as it stands now, that moves: `field` of the read model, from `was` to `now`."""

    process_id: UUID
    case_ref: str
    limit: str
    subject: str
    standing: str
    field: str
    was: date | None
    now: date | None


@dataclass(frozen=True, slots=True)
class Effect:
    """What becomes of one case: the days that move, and its rows in the read model. `seen`: the actor may know."""

    process_id: UUID
    seen: bool
    moves: tuple[Move, ...]
    rows: Sequence[dict[str, Any]]


@dataclass(slots=True)
class Looked:
    """What was looked at, by the version of its ledger, and what moves in it."""

    versions: dict[UUID, int]
    effects: dict[UUID, Effect]


def rules_of(session: Session, old: Calendar, new: Calendar, today: date) -> Rules:
    """Both calendars beside the norms in force."""
    return Rules(old, new, norms_of(policy_in_force(session)), today)


def changed_days(old: Calendar, new: Calendar) -> list[date]:
    """The days on which somebody works in one calendar and nobody in the other, in order."""
    touched = (old.bank_holidays ^ new.bank_holidays) | (old.closures ^ new.closures)
    return sorted(touched)


def near(session: Session, days: Sequence[date]) -> list[UUID]:
    """The processes that may have a day that moves when these (in order) change; ended ones too."""
    if not days:
        return []
    bound = {
        "authority": authority(),
        "first": days[0],
        "last": days[-1],
        "reach": days[-1] + REACH,
        "counted": list(COUNTED_IN_WORKING_DAYS),
    }
    return list(session.connection().execute(_NEAR, bound).scalars())


def look_at(session: Session, processes: Iterable[UUID], rules: Rules, actor: Actor) -> Looked:
    """Compute these processes with both calendars."""
    found = Looked({}, {})
    for case in _cases(session, list(processes)):
        found.versions[case.process.id] = case.process.version
        if (effect := _effect(case, rules, actor)) is not None:
            found.effects[case.process.id] = effect
    return found


def _cases(session: Session, ids: Sequence[UUID]) -> Iterator[Case]:
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        query = select(Process, Person).join(Person, col(Person.id) == col(Process.person_id))
        # Read before the facts: a fact recorded meanwhile shows in a version that is too old, and is looked at again.
        rows = session.exec(query.where(col(Process.id).in_(batch)).order_by(col(Process.id))).all()
        facts = facts_of_many(session, batch)
        yield from (Case(process, person, list(facts[process.id])) for process, person in rows)


def _effect(case: Case, rules: Rules, actor: Actor) -> Effect | None:
    process, norms = case.process, rules.norms
    before = spells(process.kind, case.facts, rules.today, norms, rules.old)
    after = spells(process.kind, case.facts, rules.today, norms, rules.new)
    if before == after:
        return None
    rows = rows_laid(case, after, rules.today)
    return Effect(process.id, may_see(case.person, actor), tuple(_moves(process, before, after)), rows)


def _moves(process: Process, before: Sequence[Spell], after: Sequence[Spell]) -> Iterator[Move]:
    standing = {spell.key: spell for spell in before if spell.to_day is None}
    for spell in after:
        if spell.to_day is not None or (old := standing.get(spell.key)) is None:
            continue
        for field in FIELD_WORDS:
            was, now = getattr(old, field), getattr(spell, field)
            if was != now:
                yield Move(process.id, process.case_ref, spell.limit, spell.subject, spell.standing, field, was, now)
