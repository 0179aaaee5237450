"""Opening a case: one transaction from the request to a running clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from casework.actor import Actor
from casework.cases import Case, authority, may_see
from casework.entering import enter
from casework.errors import NeedsConfirmation, Refused
from casework.identifiers import uln_is_valid
from casework.numbering import next_case_ref, refuse_if_taken
from casework.officers import place
from casework.opening_form import Opening
from casework.people import add_person, hold_identity, identity_in, keys_of, look_up, open_processes
from engine.messages import ProcessRef
from records.ledger import facts_of
from records.mailref import random_ref
from records.tables import Person, Process
from records.writing import in_one_go
from statute.facts import Fact
from statute.kind import ANNUAL_REVIEW, ASSESSMENT

__all__ = ["Opened", "Opening", "open_case"]

# Openings that draw the same reference at the same moment try again.
ATTEMPTS = 5

# Section 36 speaks of a child or young person: nobody over 25.
TWENTY_SIX_YEARS = timedelta(days=26 * 365.2425)


@dataclass(frozen=True, slots=True)
class Opened:
    """The case that was opened; `further` when the request was recorded on a case that was open already."""

    process_id: UUID
    case_ref: str
    mail_ref: str
    warnings: tuple[str, ...] = ()
    wakes: tuple[ProcessRef, ...] = ()
    further: bool = False


def open_case(db: Engine, opening: Opening, actor: Actor, now: datetime, *, confirm: bool = False) -> Opened:
    """Open a case for a child, found again on record or new, and start its clocks. It may send mail at once.

    A child who has an open case gets none: NeedsConfirmation offers to record the request there as a
    `further_request`, which moves no clock, and with `confirm` that is what is done. Raises Refused when the day
    received is impossible, the birth comes after it, or the case reference is taken.
    """
    for _ in range(ATTEMPTS):
        try:
            with Session(db) as session, session.begin():
                return _open(session, opening, actor, now, confirm)
        except IntegrityError:
            # A reference of ours was taken since we looked (then another is drawn), or the one that was given.
            continue
    raise Refused(f"The reference {opening.case_ref} was taken at this very moment. Look at that case first.")


def _open_process(
    session: Session, person: Person, reference: str, opening: Opening, actor: Actor, now: datetime, confirm: bool
) -> Opened:
    """A new process for a person, armed, with its starting fact. Refusals as in `enter`."""
    chosen = place(session, opening.officer, opening.team)
    process = Process(
        authority=authority(),
        person_id=person.id,
        case_ref=reference,
        mail_ref=random_ref(),
        officer=chosen.officer,
        team=chosen.team,
        opened_at=now,
        armed_from=now,
        armed_at=now,
        armed_by=actor.name,
    )
    entered = enter(session, Case(process, person, []), [_start(opening)], actor, now, confirm=confirm)
    warnings = (*chosen.warnings, *entered.warnings)
    return Opened(process.id, process.case_ref, process.mail_ref, warnings, entered.wakes)


def _open(session: Session, opening: Opening, actor: Actor, now: datetime, confirm: bool) -> Opened:
    _refuse_birth_after_request(opening)
    if opening.case_ref:
        refuse_if_taken(session, opening.case_ref)
    who = identity_in(opening)
    if opening.case_ref:
        hold_identity(session, who)
    reference = opening.case_ref or next_case_ref(session, opening.received.year, keys_of(who))
    found = look_up(session, who)
    already = open_processes(session, found.same.id) if found.same is not None and not opening.separate else ()
    if found.same is not None and already and already[0].kind == ASSESSMENT:
        return _further(session, Case(already[0], found.same, []), opening, actor, now, confirm)
    with in_one_go(session):
        person = found.same or add_person(session, opening, actor)
        opened = _open_process(session, person, reference, opening, actor, now, confirm)
    odd = (*_oddities(opening, person), *_has_plan(already), *_perhaps(session, found.perhaps, actor))
    return Opened(opened.process_id, opened.case_ref, opened.mail_ref, (*opened.warnings, *odd), opened.wakes)


def _start(opening: Opening) -> Fact:
    attributes = {"source": str(opening.source)} if opening.source else {}
    if opening.inherited_from and opening.start_kind == "became_responsible":
        attributes["inherited_from"] = opening.inherited_from
    return Fact(opening.start_kind, opening.received, attributes=attributes)


def _further(session: Session, case: Case, opening: Opening, actor: Actor, now: datetime, confirm: bool) -> Opened:
    """A second request on an open process moves nothing."""
    process = case.process
    if not may_see(case.person, actor):
        raise Refused("This child has an open case that is restricted to named staff. Ask your manager to record it.")
    if not confirm:
        raise NeedsConfirmation(
            f"This child already has an open case, {process.case_ref}. A second request does not move its clocks. "
            f"Confirm to record this one there as a further request of {opening.received}; or, when it is another "
            "child, correct the UPN, name or date of birth.",
            process.case_ref,
        )
    session.refresh(process, with_for_update=True)
    case.facts = facts_of(session, process.id)
    attributes = {"source": str(opening.source)} if opening.source else {}
    fact = Fact("further_request", opening.received, attributes=attributes)
    entered = enter(session, case, [fact], actor, now, confirm=True)
    said = f"No new case: recorded as a further request on {process.case_ref}, whose clocks are not moved."
    warnings = (said, *entered.warnings)
    return Opened(process.id, process.case_ref, process.mail_ref, warnings, entered.wakes, further=True)


def _refuse_birth_after_request(opening: Opening) -> None:
    if opening.date_of_birth and opening.date_of_birth > opening.received:
        raise Refused(
            f"date_of_birth {opening.date_of_birth} is after the request of {opening.received}: "
            "correct the one that is wrong, or leave the date of birth out."
        )


def _oddities(opening: Opening, person: Person) -> list[str]:
    """What should be looked at; the values themselves are not repeated."""
    odd: list[str] = []
    if opening.upn and not person.upn_verified:
        odd.append("The check letter of the UPN is wrong: it is kept as unverified and not matched. Check it.")
    if opening.uln and not uln_is_valid(opening.uln):
        odd.append("The ULN does not have ten digits with the right check digit. Check it.")
    if opening.date_of_birth is None:
        odd.append("No date of birth: a second case for the same child may not be noticed. Add it when known.")
    elif opening.received - opening.date_of_birth >= TWENTY_SIX_YEARS:
        odd.append("The young person was 26 or older when the request was received: check the date of birth.")
    if opening.source is None:
        odd.append("No source of the request: taken as the day on which the authority became responsible.")
    return odd


def _has_plan(already: Sequence[Process]) -> list[str]:
    """A request for a child with a plan is one for a re-assessment, whose days are others (s.44(2), regs 23 to 27)."""
    reviews = [process.case_ref for process in already if process.kind == ANNUAL_REVIEW]
    if not reviews:
        return []
    return [
        f"This child has a plan, under review as {reviews[-1]}. If a re-assessment was asked for (section 44(2)), "
        "other limits count than those of this case: the answer is due within 15 days (regulation 25(1))."
    ]


def _perhaps(session: Session, people: Sequence[Person], actor: Actor) -> list[str]:
    refs = [
        process.case_ref
        for person in people
        if may_see(person, actor)
        for process in open_processes(session, person.id)
    ]
    if not people:
        return []
    where = f": see {', '.join(refs)}" if refs else ""
    return [f"Somebody with the same surname and date of birth is on record (a twin, or the same child?){where}."]
