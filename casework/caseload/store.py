"""What a file is compared with: everybody and every case on record, read in few questions."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import Uuid, any_, bindparam, func
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Session, col, select

from casework.caseload.history import Entry, History, history_of
from casework.caseload.people import People
from casework.cases import authority
from casework.matching import Identity
from records.tables import AdviceRequest, FactRow, Person, Plan, Process
from statute.facts import Fact

IMPORT = "import"


@dataclass(slots=True)
class Known:
    """Everybody on record, and every case by folded reference; the references of each person; the mail references that
    are taken, of whatever process, for a file whose new cases draw theirs here."""

    people: People
    cases: dict[str, UUID] = field(default_factory=dict[str, UUID])
    of_person: dict[UUID, set[str]] = field(default_factory=dict[UUID, set[str]])
    mail_refs: set[str] = field(default_factory=set[str])


@dataclass(slots=True)
class Held:
    """One case held for this transaction."""

    process: Process
    person: Person
    history: History
    facts: list[Fact]
    requests: dict[str, AdviceRequest] = field(default_factory=dict[str, AdviceRequest])


def identity_of(person: Person) -> Identity:
    """What a person on record is known by."""
    upn = person.upn if person.upn and person.upn_verified else ""
    return Identity(person.surname, person.forename, person.date_of_birth, upn)


def read_people(session: Session) -> People:
    """Everybody of this authority."""
    people = People()
    # Whole rows, for they are few enough: a council has some ten thousand children with a request or plan.
    for person in session.exec(select(Person).where(Person.authority == authority())):
        people.add(person.id, identity_of(person))
    return people


def read_known(session: Session) -> Known:
    """Everybody and every case of this authority, in few questions."""
    known = Known(read_people(session), mail_refs=set(session.exec(select(Process.mail_ref))))
    # The reviews of a plan are no other process of the child: every plan has them.
    cases = select(Process.id, Process.case_ref, Process.person_id).where(Process.kind == "assessment")
    for process, case_ref, person in session.exec(cases.where(Process.authority == authority())):
        known.cases[case_ref.casefold()] = process
        known.of_person.setdefault(person, set()).add(case_ref)
    return known


def hold(session: Session, processes: Collection[UUID]) -> dict[UUID, Held]:
    """These cases with everything a comparison needs, locked until the transaction ends."""
    if not processes:
        return {}
    wanted = bindparam("wanted", list(processes), type_=ARRAY(Uuid()))
    query = select(Process, Person).join(Person, col(Person.id) == col(Process.person_id))
    locked = query.where(col(Process.id) == any_(wanted)).order_by(col(Process.id)).with_for_update(of=Process)
    found = session.exec(locked.execution_options(populate_existing=True)).all()
    entries = _entries(session, processes)
    held = {
        process.id: Held(process, person, history_of(entries[process.id]), [each.fact for each in entries[process.id]])
        for process, person in found
    }
    requests = select(AdviceRequest).where(col(AdviceRequest.process_id) == any_(wanted))
    for request in session.exec(requests.execution_options(populate_existing=True)):
        held[request.process_id].requests[request.subject] = request
    return held


def fact_of(row: FactRow) -> Fact:
    """A row of the ledger as the law reads it."""
    return Fact(row.kind, row.day, row.subject, row.attributes, row.sequence, row.supersedes, row.recorded_at)


def open_imported(session: Session, kind: str) -> Mapping[str, str]:
    """The references of assessments or plans that came by import and have not ended, by folded reference."""
    if kind == "plans":
        query = select(Plan.plan_ref).where(
            Plan.authority == authority(), col(Plan.imported), col(Plan.ceased_on).is_(None)
        )
        return {ref.casefold(): ref for ref in session.exec(query.order_by(func.lower(Plan.plan_ref)))}
    query = select(Process.case_ref).where(
        Process.authority == authority(),
        Process.kind == "assessment",
        col(Process.imported),
        col(Process.ended_on).is_(None),
    )
    return {ref.casefold(): ref for ref in session.exec(query.order_by(func.lower(Process.case_ref)))}


def fact_rows(session: Session, processes: Collection[UUID]) -> dict[UUID, list[FactRow]]:
    """The ledgers of these processes as they are kept: with who recorded each fact."""
    wanted = bindparam("wanted", list(processes), type_=ARRAY(Uuid()))
    found: dict[UUID, list[FactRow]] = {process: [] for process in processes}
    query = select(FactRow).where(col(FactRow.process_id) == any_(wanted))
    for row in session.exec(query.order_by(col(FactRow.process_id), col(FactRow.sequence))):
        found[row.process_id].append(row)
    return found


def _entries(session: Session, processes: Collection[UUID]) -> dict[UUID, list[Entry]]:
    return {
        process: [Entry(fact_of(row), row.channel == IMPORT) for row in rows]
        for process, rows in fact_rows(session, processes).items()
    }
