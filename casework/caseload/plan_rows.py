"""One row of a plans file, understood: what it says, what was left out of it, and when it must be refused."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from casework.caseload.child_rows import (
    ChildRow,
    RowRefused,
    doubtless_day,
    read_beginning,
    read_child,
    read_events,
    warn_of_stray_cells,
    warn_of_the_law,
)
from casework.caseload.plan_columns import AMENDMENT_COLUMNS, COLUMNS, EVENT_COLUMNS, OUTCOMES, REPORT_COLUMNS
from casework.caseload.reading import RawRow
from casework.days import read_day
from statute.kinds import ARRANGERS, TRANSFERS

YES = {"yes": "yes", "y": "yes", "true": "yes", "1": "yes", "no": "no", "n": "no", "false": "no", "0": "no"}
FIVE = 5
"""The age below which the Code (9.178) asks for a review every three to six months."""

# A code of the ledger: letters, digits and few signs, never words.
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:/+-]{0,79}")


@dataclass(frozen=True, slots=True)
class Transfer:
    """A phase transfer that somebody says is coming (reg 18): its kind, its day, and where to ("" when not known)."""

    kind: str
    day: date
    receiving: str


@dataclass(slots=True)
class PlanRow(ChildRow):
    """A row of a plan that can be timed, from the day it was made. Codes are empty where the file says none."""

    WHAT: ClassVar[str] = "the plan"
    BEGAN: ClassVar[str] = "was made"

    outcome: str = ""
    names_setting: str = ""
    arranged_by: str = ""
    recommends: str = ""
    changed_needs: str = ""
    no_place: str = ""
    transfer: Transfer | None = None
    from_authority: str = ""
    to_authority: str = ""
    ceased_reason: str = ""

    @property
    def decided(self) -> date | None:
        """The day on which the decision of the last review was sent: from then on the next one is due."""
        return self.days.get("last_review_decision")

    @property
    def last_meeting(self) -> date | None:
        """The meeting of the last review, None when the file tells of a later one or of none."""
        meeting = self.days.get("last_review_meeting")
        return meeting if meeting and self.decided and meeting <= self.decided else None

    @property
    def meeting(self) -> date | None:
        """The meeting whose decision is outstanding: one after the last decision, or without any."""
        return None if self.last_meeting else self.days.get("last_review_meeting")

    @property
    def report(self) -> date | None:
        """The report of the current review."""
        return None if self._report_is_of_last else self.days.get("report_received")

    @property
    def last_report(self) -> date | None:
        """The report of the last review, however late it came."""
        return self.days.get("report_received") if self._report_is_of_last else None

    @property
    def _report_is_of_last(self) -> bool:
        report = self.days.get("report_received")
        return bool(self.last_meeting or (self.decided and report and report <= self.decided))

    @property
    def has_ended(self) -> bool:
        """Whether the plan is no longer this authority's, or no longer a plan."""
        return bool(self.days.keys() & {"transferred_out", "ceased"})

    def under_five(self, day: date) -> bool:
        """Whether the child had not turned five by that day."""
        born = self.date_of_birth
        return born is not None and (day.year - FIVE, day.month, day.day) < (born.year, born.month, born.day)


def read_plan_row(raw: RawRow, as_of: date) -> PlanRow:
    """What a row says as at `as_of`. Raises RowRefused when no clock can be computed from it."""
    cells = raw.cells
    if not cells.get("plan_ref"):
        raise RowRefused("plan_ref", "there is no plan reference, so the row cannot be told from others: give it one")
    made = read_beginning(cells, "plan_made", "the plan was made", as_of)
    row = PlanRow(raw.line, cells["plan_ref"], made, {column for column in COLUMNS if column in cells})
    read_events(row, cells, EVENT_COLUMNS, as_of)
    warn_of_the_law(row, "plan_made")
    _read_last_review(row, cells)
    _read_current_review(row, cells)
    _read_transfer(row, cells)
    _read_moves(row, cells)
    read_child(row, cells)
    warn_of_stray_cells(row, raw.beyond)
    return row


