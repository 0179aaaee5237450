"""Figures from outside in a file: all of it is taken or nothing, and what is wrong is said line by line."""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session

from casework.actor import Actor
from casework.caseload.columns import ADDED_BY_US
from casework.caseload.rejects import rejects_path, write_rejects
from casework.exports import write_csv
from config.clock import london_day
from scorecard.fed.entering import add, holding, key_of, same
from scorecard.fed.entries import FedEntry, faults_of, whole
from scorecard.fed.rows import FedFile, FedRow, entry_in, read_fed_file


@dataclass(frozen=True, slots=True)
class FedRefusal:
    """What is wrong in one cell of a file: `line` counts from 1, `column` is empty for the row as a whole."""

    line: int
    column: str
    reason: str


@dataclass(slots=True)
class FedReport:
    """What came of a file: figures `added`, `changed` (others held for the same period) and `unchanged`.

    With any of `refused` none was taken. `rejects` is where the file lies with the reasons beside its rows, `unread`
    the columns that are not known.
    """

    dry_run: bool
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: list[FedRefusal] = field(default_factory=lambda: [])
    unread: tuple[str, ...] = ()
    rejects: Path | None = None


def import_fed(
    db: Engine, path: Path, actor: Actor, now: datetime, *, dry_run: bool = False, fallback: Path | None = None
) -> FedReport:
    """Take in a file of fed figures (CSV or xlsx; columns `scorecard.fed.rows.COLUMNS`), whole or not at all.

    The same file twice changes nothing. Where a row is wrong nothing is kept, and the file with the reasons is written
    to `<name>.rejects.csv` beside it, or in `fallback` where that cannot be written: corrected there, it can be
    imported itself. Raises Refused for a file that cannot be read as one of figures.
    """
    file = read_fed_file(path)
    report = FedReport(dry_run, unread=file.unread)
    entries = _checked(file, london_day(now), report)
    if report.refused:
        report.rejects = None if dry_run else _keep(file, report.refused, path, fallback)
        return report
    with Session(db) as session:
        _take(session, entries, actor, now, report)
        session.rollback() if dry_run else session.commit()
    return report


def _checked(file: FedFile, today: date, report: FedReport) -> list[FedEntry]:
    entries: list[FedEntry] = []
    seen: dict[object, int] = {}
    for row in file.rows:
        entry, faults = entry_in(row)
        faults = faults or faults_of(entry, today)
        if not faults:
            kept = whole(entry)
            first = seen.setdefault(key_of(kept), row.line)
            if first != row.line:
                faults = [("", f"line {first} is of the same measure, part and period: leave one of them out")]
            entries.append(kept)
        report.refused += [FedRefusal(row.line, column, reason) for column, reason in faults]
    return entries


def _take(session: Session, entries: Sequence[FedEntry], actor: Actor, now: datetime, report: FedReport) -> None:
    held = holding(session.connection(), {each.measure_id for each in entries})
    for entry in entries:
        before = held.get(key_of(entry))
        if before is not None and same(before, entry):
            report.unchanged += 1
            continue
        add(session, entry, actor, now)
        if before is None or before.withdrawn:
            report.added += 1
        else:
            report.changed += 1


def _keep(file: FedFile, refused: Sequence[FedRefusal], path: Path, fallback: Path | None) -> Path | None:
    """The whole file as it came, with the reasons beside its rows; None where it can be written nowhere."""
    text = _with_reasons(file, refused)
    for folder in filter(None, (path.parent, fallback)):
        target = rejects_path(path, folder)
        try:
            write_rejects(target, text, as_we_left_it=False)
        except OSError:
            continue
        return target
    return None


def _with_reasons(file: FedFile, refused: Sequence[FedRefusal]) -> str:
    said: dict[int, list[FedRefusal]] = {}
    for each in refused:
        said.setdefault(each.line, []).append(each)
    out = io.StringIO(newline="")
    write_csv(out, [*file.headings, *ADDED_BY_US], _rows(file.rows, said))
    return out.getvalue()


def _rows(rows: Sequence[FedRow], said: Mapping[int, Sequence[FedRefusal]]) -> Iterator[list[str]]:
    for row in rows:
        faults = said.get(row.line, ())
        columns = ", ".join(dict.fromkeys(each.column for each in faults if each.column))
        reasons = "; ".join(f"{each.column}: {each.reason}" if each.column else each.reason for each in faults)
        yield [*row.raw, str(row.line) if faults else "", columns, reasons]
