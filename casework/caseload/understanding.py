"""A whole file, understood: the rows that can be timed, those that cannot, and what to tell about both."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

from casework.caseload.child_rows import ChildRow, RowRefused
from casework.caseload.directory import Directory
from casework.caseload.reading import CaseFile, RawRow
from casework.caseload.rejects import Rejected
from casework.caseload.report import WHOLE_FILE, ImportReport, RowRefusal

R = TypeVar("R", bound=ChildRow)


@dataclass(slots=True)
class Understood(Generic[R]):
    """The rows that can be timed, each with the row as it came, and the refused ones."""

    rows: list[tuple[RawRow, R]]
    rejected: list[Rejected] = field(default_factory=list[Rejected])

    def refuse(self, raw: RawRow, column: str, reason: str) -> None:
        """Put a row among the refused."""
        self.rejected.append((raw, RowRefusal(raw.line, raw.ref, column, reason)))


def understand(
    file: CaseFile, read: Callable[[RawRow, date], R], as_of: date, directory: Directory, report: ImportReport
) -> Understood[R]:
    """Read every row; a reference that was accepted once is refused the second time."""
    result = Understood[R]([])
    first_seen: dict[str, int] = {}
    for raw in file.rows:
        try:
            row = read(raw, as_of)
        except RowRefused as refusal:
            result.refuse(raw, refusal.column, refusal.reason)
            continue
        if before := first_seen.get(row.ref.casefold()):
            result.refuse(raw, file.kind.ref, f"second row with this reference: the first is in line {before}")
            continue
        first_seen[row.ref.casefold()] = raw.line
        result.rows.append((raw, row))
    _tell_of_columns(file, report)
    _look_up([row for _, row in result.rows], file.kind.rows, directory, report)
    return result


def _tell_of_columns(file: CaseFile, report: ImportReport) -> None:
    known = file.kind.columns
    missing = [column for column in known if column not in file.columns and column not in file.kind.optional]
    unknown = [column for column in file.columns if column and not column.startswith("_") and column not in known]
    if missing:
        said = f"the file has no column {', '.join(missing)}: what is recorded of these stays as it is"
        report.warn(WHOLE_FILE, "", missing[0], said)
    if unknown:
        report.warn(WHOLE_FILE, "", unknown[0], f"not read, because these columns are not known: {', '.join(unknown)}")


def _look_up(rows: Sequence[ChildRow], what: str, directory: Directory, report: ImportReport) -> None:
    """Officers that are not in the directory are left out. An empty directory is told once, not six hundred times."""
    named = [row for row in rows if row.caseworker]
    if named and not directory.officers:
        said = f"no officer is in the directory yet: {len(named)} {what} are unassigned until this is imported again"
        report.warn(WHOLE_FILE, "", "caseworker", said)
    for row in named:
        if row.caseworker in directory.officers:
            continue
        if directory.officers:
            row.leave_out("caseworker", f"officer {row.caseworker!r} is not in the directory: unassigned")
        row.present.discard("caseworker")
    _tell_of_settings(rows, what, directory, report)


def _tell_of_settings(rows: Sequence[ChildRow], what: str, directory: Directory, report: ImportReport) -> None:
    missing = Counter(row.setting_urn for row in rows if row.setting_urn and row.setting_urn not in directory.settings)
    if not missing:
        return
    urns = ", ".join(sorted(missing)[:10]) + (" and others" if len(missing) > 10 else "")
    said = f"{missing.total()} {what} are at a setting that is not in the directory, so it cannot be written to: {urns}"
    report.note(WHOLE_FILE, "", "setting_urn", said)
