"""What a program is told of one case: what stands above its pages, its ledger, and its contact log."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import Session

from casework.actor import Actor
from casework.case_head import Head, open_case
from casework.cases import find
from casework.contacts_log import Contact, contacts_of
from statute.facts import Fact


@dataclass(frozen=True, slots=True)
class CaseCard:
    """One case with its facts as recorded, in order of recording."""

    head: Head
    setting_urn: str | None
    facts: Sequence[Fact]


def card(db: Engine, reference: str, actor: Actor) -> CaseCard:
    """The case that a reference means. Raises UnknownCase."""
    with Session(db) as session:
        found = open_case(session, reference, actor)
        return CaseCard(found.head, found.case.person.setting_urn, found.case.facts)


def contact_log(db: Engine, reference: str, actor: Actor) -> tuple[UUID, Sequence[Contact]]:
    """The process that a reference means, and its contacts, the latest first. Raises UnknownCase."""
    with Session(db) as session:
        process = find(session, reference, actor).process.id
        return process, contacts_of(session, process)
