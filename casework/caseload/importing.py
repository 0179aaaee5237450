"""Importing a file of cases or of plans, from its first byte to the report."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from casework.actor import Actor
from casework.calendars import calendar_in_force
from casework.caseload.books import Run, close_books, keep_rejects
from casework.caseload.bringing import Bringer, Outcome
from casework.caseload.child_rows import RowRefused
from casework.caseload.directory import Directory, read_directory
from casework.caseload.plan_bringing import PlanBringer
from casework.caseload.plan_columns import PLANS
from casework.caseload.plan_reading import read_plan_row
from casework.caseload.plan_store import read_known_plans, words_of_files
from casework.caseload.reading import RawRow, read_case_file
from casework.caseload.recording import Scribe
from casework.caseload.refusals import digest_of
from casework.caseload.report import ImportReport
from casework.caseload.rows import read_row
from casework.caseload.store import read_known
from casework.caseload.understanding import Understood, understand
from casework.caseload.whose import Register
from casework.cases import authority
from casework.errors import Refused
from casework.locks import Hold, alone
from casework.policies import norms_of, policy_in_force
from config.clock import london_day

CHUNK = 50
"""Rows in one transaction: few enough that nobody waits for a held case, many enough to be quick."""

Progress = Callable[[int, int], None]


class Brings(Protocol):
    """What stores the rows of a chunk and says what became of each, in order."""

    def bring(self, session: Session, rows: Sequence[Any]) -> Iterator[tuple[Outcome, RowRefused | None]]:
        """Store rows of one kind of file."""
        ...


@dataclass(frozen=True, slots=True)
class _Work:
    """A file understood, and what brings it in."""

    understood: Understood[Any]
    bringer: Brings
    report: ImportReport


def import_caseload(
    db: Engine,
    path: Path,
    actor: Actor,
    now: datetime,
    *,
    as_of: date | None = None,
    dry_run: bool = False,
    on_progress: Progress | None = None,
    fallback_folder: Path | None = None,
) -> ImportReport:
    """Import a file of assessments or of plans, told apart by their columns (CSV or xlsx; `casework.caseload.columns`
    and `plan_columns`).

    `as_of` is "today" for the file (default: the day in London at `now`): what is later has not happened. The refused
    rows go to `<name>.rejects.csv` beside the file, or to `fallback_folder` where that folder cannot be written. With
    `dry_run` everything is worked out and nothing is kept. `on_progress` is told rows done and rows in all. Raises
    Refused for a file that cannot be used, or while another import runs.
    """
    file = read_case_file(path)
    run = Run(file, actor, now, as_of or london_day(now), path.name, digest_of(str(path.resolve()).encode()))
    report, understood = import_rows(db, run, dry_run=dry_run, on_progress=on_progress)
    if understood.rejected and not dry_run:
        keep_rejects(db, run, path, fallback_folder, understood.rejected, report)
    return report


def import_rows(
    db: Engine, run: Run, *, dry_run: bool = False, on_progress: Progress | None = None
) -> tuple[ImportReport, Understood[Any]]:
    """Import what was read already; see `import_caseload`. Interrupted, the same again goes on where it stopped."""
    with alone(db, "import") as lock:  # two at once would both open the same new case
        if not lock.mine:
            raise Refused("Another import is running. Wait until it has finished, then import this file again.")
        try:
            return _import(db, run, lock, dry_run=dry_run, on_progress=on_progress)
        except IntegrityError as error:
            raise Refused(
                "Somebody opened a case with a reference of this file at this moment. Import the file again: "
                "what was done is kept, and the rest follows."
            ) from error


def _import(
    db: Engine, run: Run, lock: Hold, *, dry_run: bool, on_progress: Progress | None
) -> tuple[ImportReport, Understood[Any]]:
    report = ImportReport(run.file.kind.name, dry_run=dry_run)
    with Session(db, expire_on_commit=False) as session:
        work = _prepare(session, run, report)
        for done in _bring_all(session, work, dry_run=dry_run):
            lock.still()
            if on_progress:
                on_progress(done, len(run.file.rows))
        report.gather_notes()
        close_books(session, run, work.understood, report)
        session.rollback() if dry_run else session.commit()
    return report, work.understood


def _prepare(session: Session, run: Run, report: ImportReport) -> _Work:
    directory = read_directory(session)
    scribe = Scribe(run.actor.name, run.now, run.as_of, norms_of(policy_in_force(session)), calendar_in_force(session))
    if run.file.kind is PLANS:
        return _plans(session, run, report, directory, scribe)
    understood = understand(run.file, read_row, run.as_of, directory, report)
    in_file = frozenset(row.ref.casefold() for _, row in understood.rows)
    register = Register(run.file.kind, read_known(session), report, authority(), in_file)
    return _Work(understood, Bringer(register, directory, scribe, run.file.file_hash), report)


def _plans(session: Session, run: Run, report: ImportReport, directory: Directory, scribe: Scribe) -> _Work:
    understood = understand(run.file, read_plan_row, run.as_of, directory, report)
    in_file = frozenset(row.ref.casefold() for _, row in understood.rows)
    known, words = read_known_plans(session), words_of_files(session)
    register = Register(run.file.kind, known, report, authority(), in_file)
    return _Work(understood, PlanBringer(register, known, words, directory, scribe, run.file.file_hash), report)


def _bring_all(session: Session, work: _Work, *, dry_run: bool) -> Iterator[int]:
    """Bring in chunks, each kept at once, and say how many rows are done; a dry run is one transaction."""
    done = len(work.understood.rejected)
    rows = list(work.understood.rows)
    for first in range(0, len(rows), CHUNK):
        chunk = rows[first : first + CHUNK]
        _bring_chunk(session, work, chunk)
        if not dry_run:
            session.commit()
        done += len(chunk)
        yield done


def _bring_chunk(session: Session, work: _Work, chunk: Sequence[tuple[RawRow, Any]]) -> None:
    understood, report = work.understood, work.report
    brought = work.bringer.bring(session, [row for _, row in chunk])
    for (raw, row), (outcome, refusal) in zip(chunk, brought, strict=True):
        if refusal is not None:
            understood.refuse(raw, refusal.column, refusal.reason)
            understood.rows.remove((raw, row))
        else:
            setattr(report, outcome, getattr(report, outcome) + 1)
