"""What a row of a plans file says of the last review that was decided, and what of it does not fit together."""

from collections.abc import Mapping

from casework.caseload.plan_cells import code, one_of
from casework.caseload.plan_columns import AMENDMENT_COLUMNS, OUTCOMES
from casework.caseload.plan_rows import PlanRow
from casework.days import read_day

NO_DECISION = "there is no last_review_decision"


def read_last_review(row: PlanRow, cells: Mapping[str, str]) -> None:
    """The decision of the last review, its meeting, and what became of an amendment."""
    row.outcome = one_of(row, cells, "last_review_outcome", OUTCOMES)
    _read_previous(row)
    if _is_doubtful(cells.get("last_review_decision", "")):
        _do_without_reviews(row)
    if row.outcome and row.decided is None:
        row.outcome = ""
        row.leave_out("last_review_outcome", "last_review_outcome has no day of notifying it: not recorded")
    _read_decided_meeting(row)
    _read_last_meeting(row)
    row.names_setting = code(row, cells, "names_setting")
    _read_amendment(row)


def _read_previous(row: PlanRow) -> None:
    """The review before the last lies before it."""
    before = row.days.get("previous_review_decision")
    if before and (row.decided is None or before >= row.decided):
        said = f"not before last_review_decision {row.decided}" if row.decided else NO_DECISION
        _drop(row, "previous_review_decision", f"{said}; left out")


def _read_decided_meeting(row: PlanRow) -> None:
    """The meeting of the last review lies after the review before it, and on or before its own decision."""
    meeting, before = row.days.get("decided_meeting"), row.days.get("previous_review_decision")
    if meeting is None:
        return
    if row.decided is None:
        _drop(row, "decided_meeting", f"{NO_DECISION}; left out")
    elif meeting > row.decided:
        _drop(row, "decided_meeting", f"after last_review_decision {row.decided}; left out")
    elif before and meeting <= before:
        _drop(row, "decided_meeting", f"on or before previous_review_decision {before}; left out")


def _read_last_meeting(row: PlanRow) -> None:
    """The last meeting is that of the review under way or, on or before the decision, that of the last review."""
    before, decided = row.days.get("previous_review_decision"), row.days.get("decided_meeting")
    if (meeting := row.meeting_by_decision) is None:
        _read_meeting_after_ceasing(row)
    elif before and meeting <= before:
        _drop(row, "last_review_meeting", f"on or before previous_review_decision {before}; left out")
    elif decided and meeting != decided:
        said = f"on or before last_review_decision {row.decided}, whose decided_meeting is {decided}; left out"
        _drop(row, "last_review_meeting", said)


def _read_meeting_after_ceasing(row: PlanRow) -> None:
    """A plan that is to cease has no review under way: one process has one meeting."""
    if row.outcome != "cease" or row.has_ended or "decided_meeting" not in row.days:
        return
    for column in ("last_review_meeting", "report_received"):
        if row.decided and (day := row.days.get(column)) and day > row.decided:
            _drop(row, column, f"after the decision of {row.decided} to cease the plan; left out")


def _drop(row: PlanRow, column: str, said: str) -> None:
    row.leave_out(column, f"{column} {row.days.pop(column)}: {said}")


def _is_doubtful(text: str) -> bool:
    try:
        read_day(text)
    except ValueError:
        return True
    return False


def _do_without_reviews(row: PlanRow) -> None:
    """Without the day of the last decision nobody knows of which review a meeting or a report is."""
    for column in ("decided_meeting", "last_review_meeting", "report_received"):
        row.present.discard(column)
        if row.days.pop(column, None):
            said = "of which review is not known without last_review_decision; left out"
            row.warnings.append((column, f"{column}: {said}"))


def _read_amendment(row: PlanRow) -> None:
    """A notice or an amended plan is that of the last review only when this one decided to amend, on or before it."""
    for column in AMENDMENT_COLUMNS[:2]:
        day = row.days.get(column)
        if day is None:
            continue
        if row.outcome != "amend":
            said = "the last review is not said to have decided to amend"
        elif row.decided and day < row.decided:
            said = f"before the decision of {row.decided}"
        else:
            continue
        _drop(row, column, f"{said}; left out")
