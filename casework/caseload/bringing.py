"""Rows and the cases they are about: open each case, or bring it up to date."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

from sqlmodel import Session

from casework.caseload.child_rows import RowRefused
from casework.caseload.differences import Source, differences
from casework.caseload.directory import Directory
from casework.caseload.fields import base_of, note_changed, recorded_fields, remember, said_fields, set_fields
from casework.caseload.history import History
from casework.caseload.people import field_changes
from casework.caseload.recording import Judged, Scribe, judged, record_all
from casework.caseload.rows import CaseRow
from casework.caseload.store import Held, hold
from casework.caseload.wanted import spoken_of, wanted_facts
from casework.caseload.whose import Register, is_about
from casework.cases import Case
from casework.refresh import relabel
from records.mailref import random_ref
from records.tables import Process

Outcome = Literal["added", "changed", "unchanged", "refused"]

NOTHING = History(())


@dataclass(slots=True)
class Ready:
    """A row whose case is known and held. `touched` are the fields of child or case that it changed."""

    row: CaseRow
    case: Case
    history: History = NOTHING
    new: bool = False
    note_changed: bool = False
    touched: Mapping[str, str] = field(default_factory=dict[str, str])
    refusal: RowRefused | None = None


@dataclass(slots=True)
class Bringer:
    """What all rows of a file share."""

    register: Register
    directory: Directory
    scribe: Scribe
    file_hash: str

    def bring(self, session: Session, rows: Sequence[CaseRow]) -> Iterator[tuple[Outcome, RowRefused | None]]:
        """Store these rows and say what became of each. First all children and cases, then all facts: written
        together, they go to the database in few journeys."""
        cases = self.register.known.cases
        held = hold(session, [cases[row.ref.casefold()] for row in rows if row.ref.casefold() in cases])
        ready = [self._ready(session, row, held) for row in rows]
        session.flush()
        self.register.fresh.clear()
        with session.no_autoflush:
            found = [self._judged(each) for each in ready]
            record_all(session, found, self.scribe)
            for each, recorded in zip(ready, found, strict=True):
                yield self._told(session, each, recorded), each.refusal

    def _ready(self, session: Session, row: CaseRow, held: Mapping[UUID, Held]) -> Ready:
        process = self.register.known.cases.get(row.ref.casefold())
        return self._opened(session, row) if process is None else self._found(row, held[process])

    def _opened(self, session: Session, row: CaseRow) -> Ready:
        register = self.register
        person = register.person_of(session, row)
        process = Process(
            authority=register.authority,
            person_id=person.id,
            case_ref=row.ref,
            mail_ref=self._mail_ref(),
            officer=row.caseworker if row.caseworker and "caseworker" in row.present else None,
            team=row.team or self.directory.officers.get(row.caseworker) or None,
            opened_at=self.scribe.now,
            imported=True,
        )
        remember(person, process, row)
        session.add(process)
        register.known.cases[row.ref.casefold()] = process.id
        register.known.of_person.setdefault(person.id, set()).add(row.ref)
        register.tell_of(person, row)
        return Ready(row, Case(process, person, []), new=True)

    def _found(self, row: CaseRow, held: Held) -> Ready:
        case = Case(held.process, held.person, held.facts)
        if not is_about(held.person, row):
            said = "this reference belongs to another child on record: correct the reference"
            return Ready(row, case, refusal=RowRefused("case_ref", said))
        self.register.tell_of(held.person, row)
        if held.history.void:
            row.warnings.append(("case_ref", "the case was closed in the app as opened in error: left as it is"))
            return Ready(row, case, held.history)
        note = note_changed(held.person, held.process, row)
        return Ready(row, case, held.history, note_changed=note, touched=self._update_fields(row, held))

    def _update_fields(self, row: CaseRow, held: Held) -> Mapping[str, str]:
        """Bring names, numbers, setting, officer and team in step; nothing of a person who was erased."""
        process, person = held.process, held.person
        if person.text_key is None:
            return {}
        self.register.check_upn(row, person)
        found = field_changes(recorded_fields(person, process), said_fields(row), base_of(person, process))
        school = held.requests.get("education")
        if school and "setting_urn" in found.updates and school.setting_urn == person.setting_urn:
            school.setting_urn = found.updates["setting_urn"] or None
        set_fields(person, [process], found.updates, row)
        remember(person, process, row)
        for column in found.kept:
            row.warnings.append((column, f"{column} is recorded otherwise: what is on record is kept"))
        return found.updates

    def _judged(self, ready: Ready) -> Judged:
        row = ready.row
        if ready.refusal or ready.history.void:
            return Judged(case=ready.case, new=ready.new)
        wanted = wanted_facts(row, self.directory.section_31)
        source = Source(self.file_hash, row.line)
        found = differences(ready.history, wanted, spoken_of(row), source, note_changed=ready.note_changed)
        row.warnings.extend(found.kept)
        return judged(ready.case, found.changes, self.scribe, new=ready.new)

    def _told(self, session: Session, ready: Ready, recorded: Judged) -> Outcome:
        """What became of a row, with everything that its people should know in the report."""
        if ready.refusal:
            return "refused"
        self._tell(ready.row, recorded)
        if not recorded.accepted and {"caseworker", "team"} & ready.touched.keys():
            relabel(session, ready.case.process, ready.case.person)
        if ready.new:
            return "added"
        return "changed" if recorded.accepted or ready.touched else "unchanged"

    def _tell(self, row: CaseRow, recorded: Judged) -> None:
        report = self.register.report
        row.warnings.extend(("", f"{kind} was left out: {said}") for kind, said in dict.fromkeys(recorded.left_out))
        for kind, message in dict.fromkeys(recorded.odd):
            if kind == "relief":  # whoever wrote it down thinks that a limit is lifted
                row.warnings.append(("relief_ground", message))
            else:
                report.note(row.line, row.ref, "", message)
        for column, message in row.warnings:
            report.warn(row.line, row.ref, column, message)

    def _mail_ref(self) -> str:
        taken = self.register.known.mail_refs
        while (drawn := random_ref()) in taken:
            pass
        taken.add(drawn)
        return drawn
