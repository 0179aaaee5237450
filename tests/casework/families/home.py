"""The council of the chasing tests with a family to write to.

The request came on Wednesday 2 September 2026: the decision is due on 14 October, the plan on 20 January 2027.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from casework.cases import authority
from casework.contacts_log import Contact as Logged
from casework.contacts_log import contacts_of
from casework.families import drafts
from casework.families.reading import Shown, letter
from casework.policies import adopt
from records.tables import Contact, FamilyLetter, Officer, Person, Process
from tests.casework.chasing.council import ACTOR, HOUSE, Council, at

PARENT = "kim.testing@family.example"
OPENED = at("2026-09-02", "09:05")
BEFORE = at("2026-10-07")
"""The morning seven days before the decision is due."""
NEXT_ROUND = at("2026-10-07", "08:30")
AFTER = at("2026-10-15")
"""The morning after it was due."""
CHANGE = drafts.Change("email", "shortage", date(2026, 10, 28), "We are sorry that it takes so long.")


@dataclass
class Home(Council):
    """The council, and what is done with letters to families."""

    cases: dict[UUID, str] = field(default_factory=dict[UUID, str])

    def child(self, surname: str = "Testing", *contacts: dict[str, Any], **person: Any) -> UUID:
        """A case whose child has these contacts; one parent who prefers mail where none is said."""
        process_id = self.open(surname)
        with Session(self.db) as session, session.begin():
            process = session.get_one(Process, process_id)
            row = session.get_one(Person, process.person_id)
            for name, value in person.items():
                setattr(row, name, value)
            for each in contacts or ({},):
                said: dict[str, Any] = {
                    "role": "parent",
                    "name": "Kim Testing",
                    "email": PARENT,
                    "preferred": "email",
                    **each,
                }
                session.add(Contact(authority=process.authority, person_id=row.id, **said))
            self.cases[process_id] = process.mail_ref
        return process_id

    def count(self) -> int:
        """How many children there are."""
        return len(self.cases)

    def staff(self) -> None:
        """Those who sign in on the tests' site and are not yet in the directory."""
        with Session(self.db) as session, session.begin():
            for username, role in (("m.east", "manager"), ("a.audit", "auditor"), ("a.marsh", "caseworker")):
                if session.get(Officer, (authority(), username)) is None:
                    email = f"{username}@council.example"
                    session.add(
                        Officer(authority=authority(), username=username, name=username, email=email, role=role)
                    )

    def policy(self, toml: str) -> None:
        """Another policy in force."""
        with Session(self.db) as session, session.begin():
            adopt(session, toml, ACTOR, OPENED)

    def letters(self, process_id: UUID, *statuses: str) -> Sequence[FamilyLetter]:
        """The letters of a case in the order of their keys."""
        query = select(FamilyLetter).where(FamilyLetter.process_id == process_id).order_by(col(FamilyLetter.step_key))
        if statuses:
            query = query.where(col(FamilyLetter.status).in_(statuses))
        with Session(self.db) as session:
            found = session.exec(query).all()
            session.expunge_all()
            return found

    def stand(self, process_id: UUID) -> list[str]:
        """`kind way status reason` of each."""
        rows = self.letters(process_id)
        return [" ".join(filter(None, (row.kind, row.way, row.status, row.reason))) for row in rows]

    def delay(self, process_id: UUID) -> UUID:
        """The delay notice that waits."""
        (row,) = [each for each in self.letters(process_id, "draft", "failed", "approved") if each.kind == "delay"]
        return row.id

    def late(self, surname: str = "Testing", *contacts: dict[str, Any], **person: Any) -> UUID:
        """A case seven days before its day, with a delay notice to draft."""
        process_id = self.child(surname, *contacts, **person)
        self.wake(process_id, OPENED)
        self.wake(process_id, BEFORE)
        return process_id

    def shown(self, process_id: UUID, letter_id: UUID, now: datetime = BEFORE) -> Shown:
        """A letter as its page shows it."""
        return letter(self.db, self.cases[process_id], letter_id, HOUSE, ACTOR, now)

    def save(self, process_id: UUID, change: drafts.Change = CHANGE, now: datetime = BEFORE) -> UUID:
        """The delay notice, filled in."""
        letter_id = self.delay(process_id)
        drafts.save(self.db, self.cases[process_id], letter_id, change, ACTOR, now)
        return letter_id

    def approve(self, process_id: UUID, letter_id: UUID, now: datetime = BEFORE) -> drafts.Done:
        """Approve what its page shows."""
        written = self.shown(process_id, letter_id, now).written
        seen = written.seen if written else ""
        return drafts.approve(self.db, self.cases[process_id], letter_id, seen, HOUSE, ACTOR, now)

    def approved(self, process_id: UUID, change: drafts.Change = CHANGE, now: datetime = BEFORE) -> UUID:
        """A delay notice, filled in and approved."""
        letter_id = self.save(process_id, change, now)
        assert self.approve(process_id, letter_id, now).well
        return letter_id

    def log(self, process_id: UUID) -> Sequence[Logged]:
        """The contact log of a case."""
        with Session(self.db) as session:
            return contacts_of(session, process_id)

    def of_families(self) -> list[str]:
        """The subjects of the letters that went to the family."""
        return [letter.subject for letter in self.box.letters if letter.to.endswith("@family.example")]
