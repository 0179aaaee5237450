"""One case with whose it is, to be given to somebody else."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import Session

from casework.actor import Actor
from casework.cases import find


@dataclass(frozen=True, slots=True)
class Whose:
    """A case and whose it is now (empty: nobody's)."""

    process_id: UUID
    case_ref: str
    mail_ref: str
    child: str
    officer: str
    team: str


def whose(db: Engine, reference: str, actor: Actor) -> Whose:
    """The case with that reference. Raises UnknownCase."""
    with Session(db) as session:
        case = find(session, reference, actor)
        process, person = case.process, case.person
        return Whose(
            process.id,
            process.case_ref,
            process.mail_ref,
            f"{person.forename} {person.surname}",
            process.officer or "",
            process.team or "",
        )
