"""Giving cases to another officer: one, or all of somebody who leaves, so that none is left without."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Engine, or_, update
from sqlalchemy import select as pick
from sqlmodel import Session, col, select

from casework.actor import Actor
from casework.cases import Case, authority, family_of, find, may_see
from casework.errors import Refused
from casework.officers import Place, place
from casework.recipients import RESTRICTED
from casework.refresh import relabel, write_wakes
from engine.messages import ProcessRef
from records.tables import Assignment, Person, Plan, Process, Review
from statute.words import listed


@dataclass(frozen=True, slots=True)
class Reassigned:
    """The cases that changed hands, and the clocks to wake: warnings go to the new officer from now on."""

    case_refs: tuple[str, ...]
    officer: str
    team: str | None
    wakes: tuple[ProcessRef, ...]


def reassign(db: Engine, reference: str, officer: str, actor: Actor, now: datetime, *, team: str = "") -> Reassigned:
    """Give one case to an officer, in the team named or else the officer's own; with the open reviews of its plan.

    Raises UnknownCase; Refused when the officer is not in the directory, no longer active or may not see the case.
    """
    with Session(db) as session, session.begin():
        chosen = _known(session, officer, team)
        case = find(session, reference, actor, lock=True)
        return _given(session, [case, *_other_reviews(session, case)], chosen, actor, now)


def hand_over(session: Session, cases: list[Case], officer: str, actor: Actor, now: datetime) -> Reassigned:
    """Give cases that the caller holds to an officer, in the officer's own team, within the caller's transaction.

    Raises Refused when the officer is not in the directory, no longer active or may not see one of them.
    """
    return _given(session, cases, _known(session, officer, ""), actor, now)


def _other_reviews(session: Session, case: Case) -> list[Case]:
    """The open reviews of the plan that the case is about: a plan changes hands as a whole."""
    others = col(Process.id).in_(family_of(session, case.process.id))
    query = select(Process).where(others, Process.id != case.process.id, col(Process.ended_on).is_(None))
    return [Case(process, case.person, []) for process in session.exec(query.order_by(col(Process.case_ref))).all()]


def reassign_all(db: Engine, leaving: str, officer: str, actor: Actor, now: datetime, *, team: str = "") -> Reassigned:
    """Give every case of one officer that has not ended to another; those the actor may not see stay.

    Raises Refused when the other is not in the directory, no longer active or may not see one of those cases.
    """
    with Session(db) as session, session.begin():
        chosen = _known(session, officer, team)
        query = (
            select(Process, Person)
            .join(Person, col(Person.id) == col(Process.person_id))
            .where(Process.authority == authority(), Process.officer == leaving, col(Process.ended_on).is_(None))
            .order_by(col(Process.case_ref))
            .with_for_update(of=Process)  # pyright: ignore[reportArgumentType]
        )
        cases = [Case(process, person, []) for process, person in session.exec(query) if may_see(person, actor)]
        return _given(session, cases, chosen, actor, now)


def _known(session: Session, officer: str, team: str) -> Place:
    chosen = place(session, officer, team)
    if chosen.officer is None:
        raise Refused(
            f"{officer or 'Nobody'} is not an active officer in the directory: no case was given away. "
            "Add the officer with 'ehcp officers import', or name another."
        )
    return chosen


def _given(session: Session, cases: list[Case], chosen: Place, actor: Actor, now: datetime) -> Reassigned:
    changed = [case for case in cases if (case.process.officer, case.process.team) != (chosen.officer, chosen.team)]
    _check_seen(changed, chosen)
    for case in changed:
        session.add(_assignment(case.process, chosen, actor, now))
        case.process.officer, case.process.team = chosen.officer, chosen.team
        session.add(case.process)
        relabel(session, case.process, case.person)
    _give_plans(session, [case.process.id for case in changed], chosen)
    wakes = write_wakes(session, [case.process for case in changed if case.process.ended_on is None], now)
    refs = tuple(case.process.case_ref for case in changed)
    return Reassigned(refs, chosen.officer or "", chosen.team, wakes)


def _check_seen(cases: list[Case], chosen: Place) -> None:
    """A restricted case is for those who are named: with anybody else nobody would work on it, or be warned of it."""
    hidden = [case for case in cases if case.person.sensitivity == RESTRICTED]
    hidden = [case for case in hidden if chosen.officer not in case.person.restricted_to]
    if not hidden:
        return
    if len({case.person.id for case in cases}) == 1:
        raise Refused(f"{chosen.name} may not see this case: it is restricted. Let them see it first.")
    refs = listed(sorted(case.process.case_ref for case in hidden))
    raise Refused(
        f"{chosen.name} may not see {refs}: restricted. Let them see what is restricted first, or leave it out."
    )


def _assignment(process: Process, chosen: Place, actor: Actor, now: datetime) -> Assignment:
    """For the chronology: whose the case was, and who gave it to whom."""
    return Assignment(
        authority=process.authority,
        process_id=process.id,
        was_officer=process.officer,
        officer=chosen.officer,
        team=chosen.team,
        at=now,
        given_by=actor.name,
    )


def _give_plans(session: Session, processes: list[UUID], chosen: Place) -> None:
    plans = pick(col(Review.plan_id)).where(col(Review.process_id).in_(processes))
    theirs = or_(col(Plan.id).in_(plans), col(Plan.process_id).in_(processes))
    given = update(Plan).where(theirs).values(officer=chosen.officer, team=chosen.team)
    session.connection().execute(given)