def _read_last_review(row: PlanRow, cells: Mapping[str, str]) -> None:
    row.outcome = _one_of(row, cells, "last_review_outcome", OUTCOMES)
    _read_previous(row)
    if _is_doubtful(cells.get("last_review_decision", "")):
        _do_without_reviews(row)
    if row.outcome and row.decided is None:
        row.outcome = ""
        row.leave_out("last_review_outcome", "last_review_outcome has no day of notifying it: not recorded")
    row.names_setting = _code(row, cells, "names_setting")
    _read_amendment(row)


def _read_previous(row: PlanRow) -> None:
    """The review before the last lies before it."""
    before = row.days.get("previous_review_decision")
    if before and (row.decided is None or before >= row.decided):
        del row.days["previous_review_decision"]
        said = f"not before last_review_decision {row.decided}" if row.decided else "there is no last_review_decision"
        row.leave_out("previous_review_decision", f"previous_review_decision {before}: {said}; left out")
    elif before and row.last_meeting and row.last_meeting <= before:
        meeting = row.days.pop("last_review_meeting")
        said = f"on or before previous_review_decision {before}; left out"
        row.leave_out("last_review_meeting", f"last_review_meeting {meeting}: {said}")


def _is_doubtful(text: str) -> bool:
    try:
        read_day(text)
    except ValueError:
        return True
    return False


def _do_without_reviews(row: PlanRow) -> None:
    """Without the day of the last decision nobody knows of which review a meeting or a report is."""
    for column in ("last_review_meeting", "report_received"):
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
        del row.days[column]
        row.leave_out(column, f"{column} {day}: {said}; left out")


def _read_current_review(row: PlanRow, cells: Mapping[str, str]) -> None:
    row.arranged_by = _one_of(row, cells, "arranged_by", ARRANGERS)
    row.recommends = _one_of(row, cells, "recommends", OUTCOMES)
    row.changed_needs, row.no_place = (_yes_or_no(row, cells, column) for column in ("changed_needs", "no_place"))
    report = row.days.get("report_received")
    meeting = row.last_meeting if row.last_report else row.meeting
    if report and meeting and report < meeting:
        del row.days["report_received"]
        row.leave_out("report_received", f"report_received {report} is before the meeting of {meeting}: left out")
    said = [column for column in REPORT_COLUMNS if getattr(row, column)]
    if said and row.meeting and not row.report:
        row.warnings.append((said[0], f"{', '.join(said)} without the day of the report: left out"))


def _read_transfer(row: PlanRow, cells: Mapping[str, str]) -> None:
    kind = _one_of(row, cells, "phase_transfer", TRANSFERS)
    if not kind:
        return
    day = doubtless_day(row, "transfer_date", cells.get("transfer_date", ""))
    if day is not None and day >= row.began:
        row.transfer = Transfer(kind, day, _code(row, cells, "receiving"))
    elif day is not None:
        row.leave_out("phase_transfer", f"transfer_date {day} is before the plan was made: phase transfer left out")
    else:
        row.leave_out("phase_transfer", f"phase_transfer {kind} has no transfer_date that can be read: left out")


def _read_moves(row: PlanRow, cells: Mapping[str, str]) -> None:
    row.from_authority, row.to_authority = _code(row, cells, "from_authority"), _code(row, cells, "to_authority")
    row.ceased_reason = _code(row, cells, "ceased_reason")
    came, went = row.days.get("transferred_in"), row.days.get("transferred_out")
    if came and went and went < came:
        del row.days["transferred_out"]
        row.leave_out("transferred_out", f"transferred_out {went} is before transferred_in {came}: left out")


def _one_of(row: PlanRow, cells: Mapping[str, str], column: str, known: Sequence[str]) -> str:
    text = cells.get(column, "").lower().replace(" ", "_").replace("-", "_")
    if not text or text in known:
        return text
    row.leave_out(column, f"{column} {text!r} is not known ({', '.join(known)}): left out")
    return ""


def _yes_or_no(row: PlanRow, cells: Mapping[str, str], column: str) -> str:
    text = cells.get(column, "").lower()
    if text and text not in YES:
        row.leave_out(column, f"{column} {text!r} is neither yes nor no: left out")
    return YES.get(text, "")


def _code(row: PlanRow, cells: Mapping[str, str], column: str) -> str:
    text = cells.get(column, "").removesuffix(".0")
    if not text or _CODE.fullmatch(text):
        return text
    row.leave_out(column, f"{column} is a number or a code, not words: left out")
    return ""
