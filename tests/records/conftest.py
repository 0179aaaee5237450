"""What the tests of the records room start from: a case to write facts into."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlmodel import Session

from records.mailref import new_ref
from records.tables import Person, Process
from tests.support.database import Database

NOW = datetime(2026, 11, 20, 9, 30, 15, 123456, tzinfo=UTC)

NewCase = Callable[[str], Process]


@pytest.fixture
def session(database: Database):
    """A session of the application's role; what a test leaves uncommitted is gone."""
    with Session(database.engine) as opened:
        yield opened


@pytest.fixture
def new_case(session: Session) -> NewCase:
    """Make a committed process of a person of its own, by its reference."""

    def make(case_ref: str) -> Process:
        person = Person(authority="301", surname="Archer", forename="Ada")
        session.add(person)
        session.flush()
        process = Process(
            authority="301", person_id=person.id, case_ref=case_ref, mail_ref=new_ref(session), opened_at=NOW
        )
        session.add(process)
        session.commit()
        return process

    return make
