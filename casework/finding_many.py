"""Finding many cases at once by what people call them: as `casework.cases.find`, in a fixed number of questions."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, or_
from sqlmodel import Session, col, select

from casework.actor import Actor
from casework.cases import Case, authority, may_see
from casework.errors import CaseworkError, Refused, UnknownCase
from casework.plan_refs import Candidate, means_plan, review_among, reviews_of
from records.ledger import facts_of_many
from records.mailref import tidy
from records.tables import Person, Plan, Process
from statute.facts import Fact
from statute.kind import ASSESSMENT

Asked = tuple[str, Fact]
"""A reference as typed, and what is to be recorded on what it means."""


@dataclass(slots=True)
class _Known:
    """Everything that the references can mean."""

    processes: Sequence[Process]
    plans: Sequence[Plan]
    reviews: Mapping[UUID, Sequence[Candidate]]
    facts: Mapping[UUID, list[Fact]]
    people: Mapping[UUID, Person]


def find_many(session: Session, asked: Sequence[Asked], actor: Actor) -> list[Case | CaseworkError]:
    """For each reference, in their order, the case that it means for that fact, or why there is none to be found."""
    known = _read(session, {reference.strip() for reference, _ in asked})
    return [_found(known, reference.strip(), fact, actor) for reference, fact in asked]


def _read(session: Session, references: Collection[str]) -> _Known:
    folded = [reference.upper() for reference in references]
    mail = [found for reference in references if (found := tidy(reference))]
    query = select(Process).where(
        Process.authority == authority(),
        or_(func.upper(Process.case_ref).in_(folded), col(Process.mail_ref).in_(mail)),
    )
    processes = session.exec(query).all()
    made = [process.id for process in processes if process.kind == ASSESSMENT]
    wanted = or_(func.upper(Plan.plan_ref).in_(folded), col(Plan.process_id).in_(made))
    plans = session.exec(select(Plan).where(Plan.authority == authority(), wanted)).all()
    reviews = reviews_of(session, [plan.id for plan in plans])
    people = {process.person_id for process in processes} | {plan.person_id for plan in plans}
    return _Known(
        processes,
        plans,
        reviews,
        facts_of_many(session, [process.id for process in processes]),
        {person.id: person for person in session.exec(select(Person).where(col(Person.id).in_(people)))},
    )


def _found(known: _Known, reference: str, fact: Fact, actor: Actor) -> Case | CaseworkError:
    try:
        case = _meant(known, reference, fact)
    except Refused as refused:
        return refused
    if case is None or not may_see(case.person, actor):
        return UnknownCase(reference)
    return case


def _meant(known: _Known, reference: str, fact: Fact) -> Case | None:
    process = _called(known, reference)
    plan = _plan_called(known, reference) if process is None else _plan_meant(known, process, fact)
    if plan is None:
        return None if process is None else _case(known, process, known.facts[process.id])
    reviews = known.reviews.get(plan.id, [])
    review = review_among(reviews, [fact])
    if review is None:
        return None
    recorded = next(each.facts for each in reviews if each.process.id == review.id)
    return _case(known, review, recorded)


def _case(known: _Known, process: Process, facts: Sequence[Fact]) -> Case:
    return Case(process, known.people[process.person_id], list(facts))


def _called(known: _Known, reference: str) -> Process | None:
    # A council's own reference wins should it ever read like another child's mail reference.
    exact = [process for process in known.processes if process.case_ref == reference]
    by_mail = [process for process in known.processes if process.mail_ref == tidy(reference)]
    folded = [process for process in known.processes if process.case_ref.upper() == reference.upper()]
    if not exact and not by_mail and len(folded) > 1:
        raise _two(reference, [process.case_ref for process in folded])
    return next(iter([*exact, *by_mail, *folded]), None)


def _plan_called(known: _Known, reference: str) -> Plan | None:
    folded = [plan for plan in known.plans if plan.plan_ref.upper() == reference.upper()]
    exact = [plan for plan in folded if plan.plan_ref == reference]
    if not exact and len(folded) > 1:
        raise _two(reference, [plan.plan_ref for plan in folded])
    return next(iter(exact or folded), None)


def _plan_meant(known: _Known, process: Process, fact: Fact) -> Plan | None:
    if process.kind != ASSESSMENT or not means_plan(process, known.facts[process.id], [fact]):
        return None
    return next((plan for plan in known.plans if plan.process_id == process.id), None)


def _two(reference: str, names: Sequence[str]) -> Refused:
    could = " and ".join(sorted(names))
    return Refused(f"{reference!r} could be {could}. Write it in the capitals and small letters of the one meant.")
