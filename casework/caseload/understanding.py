"""A whole file, understood: the rows that can be timed, those that cannot, and what to tell about both."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from casework.caseload.columns import COLUMNS
from casework.caseload.directory import Directory
from casework.caseload.reading import CaseFile, RawRow
from casework.caseload.rejects import Rejected
from casework.caseload.report import WHOLE_FILE, ImportReport, RowRefusal
from casework.caseload.rows import CaseRow, RowRefused, read_row


@dataclass(slots=True)
class Understood:
    """The rows that can be timed, each with the row as it came, and the refused ones."""

    rows: list[tuple[RawRow, CaseRow]]
    rejected: list[Rejected]

    def refuse(self, raw: RawRow, column: str, reason: str) -> None:
        """Put a row among the refused."""
        self.rejected.append((raw, RowRefusal(raw.line, raw.cells.get("case_ref", ""), column, reason)))


def understand(file: CaseFile, as_of: date, directory: Directory, report: ImportReport) -> Understood:
    """Read every row; a reference that was accepted once is refused the second time."""
    result = Understood([], [])
    first_seen: dict[str, int] = {}
    for raw in file.rows:
        try:
            row = read_row(raw, as_of)
        except RowRefused as refusal:
            result.refuse(raw, refusal.column, refusal.reason)
            continue
        if before := first_seen.get(row.case_ref.casefold()):
            result.refuse(raw, "case_ref", f"second row with this reference: the first is in line {before}")
            continue
        first_seen[row.case_ref.casefold()] = raw.line
        result.rows.append((raw, row))
    _tell_of_columns(file, report)
    _look_up([row for _, row in result.rows], directory, report)
    return result


def _tell_of_columns(file: CaseFile, report: ImportReport) -> None:
    missing = [column for column in COLUMNS if column not in file.columns]
    unknown = [column for column in file.columns if column and not column.startswith("_") and column not in COLUMNS]
    if missing:
        said = f"the file has no column {', '.join(missing)}: what is recorded of these stays as it is"
        report.warn(WHOLE_FILE, "", missing[0], said)
    if unknown:
        report.warn(WHOLE_FILE, "", unknown[0], f"not read, because these columns are not known: {', '.join(unknown)}")


def _look_up(rows: Sequence[CaseRow], directory: Directory, report: ImportReport) -> None:
    """Officers that are not in the directory are left out. An empty directory is told once, not six hundred times."""
    named = [row for row in rows if row.caseworker]
    if named and not directory.officers:
        said = f"no officer is in the directory yet: {len(named)} cases are unassigned until this is imported again"
        report.warn(WHOLE_FILE, "", "caseworker", said)
    for row in named:
        if row.caseworker in directory.officers:
            continue
        if directory.officers:
            row.leave_out("caseworker", f"officer {row.caseworker!r} is not in the directory: unassigned")
        row.present.discard("caseworker")
    _tell_of_settings(rows, directory, report)


def _tell_of_settings(rows: Sequence[CaseRow], directory: Directory, report: ImportReport) -> None:
    missing = Counter(row.setting_urn for row in rows if row.setting_urn and row.setting_urn not in directory.settings)
    if not missing:
        return
    urns = ", ".join(sorted(missing)[:10]) + (" and others" if len(missing) > 10 else "")
    said = f"{missing.total()} cases are at a setting that is not in the directory, so it cannot be written to: {urns}"
    report.note(WHOLE_FILE, "", "setting_urn", said)
