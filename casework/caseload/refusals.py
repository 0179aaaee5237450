"""Keeping count of the rows that could not be timed, until they are.

A refused row stands above every overdue list as "not timed". It is resolved when a later import accepts its reference,
when its row comes back corrected in our rejects file, when a later import accepts or refuses the same row again, or
when the file at that place is imported anew.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from sqlmodel import Session, col, select

from casework.caseload.reading import CaseFile, RawRow
from casework.caseload.rejects import Rejected
from casework.cases import authority
from casework.identifiers import tidy_upn
from casework.matching import folded
from records.tables import ImportFile, ImportRefusal

NAMELESS = "nameless"
"""In `import_file.note`: for refused rows without a reference, by line, a digest of the child they are about."""

PLACE = "place"
"""In `import_file.note`: a digest of where the file lay."""

REJECTS = "rejects"
"""In `import_file.note`: the digest of the rejects file as we wrote it, by which we know whether it was touched."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What one import accepted and refused. `place` is a digest of where the file lay, empty for none."""

    file: CaseFile
    accepted: Sequence[RawRow]
    rejected: Sequence[Rejected]
    now: datetime
    place: str = ""


@dataclass(slots=True)
class _Open:
    """The unresolved refusals and what is known of the files they are from."""

    refusals: list[ImportRefusal]
    notes: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])

    def child(self, refusal: ImportRefusal) -> str:
        nameless = cast("dict[str, str]", self.notes.get(refusal.file_hash, {}).get(NAMELESS, {}))
        return nameless.get(str(refusal.line), "")

    def place(self, refusal: ImportRefusal) -> str:
        return str(self.notes.get(refusal.file_hash, {}).get(PLACE, ""))


def keep_refusals(session: Session, imported: Imported) -> None:
    """Resolve what this import settled and store what it refused, each row once."""
    before = _unresolved(session, imported.file.kind.name)
    again = {_mark(imported.file.file_hash, raw.line) for raw, _ in imported.rejected}
    for refusal in before.refusals:
        if refusal.file_hash == imported.file.file_hash:
            settled = _mark(refusal.file_hash, refusal.line) not in again
        else:
            settled = _is_settled(refusal, before, imported)
        if settled:
            refusal.resolved_at = imported.now
            session.add(refusal)
    known = {_mark(each.file_hash, each.line) for each in before.refusals if each.resolved_at is None}
    for raw, said in imported.rejected:
        if _mark(imported.file.file_hash, raw.line) not in known:
            session.add(_row(imported, said.line, said.case_ref, said.column, said.reason))


def note_of(imported: Imported) -> dict[str, Any]:
    """What `import_file` keeps so that rows can be recognised later: digests only."""
    nameless = {str(raw.line): child_of(raw) for raw, said in imported.rejected if not said.case_ref}
    return {PLACE: imported.place, NAMELESS: nameless}


def is_as_we_left_it(session: Session, data: bytes) -> bool:
    """Whether a rejects file is one that we wrote and nobody touched."""
    query = select(ImportFile.id).where(
        ImportFile.authority == authority(), col(ImportFile.note).contains({REJECTS: digest_of(data)})
    )
    return session.exec(query).first() is not None


def digest_of(data: bytes) -> str:
    """A digest to know content or a place again by."""
    return hashlib.sha256(data).hexdigest()[:32]


def child_of(raw: RawRow) -> str:
    """A digest of the child a row is about, empty when it does not say."""
    names = [folded(raw.cells.get(name, "")) for name in ("surname", "forename", "date_of_birth")]
    known = tidy_upn(raw.cells.get("upn", "")) or "|".join(names)
    return digest_of(known.encode()) if known.strip("|") else ""


def _is_settled(refusal: ImportRefusal, before: _Open, imported: Imported) -> bool:
    if imported.place and before.place(refusal) == imported.place:
        return True  # the file at that place is another now: its own refusals follow
    at = (refusal.line, refusal.column_name, refusal.reason)
    rows = [*imported.accepted, *(raw for raw, _ in imported.rejected)]
    if any(raw.refused_at == at for raw in rows):
        return True
    if refusal.case_ref:
        return refusal.case_ref.casefold() in _references(rows)
    child = before.child(refusal)
    return bool(child) and any(child_of(raw) == child for raw in rows)


def _references(rows: Iterable[RawRow]) -> set[str]:
    return {raw.ref.casefold() for raw in rows}


def _mark(file_hash: str, line: int) -> tuple[str, int]:
    return file_hash, line


def _unresolved(session: Session, kind: str) -> _Open:
    """Those of files of the same kind: that a child's assessment is timed says nothing of the child's plan."""
    query = select(ImportRefusal).where(
        ImportRefusal.authority == authority(), col(ImportRefusal.resolved_at).is_(None)
    )
    refusals = list(session.exec(query.with_for_update()))
    hashes = {refusal.file_hash for refusal in refusals}
    files = select(ImportFile).where(
        ImportFile.authority == authority(), ImportFile.kind == kind, col(ImportFile.file_hash).in_(hashes)
    )
    notes = {file.file_hash: file.note for file in session.exec(files)} if hashes else {}
    return _Open([refusal for refusal in refusals if refusal.file_hash in notes], notes)


def _row(imported: Imported, line: int, case_ref: str, column: str, reason: str) -> ImportRefusal:
    return ImportRefusal(
        authority=authority(),
        file_hash=imported.file.file_hash,
        line=line,
        case_ref=case_ref,
        column_name=column,
        reason=reason,
        refused_at=imported.now,
    )
