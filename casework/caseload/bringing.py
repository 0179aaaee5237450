"""One row and the case it is about: open the case or bring it up to date."""

import secrets
from dataclasses import dataclass, field
from typing import Literal
from uuid import uuid4

from sqlmodel import Session

from casework.caseload.differences import Change, Source, differences
from casework.caseload.directory import Directory
from casework.caseload.fields import base_of, note_changed, recorded_fields, remember, said_fields, set_fields
from casework.caseload.history import History
from casework.caseload.people import field_changes
from casework.caseload.recording import Scribe, record_changes
from casework.caseload.relief import why_it_lifts_nothing
from casework.caseload.report import ImportReport
from casework.caseload.rows import CaseRow, RowRefused
from casework.caseload.store import Held, Known, identity_of
from casework.caseload.wanted import spoken_of, wanted_facts
from casework.cases import Case, authority
from casework.matching import Identity
from casework.refresh import relabel
from records.mailref import random_ref
from records.tables import Person, Process

Outcome = Literal["added", "changed", "unchanged"]


@dataclass(slots=True)
class Bringer:
    """Everything that rows share while a file is brought in. `in_file` are the folded references of its rows."""

    known: Known
    directory: Directory
    scribe: Scribe
    file_hash: str
    report: ImportReport
    in_file: frozenset[str]
    done: set[str] = field(default_factory=set[str])

    def bring(self, session: Session, row: CaseRow, held: Held | None) -> Outcome:
        """Store one row. Raises RowRefused when the reference belongs to another child."""
        outcome = self._open(session, row) if held is None else self._update(session, row, held)
        self.done.add(row.case_ref.casefold())
        for column, message in row.warnings:
            self.report.warn(row.line, row.case_ref, column, message)
        return outcome

    def _open(self, session: Session, row: CaseRow) -> Outcome:
        person = self._person(session, row)
        process = Process(
            authority=person.authority,
            person_id=person.id,
            case_ref=row.case_ref,
            mail_ref=self._mail_ref(),
            officer=self._officer(row),
            team=row.team or self.directory.officers.get(row.caseworker) or None,
            opened_at=self.scribe.now,
            imported=True,
        )
        remember(person, process, row)
        session.add(process)
        self.known.cases[row.case_ref.casefold()] = process.id
        self.known.of_person.setdefault(person.id, set()).add(row.case_ref)
        self._tell_of_person(person, row)
        self._record(session, Case(process, person, []), History(()), row)
        return "added"

    def _update(self, session: Session, row: CaseRow, held: Held) -> Outcome:
        process, person = held.process, held.person
        if not self._is_about(person, row):
            raise RowRefused("case_ref", "this reference belongs to another child on record: correct the reference")
        self._tell_of_person(person, row)
        if held.history.void:
            row.warnings.append(("case_ref", "the case was closed in the app as opened in error: left as it is"))
            return "unchanged"
        note = note_changed(person, process, row)
        touched = self._update_fields(session, row, held)
        recorded = self._record(session, Case(process, person, held.facts), held.history, row, note=note)
        if not recorded and {"caseworker", "team"} & touched.keys():
            relabel(session, process, person)
        return "changed" if recorded or touched else "unchanged"

    def _update_fields(self, session: Session, row: CaseRow, held: Held) -> dict[str, str]:
        """Bring names, numbers, setting, officer and team in step; nothing of a person who was erased."""
        process, person = held.process, held.person
        if person.text_key is None:
            return {}
        self._check_upn(person, row)
        found = field_changes(recorded_fields(person, process), said_fields(row), base_of(person, process))
        school = held.requests.get("education")
        if school and "setting_urn" in found.updates and school.setting_urn == person.setting_urn:
            school.setting_urn = found.updates["setting_urn"] or None
        set_fields(person, process, found.updates, row)
        remember(person, process, row)
        for column in found.kept:
            row.warnings.append((column, f"{column} is recorded otherwise: what is on record is kept"))
        return found.updates

    def _record(self, session: Session, case: Case, history: History, row: CaseRow, *, note: bool = False) -> int:
        wanted = wanted_facts(row, self.directory.section_31)
        found = differences(history, wanted, spoken_of(row), Source(self.file_hash, row.line), note_changed=note)
        row.warnings.extend(found.kept)
        self._tell_of_relief(row, history, found.changes)
        recorded = record_changes(session, case, found.changes, self.scribe)
        row.warnings.extend(("", f"left out: {message}") for message in recorded.left_out)
        for message in recorded.odd:
            self.report.note(row.line, row.case_ref, "", message)
        return recorded.added

    # Whose case it is

    def _person(self, session: Session, row: CaseRow) -> Person:
        who = self._identity(row)
        found = self.known.people.find(who)
        person = session.get(Person, found) if found else None
        if person is None:
            person = self._new_person(session, row, who)
        else:
            self._fill(person, row)
        return person

    def _new_person(self, session: Session, row: CaseRow, who: Identity) -> Person:
        if who.upn and self.known.people.holder_of(who.upn):
            self._doubt_upn(row)
        person = Person(
            id=uuid4(), authority=authority(), surname=row.surname, forename=row.forename,
            date_of_birth=row.date_of_birth, upn=row.upn or None, upn_verified=row.upn_verified,
            setting_urn=row.setting_urn or None, text_key=secrets.token_bytes(32),
        )  # fmt: skip
        session.add(person)
        session.flush()
        self.known.people.add(person.id, identity_of(person))
        return person

    def _fill(self, person: Person, row: CaseRow) -> None:
        """A second case of a child adds what was not known; what was is kept."""
        if person.text_key is None:
            return
        if not person.upn and row.upn:
            person.upn, person.upn_verified = row.upn, row.upn_verified
        elif row.upn and row.upn != person.upn:
            row.warnings.append(("upn", "another UPN is on record for this child: what is on record is kept"))
        person.date_of_birth = person.date_of_birth or row.date_of_birth
        person.setting_urn = person.setting_urn or row.setting_urn or None

    def _is_about(self, person: Person, row: CaseRow) -> bool:
        """Whether a row can be about the child whose reference it bears: names change, and so do birth dates, but
        not everything at once."""
        on_record = identity_of(person)
        if person.text_key is None or (row.upn and row.upn == person.upn):
            return True
        pairs = [*zip(on_record.names, self._identity(row).names, strict=True)]
        pairs.append((_day(on_record), _day(self._identity(row))))
        comparable = [one == other for one, other in pairs if one and other]
        return not comparable or any(comparable)

    def _check_upn(self, person: Person, row: CaseRow) -> None:
        holder = self.known.people.holder_of(row.upn) if row.upn_verified else None
        if holder is not None and holder != person.id and row.upn != person.upn:
            self._doubt_upn(row)

    def _doubt_upn(self, row: CaseRow) -> None:
        row.upn_verified = False
        row.warnings.append(("upn", "another child on record has this UPN: kept as unverified"))

    def _tell_of_person(self, person: Person, row: CaseRow) -> None:
        folded = row.case_ref.casefold()
        others = [
            ref
            for ref in sorted(self.known.of_person.get(person.id, set()))
            if ref.casefold() != folded and (ref.casefold() in self.done or ref.casefold() not in self.in_file)
        ]
        if others:
            row.warnings.append(("case_ref", f"another process for the same child: {', '.join(others)}"))
        if self.known.people.perhaps(person.id, self._identity(row)):
            said = "another child has this surname and date of birth: twins, or one child written down twice"
            self.report.note(row.line, row.case_ref, "surname", said)

    # Small things

    def _tell_of_relief(self, row: CaseRow, history: History, changes: list[Change]) -> None:
        """A relief is recorded whether or not it reaches a limit; one that reaches none is told."""
        facts = [*history.facts(), *(change.fact for change in changes)]
        relief = next((fact for fact in facts if fact.kind == "relief" and "limit" not in fact.attributes), None)
        if row.relief and relief and (why := why_it_lifts_nothing(relief, facts, self.scribe.today)):
            row.warnings.append(("relief_ground", f"the relief lifts no limit: {why}"))

    def _officer(self, row: CaseRow) -> str | None:
        return row.caseworker if row.caseworker and "caseworker" in row.present else None

    def _mail_ref(self) -> str:
        while (drawn := random_ref()) in self.known.mail_refs:
            pass
        self.known.mail_refs.add(drawn)
        return drawn

    def _identity(self, row: CaseRow) -> Identity:
        return Identity(row.surname, row.forename, row.date_of_birth, row.upn if row.upn_verified else "")


def _day(who: Identity) -> str:
    return who.date_of_birth.isoformat() if who.date_of_birth else ""
