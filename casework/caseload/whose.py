"""Whose case a row is: the same child as somebody on record, or somebody new."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from sqlmodel import Session

from casework.caseload.child_rows import ChildRow
from casework.caseload.columns import FileKind
from casework.caseload.report import ImportReport
from casework.caseload.store import Known, identity_of
from casework.matching import Identity
from records.tables import Person

TWINS = "another child has this surname and date of birth: twins, or one child written down twice"


@dataclass(slots=True)
class Register:
    """Everybody known while a file of one kind is brought in. `in_file` are the folded references of its rows, `done`
    those that were brought in already, `fresh` the people who are not in the database yet."""

    kind: FileKind
    known: Known
    report: ImportReport
    authority: str
    in_file: frozenset[str]
    done: set[str] = field(default_factory=set[str])
    fresh: dict[UUID, Person] = field(default_factory=dict[UUID, Person])

    def person_of(self, session: Session, row: ChildRow) -> Person:
        """The child a new case is about, matched or made."""
        found = self.known.people.find(identity_in(row))
        person = (self.fresh.get(found) or session.get(Person, found, populate_existing=True)) if found else None
        if person is None:
            return self._made(session, row)
        _fill(person, row)
        return person

    def check_upn(self, row: ChildRow, person: Person | None = None) -> None:
        """A number that another child has is kept as unverified: it is a slip in one of the two."""
        holder = self.known.people.holder_of(row.upn) if row.upn_verified else None
        if holder is None or (person is not None and (holder == person.id or row.upn == person.upn)):
            return
        row.upn_verified = False
        row.warnings.append(("upn", "another child on record has this UPN: kept as unverified"))

    def tell_of(self, person: Person, row: ChildRow, called: str = "") -> None:
        """Say that the child has another case, or might be somebody else's twin. `called` is what the row's own case
        or plan is called here, where the file has another name for it."""
        folded = (called or row.ref).casefold()
        others = [
            ref
            for ref in sorted(self.known.of_person.get(person.id, set()))
            if ref.casefold() != folded and (ref.casefold() in self.done or ref.casefold() not in self.in_file)
        ]
        if others:
            row.warnings.append((self.kind.ref, f"another {self.kind.each} for the same child: {', '.join(others)}"))
        if self.known.people.perhaps(person.id, identity_in(row)):
            self.report.note(row.line, row.ref, "surname", TWINS)
        self.done.add(row.ref.casefold())

    def _made(self, session: Session, row: ChildRow) -> Person:
        self.check_upn(row)
        person = Person(
            id=uuid4(),
            authority=self.authority,
            surname=row.surname,
            forename=row.forename,
            date_of_birth=row.date_of_birth,
            upn=row.upn or None,
            upn_verified=row.upn_verified,
            setting_urn=row.setting_urn or None,
        )
        session.add(person)
        self.fresh[person.id] = person
        self.known.people.add(person.id, identity_of(person))
        return person


def identity_in(row: ChildRow) -> Identity:
    """What a row knows its child by."""
    return Identity(row.surname, row.forename, row.date_of_birth, row.upn if row.upn_verified else "")


def is_about(person: Person, row: ChildRow) -> bool:
    """Whether a row can be about the child whose reference it bears: a name changes, a birth date is put right, but not
    everything at once."""
    if person.text_key is None or (row.upn and row.upn == person.upn):
        return True
    on_record, in_row = identity_of(person), identity_in(row)
    pairs: list[tuple[object, object]] = [*zip(on_record.names, in_row.names, strict=True)]
    pairs.append((on_record.date_of_birth, in_row.date_of_birth))
    comparable = [one == other for one, other in pairs if one and other]
    return not comparable or any(comparable)


def _fill(person: Person, row: ChildRow) -> None:
    """A second case of a child adds what was not known; what was is kept. Nothing of somebody who was erased."""
    if person.text_key is None:
        return
    if not person.upn and row.upn:
        person.upn, person.upn_verified = row.upn, row.upn_verified
    elif row.upn and row.upn != person.upn:
        row.warnings.append(("upn", "upn is recorded otherwise: what is on record is kept"))
    person.date_of_birth = person.date_of_birth or row.date_of_birth
    person.setting_urn = person.setting_urn or row.setting_urn or None
