"""Finding one case by what people call it, and holding it while something is recorded."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import cast
from uuid import UUID

from sqlalchemy import CompoundSelect, func, or_, union
from sqlmodel import Session, col, select

from casework.actor import Actor
from casework.errors import Refused, UnknownCase
from casework.plan_refs import current_review, plan_called, plan_meant, review_for
from config.settings import get_settings
from records.ledger import facts_of
from records.mailref import tidy
from records.tables import Person, Plan, Process, Review
from statute.facts import Fact
from statute.kind import ASSESSMENT

# Files and the engine act for the house, which has itself asked whoever comes by a link; people see a restricted child
# only when they are named.
_OF_THE_HOUSE = frozenset({"import", "engine", "link"})


@dataclass(slots=True)
class Case:
    """One process with its person and its facts as recorded so far, in order of recording."""

    process: Process
    person: Person
    facts: list[Fact]


def find(
    session: Session, reference: str, actor: Actor | None = None, *, lock: bool = False, facts: Sequence[Fact] = ()
) -> Case:
    """The case with that case reference or mail reference, in whatever capitals.

    The reference of a plan means its current review; where `facts` are to be recorded, the review that they belong to.
    So does that of an assessment, when all of them are about the plan that it made. With `lock` nobody else records
    on it, or on another review of the plan, until the transaction ends. Raises UnknownCase, also when the person is
    restricted and the actor is not among those named: that a case exists is already too much; Refused where a
    reference could be two.
    """
    process = _meant(session, reference.strip(), lock, facts)
    if process is None:
        raise UnknownCase(reference)
    person = cast("Person", session.get(Person, process.person_id))
    if actor is not None and not may_see(person, actor):
        raise UnknownCase(reference)
    return Case(process, person, list(facts_of(session, process.id)))


def family_of(session: Session, process: UUID) -> Sequence[UUID]:
    """A process with the reviews of the plan that it made, or that it is a review of."""
    return session.connection().scalars(_family([process], [])).all()


def may_see(person: Person, actor: Actor) -> bool:
    """Whether the actor may see this person's cases (a restricted person is shown to named staff alone)."""
    return person.sensitivity != "restricted" or actor.channel in _OF_THE_HOUSE or actor.name in person.restricted_to


def authority() -> str:
    """The three-digit code of the council whose house this is."""
    return _authority(os.environ.get("EHCP_AUTHORITY"))


@lru_cache
def _authority(said: str | None) -> str:
    # Asked for many times in every command, and reading all settings takes milliseconds.
    return get_settings().authority


def _meant(session: Session, reference: str, lock: bool, facts: Sequence[Fact]) -> Process | None:
    process = _exact(session, reference) or _folded(session, reference)
    if process is None:
        plan = plan_called(session, reference, authority())
    else:
        plan = plan_meant(session, process, facts) if process.kind == ASSESSMENT else None
    if lock and (process or plan):
        _hold(session, process, plan)
    if plan is None:
        return process
    return review_for(session, plan, facts) if facts else current_review(session, plan)


def _exact(session: Session, reference: str) -> Process | None:
    query = select(Process).where(
        Process.authority == authority(),
        or_(col(Process.case_ref) == reference, col(Process.mail_ref) == (tidy(reference) or "")),
    )
    # A council's own reference wins should it ever read like another child's mail reference.
    query = query.order_by((col(Process.case_ref) == reference).desc()).limit(1)
    return session.exec(query).first()


def _folded(session: Session, reference: str) -> Process | None:
    query = select(Process).where(Process.authority == authority(), func.upper(Process.case_ref) == reference.upper())
    found = session.exec(query.limit(2)).all()
    if len(found) > 1:
        names = " and ".join(sorted(process.case_ref for process in found))
        raise Refused(f"{reference!r} could be {names}. Write it in the capitals and small letters of the one meant.")
    return found[0] if found else None


def _hold(session: Session, process: Process | None, plan: Plan | None) -> None:
    """Hold a process with all reviews of its plan, in the order in which everybody holds several: none waits in a ring.

    What this session read before it waited for the lock may have changed meanwhile.
    """
    family = _family([process.id] if process else [], [plan.id] if plan else [])
    query = select(Process).where(col(Process.id).in_(family)).order_by(col(Process.id)).with_for_update()
    session.exec(query.execution_options(populate_existing=True)).all()


def _family(own: Sequence[UUID], plans: Sequence[UUID]) -> CompoundSelect[UUID]:
    by_it = select(Review.process_id).join(Plan, col(Plan.id) == col(Review.plan_id))
    beside_it = select(Review.plan_id).where(col(Review.process_id).in_(own))
    return union(
        select(Process.id).where(col(Process.id).in_(own)),
        by_it.where(or_(col(Plan.process_id).in_(own), col(Plan.id).in_(plans))),
        select(Review.process_id).where(col(Review.plan_id).in_(beside_it)),
    )
