"""Opening a case: one transaction from the request to a running clock."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from casework.actor import Actor
from casework.cases import Case, authority, may_see
from casework.entering import enter
from casework.errors import NeedsConfirmation, Refused
from casework.identifiers import tidy_upn
from casework.numbering import next_case_ref, refuse_if_taken
from casework.officers import Place, place
from casework.once import ALWAYS, Once
from casework.opening_form import Opening
from casework.opening_known import has_plan, keep_closer, oddities, perhaps
from casework.people import Found, add_person, hold_identity, identity_in, keys_of, look_up, named_in, open_processes
from engine.messages import ProcessRef
from records.ledger import facts_of
from records.mailref import random_ref
from records.tables import Person, Process
from records.writing import in_one_go
from statute.facts import Fact
from statute.kind import ASSESSMENT

__all__ = ["Opened", "Opening", "open_case"]

# Openings that draw the same reference at the same moment try again: with many at once, more than a few times.
ATTEMPTS = 20

# Said whether the case on record is open or over: that there is one is already much.
_FOR_NAMED_STAFF = (
    "This child's records are kept by named staff. Nothing was opened: ask your manager, who can tell who they are."
)


@dataclass(frozen=True, slots=True)
class Opened:
    """The case that was opened; `further` when the request was recorded on a case that was open already."""

    process_id: UUID
    case_ref: str
    mail_ref: str
    warnings: tuple[str, ...] = ()
    wakes: tuple[ProcessRef, ...] = ()
    further: bool = False


def open_case(
    db: Engine,
    opening: Opening,
    actor: Actor,
    now: datetime,
    *,
    confirm: bool = False,
    once: Once[Opened] = ALWAYS,
) -> Opened:
    """Open a case for a child, found again on record or new, and start its clocks. It may send mail at once.

    A child who has an open case gets none: NeedsConfirmation offers to record the request there as a
    `further_request`, which moves no clock, and with `confirm` that is what is done. Raises Refused when the day
    received is impossible, the birth comes after it, or the case reference is taken.
    """
    for _ in range(ATTEMPTS):
        try:
            with Session(db) as session, session.begin():
                once.claim(session)
                return once.keep(session, _open(session, opening, actor, now, confirm))
        except IntegrityError:
            # A reference of ours was taken since we looked (then another is drawn), or the one that was given.
            continue
    if opening.case_ref:
        raise Refused(f"The reference {opening.case_ref} was taken at this very moment. Look at that case first.")
    raise Refused("Many cases are being opened at this moment. Nothing was opened: open this one again in a minute.")


def _open_process(
    session: Session,
    person: Person,
    reference: str,
    opening: Opening,
    chosen: Place,
    actor: Actor,
    now: datetime,
    confirm: bool,
) -> Opened:
    """A new process for a person, armed, with its starting fact. Refusals as in `enter`."""
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
    entered = enter(session, Case(process, person, []), [start_of(opening)], actor, now, confirm=confirm)
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
    same = _same(found, opening, actor)
    already = open_processes(session, same.id) if same is not None and not opening.separate else ()
    if same is not None and already and already[0].kind == ASSESSMENT:
        return _further(session, Case(already[0], same, []), opening, actor, now, confirm)
    chosen = place(session, opening.officer, opening.team)
    opening = opening.model_copy(update={"officer": chosen.officer or ""})  # as the directory writes it
    _refuse_officer_who_may_not_see(same, opening, chosen, actor)
    with in_one_go(session):
        person = same or add_person(session, opening, actor)
        opened = _open_process(session, person, reference, opening, chosen, actor, now, confirm)
    known = keep_closer(session, same, opening, actor) if same is not None else []
    odd = (*oddities(opening), *known, *has_plan(already), *perhaps(session, found.perhaps, actor))
    return Opened(opened.process_id, opened.case_ref, opened.mail_ref, (*opened.warnings, *odd), opened.wakes)


def _same(found: Found, opening: Opening, actor: Actor) -> Person | None:
    """The child on record, unless somebody has said that this is another one. Raises Refused where it is not theirs
    to know, and where a pupil number proves them wrong."""
    same = found.same
    if same is None:
        return None
    if not may_see(same, actor):
        raise Refused(_FOR_NAMED_STAFF)
    if not opening.another:
        return same
    if same.upn_verified and same.upn == tidy_upn(opening.upn):
        raise Refused("upn is that of the child on record, so it cannot be another child: correct it or leave it out.")
    return None


def _refuse_officer_who_may_not_see(same: Person | None, opening: Opening, chosen: Place, actor: Actor) -> None:
    """With an officer who may not see the child nobody would work on the case, or be warned of it."""
    kept = same is not None and same.sensitivity == "restricted"
    if chosen.officer is None or not (kept or opening.sensitivity == "restricted"):
        return
    if chosen.officer not in (same.restricted_to if same is not None and kept else named_in(opening, actor)):
        raise Refused(
            f"{chosen.name} may not see this case: it is restricted to others. Add {chosen.officer} to those who may "
            "(restricted_to), or choose another officer."
        )


def start_of(opening: Opening) -> Fact:
    """The fact that starts the clocks of a case: a request, or the day of becoming responsible."""
    attributes = {"source": str(opening.source)} if opening.source else {}
    if opening.inherited_from and opening.start_kind == "became_responsible":
        attributes["inherited_from"] = opening.inherited_from
    return Fact(opening.start_kind, opening.received, attributes=attributes)


def _further(session: Session, case: Case, opening: Opening, actor: Actor, now: datetime, confirm: bool) -> Opened:
    """A second request on an open process moves nothing."""
    process = case.process
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
