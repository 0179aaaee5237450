"""Finding one case by what people call it, and holding it while something is recorded."""

import os
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from sqlalchemy import func, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from casework.actor import Actor
from casework.errors import Refused, UnknownCase
from config.settings import get_settings
from records.ledger import facts_of
from records.mailref import tidy
from records.tables import Person, Process
from statute.facts import Fact

# Files and the engine act for the house; people see a restricted child only when they are named.
_OF_THE_HOUSE = frozenset({"import", "engine"})


@dataclass(slots=True)
class Case:
    """One process with its person and its facts as recorded so far, in order of recording."""

    process: Process
    person: Person
    facts: list[Fact]


def find(session: Session, reference: str, actor: Actor | None = None, *, lock: bool = False) -> Case:
    """The case with that case reference or mail reference, in whatever capitals.

    With `lock` nobody else records on it until the transaction ends. Raises UnknownCase, also when the person
    is restricted and the actor is not among those named: that a case exists is already too much.
    """
    process = _exact(session, reference.strip(), lock) or _folded(session, reference.strip(), lock)
    if process is None:
        raise UnknownCase(reference)
    person = cast("Person", session.get(Person, process.person_id))
    if actor is not None and not may_see(person, actor):
        raise UnknownCase(reference)
    return Case(process, person, list(facts_of(session, process.id)))


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


def _exact(session: Session, reference: str, lock: bool) -> Process | None:
    query = select(Process).where(
        Process.authority == authority(),
        or_(col(Process.case_ref) == reference, col(Process.mail_ref) == (tidy(reference) or "")),
    )
    # A council's own reference wins should it ever read like another child's mail reference.
    query = query.order_by((col(Process.case_ref) == reference).desc()).limit(1)
    return session.exec(_held(query) if lock else query).first()


def _folded(session: Session, reference: str, lock: bool) -> Process | None:
    query = select(Process).where(Process.authority == authority(), func.upper(Process.case_ref) == reference.upper())
    found = session.exec(_held(query.limit(2)) if lock else query.limit(2)).all()
    if len(found) > 1:
        names = " and ".join(sorted(process.case_ref for process in found))
        raise Refused(f"{reference!r} could be {names}. Write it in the capitals and small letters of the one meant.")
    return found[0] if found else None


def _held(query: SelectOfScalar[Process]) -> SelectOfScalar[Process]:
    # What this session read before it waited for the lock may have changed meanwhile.
    return query.with_for_update().execution_options(populate_existing=True)
