"""What would come of recording on many cases: looked at before, in one go, with nothing recorded."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import Session

from casework.actor import Actor
from casework.cases import Case
from casework.entering import weigh
from casework.errors import CaseworkError
from casework.finding_many import find_many
from casework.plan_refs import said_among
from casework.recording import Line
from statute.errors import FactError
from statute.facts import Fact
from statute.notation import parse_fact
from statute.standing import standing


@dataclass(frozen=True, slots=True)
class Found:
    """The case that a reference means."""

    process_id: UUID
    case_ref: str
    mail_ref: str
    child: str
    officer: str


@dataclass(frozen=True, slots=True)
class Weighed:
    """One line: the case meant, what would be recorded, and what stands against it.

    `stands`: that very fact is recorded already, and would be passed over.
    """

    line: Line
    found: Found | None = None
    fact: Fact | None = None
    refusals: tuple[str, ...] = ()
    confirmations: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    stands: bool = False

    @property
    def possible(self) -> bool:
        """Whether something would be recorded, perhaps once it is confirmed."""
        return not self.refusals and not self.stands


def weigh_many(db: Engine, lines: Sequence[Line], actor: Actor, now: datetime) -> tuple[Weighed, ...]:
    """What would be said of each line by `record_many`; lines of one case are weighed one upon the other."""
    read = [_read(line) for line in lines]
    with Session(db) as session:
        asked = [(line.case_ref, fact) for line, fact in zip(lines, read, strict=True) if isinstance(fact, Fact)]
        cases = iter(find_many(session, asked, actor))
        recorded: dict[UUID, list[Fact]] = {}
        return tuple(
            Weighed(line, refusals=(fact,))
            if isinstance(fact, str)
            else _one(session, line, fact, next(cases), recorded, now)
            for line, fact in zip(lines, read, strict=True)
        )


def _one(
    session: Session,
    line: Line,
    fact: Fact,
    case: Case | CaseworkError,
    recorded: dict[UUID, list[Fact]],
    now: datetime,
) -> Weighed:
    if isinstance(case, CaseworkError):
        return Weighed(line, fact=fact, refusals=tuple(case.messages))
    known = recorded.setdefault(case.process.id, case.facts)
    found = _found(case)
    if said_among(standing(known), fact):
        return Weighed(line, found, fact, stands=True)
    verdict = weigh(session, Case(case.process, case.person, known), [fact], now)
    if not verdict.refusals:
        known.append(replace(fact, sequence=len(known) + 1))
    return Weighed(
        line, found, fact, tuple(verdict.refusals), tuple(verdict.confirmations), tuple(dict.fromkeys(verdict.warnings))
    )


def _found(case: Case) -> Found:
    process, person = case.process, case.person
    name = f"{person.forename} {person.surname}"
    return Found(process.id, process.case_ref, process.mail_ref, name, process.officer or "")


def _read(line: Line) -> Fact | str:
    try:
        return parse_fact(line.fact)
    except FactError as error:
        return str(error)
