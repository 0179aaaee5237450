"""The books of imports: which file was imported when, what it refused, and where the refused rows lie."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, select

from casework.actor import Actor
from casework.caseload.reading import CaseFile
from casework.caseload.refusals import REJECTS, Imported, digest_of, is_as_we_left_it, keep_refusals, note_of
from casework.caseload.rejects import Rejected, encoded, rejects_path, rejects_text, write_rejects
from casework.caseload.report import WHOLE_FILE, ImportReport
from casework.caseload.store import open_imported
from casework.caseload.understanding import Understood
from casework.cases import authority
from config.files import private_dir
from records.tables import ImportFile


@dataclass(frozen=True, slots=True)
class Run:
    """One import: the file, who imports it, when, and what day it is for the file. `place` is a digest of
    where the file lies, empty for none."""

    file: CaseFile
    actor: Actor
    now: datetime
    as_of: date
    name: str = ""
    place: str = ""


def close_books(session: Session, run: Run, understood: Understood[Any], report: ImportReport) -> None:
    """Tell of refusals and of what disappeared, and keep both in the books."""
    understood.rejected.sort(key=lambda rejected: rejected[0].line)
    report.refused = [said for _, said in understood.rejected]
    if not run.file.is_rejects:
        in_file = {raw.ref.casefold() for raw in run.file.rows}
        still_open = open_imported(session, run.file.kind.name)
        report.disappeared = [ref for folded, ref in still_open.items() if folded not in in_file]
    accepted = [raw for raw, _ in understood.rows]
    imported = Imported(run.file, accepted, understood.rejected, run.now, run.place)
    keep_refusals(session, imported)
    _keep_file(session, run, imported, report)


def keep_rejects(
    db: Engine, run: Run, path: Path, fallback: Path | None, rejected: Sequence[Rejected], report: ImportReport
) -> None:
    """Write the refused rows beside the file, or into the fallback folder where that cannot be done."""
    text = rejects_text(run.file, rejected)
    with Session(db) as session, session.begin():
        for folder in filter(None, (path.parent, fallback)):
            target = rejects_path(path, folder)
            try:
                if folder is fallback:
                    private_dir(folder)
                untouched = target.is_file() and is_as_we_left_it(session, target.read_bytes())
                write_rejects(target, text, as_we_left_it=untouched)
            except OSError:
                continue
            report.rejects_path = target
            _remember(session, run, digest_of(encoded(text)))
            return
    said = f"the refused rows could not be written beside {path.name}: import it from a folder where you may write"
    report.warn(WHOLE_FILE, "", "", said)


def _keep_file(session: Session, run: Run, imported: Imported, report: ImportReport) -> None:
    kept = _kept_file(session, run)
    if kept is not None and not report.added and not report.changed and kept.refused == len(imported.rejected):
        return  # the same file again: nothing to add to what is known of it
    kept = kept or ImportFile(
        authority=authority(),
        kind=run.file.kind.name,
        file_hash=run.file.file_hash,
        imported_at=run.now,
        imported_by=run.actor.name,
    )
    kept.name, kept.as_of, kept.note = run.name, run.as_of, {**kept.note, **note_of(imported)}
    kept.accepted, kept.changed = len(imported.accepted), report.added + report.changed
    kept.refused, kept.warned = len(imported.rejected), len(report.warnings)
    session.add(kept)


def _remember(session: Session, run: Run, digest: str) -> None:
    kept = _kept_file(session, run)
    if kept is not None and kept.note.get(REJECTS) != digest:
        kept.note = {**kept.note, REJECTS: digest}
        session.add(kept)


def _kept_file(session: Session, run: Run) -> ImportFile | None:
    query = select(ImportFile).where(
        ImportFile.authority == authority(),
        ImportFile.kind == run.file.kind.name,
        ImportFile.file_hash == run.file.file_hash,
    )
    return session.exec(query).first()
