"""One row of a case file, understood: what it says, what was left out of it, and when it must be refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from casework.caseload.child_rows import (
    ChildRow,
    RowRefused,
    read_beginning,
    read_child,
    read_events,
    warn_of_stray_cells,
    warn_of_the_law,
)
from casework.caseload.columns import COLUMNS, ENDS, EVENT_COLUMNS
from casework.caseload.reading import RawRow
from casework.caseload.relief import Relief, read_relief
from statute.kinds_of_assessments import SOURCES

OUTCOMES = ("assess", "not_assess")


@dataclass(slots=True)
class CaseRow(ChildRow):
    """A row of an assessment that can be timed, from the day it was received."""

    WHAT: ClassVar[str] = "the request"
    BEGAN: ClassVar[str] = "was received"

    source: int | None = None
    decision: str = ""
    relief: Relief | None = None
    relief_note: str = ""

    @property
    def kept(self) -> Mapping[str, str]:
        """Also kept: the free text of the relief."""
        return {"relief_note": self.relief_note} if "relief_note" in self.present else {}

    @property
    def received(self) -> date:
        """The day the request was received, or the authority became responsible."""
        return self.began


def read_row(raw: RawRow, as_of: date) -> CaseRow:
    """What a row says as at `as_of`. Raises RowRefused when no clock can be computed from it."""
    cells = raw.cells
    if not cells.get("case_ref"):
        raise RowRefused("case_ref", "there is no case reference, so the row cannot be told from others: give it one")
    received = read_beginning(cells, "received", "the request was received", as_of)
    row = CaseRow(raw.line, cells["case_ref"], received, {column for column in COLUMNS if column in cells})
    read_events(row, cells, EVENT_COLUMNS, as_of)
    warn_of_the_law(row, "received")
    _read_source(row, cells)
    _read_decision(row, cells)
    _tell_of_two_ends(row)
    _tell_of_two_decisions(row)
    _read_relief(row, cells, as_of)
    read_child(row, cells)
    warn_of_stray_cells(row, raw.beyond)
    return row


def _read_source(row: CaseRow, cells: Mapping[str, str]) -> None:
    text = cells.get("request_source", "").removesuffix(".0")
    if text in SOURCES:
        row.source = int(text)
    elif text:
        row.leave_out(
            "request_source", f"request source {text!r} is not known (1 to 5): treated as a request, source left out"
        )
    elif "request_source" in row.present:
        row.leave_out("request_source", "request source is blank: treated as a request, source left out")


def _read_decision(row: CaseRow, cells: Mapping[str, str]) -> None:
    text = cells.get("decision", "").lower().replace(" ", "_").replace("-", "_")
    told = row.days.get("decision_notified")
    if text in OUTCOMES and told is not None:
        row.decision = text
    elif told is not None:
        said = f"outcome {text!r} is not known" if text else "its outcome is blank"
        row.leave_out("decision", f"decision notified on {told} but {said}: decision not recorded")
    elif text in OUTCOMES and not cells.get("decision_notified"):
        row.leave_out("decision_notified", f"decision is {text} but no day of notifying the family: not recorded")
    elif text and text not in OUTCOMES:
        row.leave_out("decision", f"decision {text!r} is not known (assess or not_assess): not recorded")


def _tell_of_two_ends(row: CaseRow) -> None:
    """Somebody who moved away or died, and a case that ended otherwise too: perhaps so, perhaps a slip."""
    ends = {column: row.days[column] for column in ENDS if column in row.days}
    if row.decision == "not_assess":
        ends["decision_notified"] = row.days["decision_notified"]
    outside = [column for column in ("died", "moved_away") if column in ends]
    if outside and len(ends) > 1:
        said = ", ".join(f"{column} {day}" for column, day in sorted(ends.items(), key=lambda end: end[1]))
        row.warnings.append((outside[0], f"{said}: each of them ends the case and the first counts; check them"))


def _tell_of_two_decisions(row: CaseRow) -> None:
    issue, refused = row.days.get("issue_notified"), row.days.get("no_plan_notified")
    if issue and refused:
        said = f"issue_notified {issue} and no_plan_notified {refused}: both are recorded"
        row.warnings.append(("issue_notified", f"{said}; if the refusal was changed, record that in the app"))


def _read_relief(row: CaseRow, cells: Mapping[str, str], as_of: date) -> None:
    row.relief_note = cells.get("relief_note", "")
    try:
        row.relief = read_relief(cells, as_of)
    except ValueError as error:
        row.leave_out("relief_ground", f"{error}: relief not applied")
