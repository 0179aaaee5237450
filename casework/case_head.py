"""What stands above every page of a case: whose it is, which process, who works on it, and what to be careful of."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from casework.actor import Actor
from casework.cases import Case, find
from casework.recipients import RESTRICTED, Directory
from records.tables import Plan, Process, Review


@dataclass(frozen=True, slots=True)
class Child:
    """The child or young person of a case. `setting` is its name, or its URN where the directory has none."""

    id: UUID
    forename: str
    surname: str
    date_of_birth: date | None
    upn: str | None
    setting: str
    restricted: bool
    looked_after: bool

    @property
    def name(self) -> str:
        """Forename and surname."""
        return f"{self.forename} {self.surname}".strip()


@dataclass(frozen=True, slots=True)
class Head:
    """One process as its pages name it.

    `plan_ref` and `cycle` are those of a review. `version` is the number of entries in its ledger. `officer_name` is
    empty where nobody has the case. Quiet (not `armed`): it sends nothing until somebody arms it.
    """

    id: UUID
    kind: str
    case_ref: str
    mail_ref: str
    child: Child
    officer: str | None
    officer_name: str
    team: str | None
    opened_at: datetime
    ended_on: date | None
    armed: bool
    version: int
    run: int
    next_wake: datetime | None
    plan_ref: str = ""
    cycle: int = 0


@dataclass(frozen=True, slots=True)
class Opened:
    """A case that was found: its head, and what pages read more of it with."""

    head: Head
    case: Case
    directory: Directory


def head_of(db: Engine, reference: str, actor: Actor) -> Head:
    """The head of a case, by case reference or mail reference. Raises UnknownCase, also where it is not for them."""
    with Session(db) as session:
        return open_case(session, reference, actor).head


def open_case(session: Session, reference: str, actor: Actor, today: date | None = None) -> Opened:
    """The same with what it was read from, for a page that reads on. Raises UnknownCase.

    `today` is the day of the cover that counts where the page says who is written to; without it none does.
    """
    case = find(session, reference, actor)
    directory = Directory(session, case.process.authority, today)
    return Opened(_head(session, case, directory), case, directory)


def _head(session: Session, case: Case, directory: Directory) -> Head:
    process = case.process
    plan_ref, cycle = _plan(session, process)
    return Head(
        id=process.id,
        kind=process.kind,
        case_ref=process.case_ref,
        mail_ref=process.mail_ref,
        child=_child(case, directory),
        officer=process.officer,
        officer_name=name_of(directory, process.officer),
        team=process.team,
        opened_at=process.opened_at,
        ended_on=process.ended_on,
        armed=process.armed_from is not None,
        version=process.version,
        run=process.run,
        next_wake=process.next_wake,
        plan_ref=plan_ref,
        cycle=cycle,
    )


def name_of(directory: Directory, username: str | None) -> str:
    """The name of a member of staff; the username where the directory does not know it, empty for nobody."""
    if not username:
        return ""
    known = directory.everybody.get(username)
    return known.name if known else username


def _child(case: Case, directory: Directory) -> Child:
    person = case.person
    setting = directory.setting(person.setting_urn)
    return Child(
        id=person.id,
        forename=person.forename,
        surname=person.surname,
        date_of_birth=person.date_of_birth,
        upn=person.upn,
        setting=setting.name if setting else (person.setting_urn or ""),
        restricted=person.sensitivity == RESTRICTED,
        looked_after=person.looked_after,
    )


def _plan(session: Session, process: Process) -> tuple[str, int]:
    query = select(Plan.plan_ref, Review.cycle).join(Review, col(Review.plan_id) == col(Plan.id))
    found = session.exec(query.where(Review.process_id == process.id)).first()
    return found or ("", 0)
