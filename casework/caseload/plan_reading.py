"""Reading a row of a plans file: what it says, what is left out of it, and when it must be refused."""

from collections.abc import Mapping
from datetime import date

from casework.caseload.child_rows import (
    RowRefused,
    doubtless_day,
    read_beginning,
    read_child,
    read_events,
    warn_of_stray_cells,
    warn_of_the_law,
)
from casework.caseload.plan_cells import code, one_of, some_of, yes_or_no
from casework.caseload.plan_columns import COLUMNS, EVENT_COLUMNS, OUTCOMES, REPORT_COLUMNS
from casework.caseload.plan_last_review import read_last_review
from casework.caseload.plan_rows import PlanRow, Transfer
from casework.caseload.reading import RawRow
from statute.kinds import ARRANGERS, TRANSFERS
from statute.kinds_of_reviews import ALIGNED


def read_plan_row(raw: RawRow, as_of: date) -> PlanRow:
    """What a row says as at `as_of`. Raises RowRefused when no clock can be computed from it."""
    cells = raw.cells
    if not cells.get("plan_ref"):
        raise RowRefused("plan_ref", "there is no plan reference, so the row cannot be told from others: give it one")
    made = read_beginning(cells, "plan_made", "the plan was made", as_of)
    row = PlanRow(raw.line, cells["plan_ref"], made, {column for column in COLUMNS if column in cells})
    read_events(row, cells, EVENT_COLUMNS, as_of)
    warn_of_the_law(row, "plan_made")
    read_last_review(row, cells)
    _read_current_review(row, cells)
    _read_transfer(row, cells)
    _read_moves(row, cells)
    read_child(row, cells)
    warn_of_stray_cells(row, raw.beyond)
    return row


def _read_current_review(row: PlanRow, cells: Mapping[str, str]) -> None:
    row.arranged_by = one_of(row, cells, "arranged_by", ARRANGERS)
    row.aligned = some_of(row, cells, "aligned", ALIGNED)
    if row.aligned and not (row.meeting or row.last_meeting):
        row.warnings.append(("aligned", "aligned without the day of a meeting: left out"))
    row.recommends = one_of(row, cells, "recommends", OUTCOMES)
    row.changed_needs, row.no_place = (yes_or_no(row, cells, column) for column in ("changed_needs", "no_place"))
    report = row.days.get("report_received")
    meeting = row.last_meeting if row.last_report else row.meeting
    if report and meeting and report < meeting:
        del row.days["report_received"]
        row.leave_out("report_received", f"report_received {report} is before the meeting of {meeting}: left out")
    said = [column for column in REPORT_COLUMNS if getattr(row, column)]
    if said and row.meeting and not row.report:
        row.warnings.append((said[0], f"{', '.join(said)} without the day of the report: left out"))


def _read_transfer(row: PlanRow, cells: Mapping[str, str]) -> None:
    kind = one_of(row, cells, "phase_transfer", TRANSFERS)
    if not kind:
        return
    day = doubtless_day(row, "transfer_date", cells.get("transfer_date", ""))
    if day is not None and day >= row.began:
        row.transfer = Transfer(kind, day, code(row, cells, "receiving"))
    elif day is not None:
        row.leave_out("phase_transfer", f"transfer_date {day} is before the plan was made: phase transfer left out")
    else:
        row.leave_out("phase_transfer", f"phase_transfer {kind} has no transfer_date that can be read: left out")


def _read_moves(row: PlanRow, cells: Mapping[str, str]) -> None:
    row.from_authority, row.to_authority = code(row, cells, "from_authority"), code(row, cells, "to_authority")
    row.ceased_reason = code(row, cells, "ceased_reason")
    came, went = row.days.get("transferred_in"), row.days.get("transferred_out")
    if came and went and went < came:
        del row.days["transferred_out"]
        row.leave_out("transferred_out", f"transferred_out {went} is before transferred_in {came}: left out")
