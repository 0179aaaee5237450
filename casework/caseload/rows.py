"""One row of a case file, understood: what it says, what was left out of it, and when it must be refused."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from casework.caseload.columns import COLUMNS, EVENT_COLUMNS
from casework.caseload.reading import RawRow
from casework.caseload.relief import Relief, read_relief
from casework.caseload.texts import proper_name, upn_doubt
from casework.days import read_day
from casework.identifiers import tidy_upn

SOURCES = ("1", "2", "3", "4", "5")
OUTCOMES = ("assess", "not_assess")

IN_FORCE = date(2014, 9, 1)
"""The Act and its Regulations came into force (SI 2014/1530 reg 1): there is no earlier request under them."""


class RowRefused(Exception):
    """The clock of this row cannot be computed."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column = column
        self.reason = reason


@dataclass(slots=True)
class CaseRow:
    """A row that can be timed.

    `days` are the events it dates, by column. `present` are the columns whose cell can be relied on: those that the
    file has and that hold nothing doubtful. What is not present is neither added nor taken back.
    """

    line: int
    case_ref: str
    received: date
    present: set[str]
    source: int | None = None
    decision: str = ""
    days: dict[str, date] = field(default_factory=dict[str, date])
    relief: Relief | None = None
    relief_note: str = ""
    surname: str = ""
    forename: str = ""
    date_of_birth: date | None = None
    upn: str = ""
    upn_verified: bool = False
    setting_urn: str = ""
    caseworker: str = ""
    team: str = ""
    warnings: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])

    def leave_out(self, column: str, message: str) -> None:
        """Do without a doubtful cell, and say so."""
        self.present.discard(column)
        self.warnings.append((column, message))


def read_row(raw: RawRow, as_of: date) -> CaseRow:
    """What a row says as at `as_of`. Raises RowRefused when no clock can be computed from it."""
    cells = raw.cells
    if not cells.get("case_ref"):
        raise RowRefused("case_ref", "there is no case reference, so the row cannot be told from others: give it one")
    received = _received(cells.get("received", ""), as_of)
    row = CaseRow(raw.line, cells["case_ref"], received, {column for column in COLUMNS if column in cells})
    _read_events(row, cells, as_of)
    _read_source(row, cells)
    _read_decision(row, cells)
    _read_relief(row, cells, as_of)
    _read_person(row, cells)
    row.caseworker, row.team = cells.get("caseworker", "").lower(), cells.get("team", "")
    if raw.beyond:
        row.warnings.append(("", f"{raw.beyond} cells beyond the last heading were left out: look for a stray comma"))
    return row


def _received(text: str, as_of: date) -> date:
    try:
        received = read_day(text)
    except ValueError as error:
        raise RowRefused("received", f"received: {error}") from error
    if received is None:
        raise RowRefused("received", "received is missing: give the day the request was received")
    if received > as_of:
        raise RowRefused("received", f"received {received} is in the future (after {as_of}): correct it")
    return received


def _read_events(row: CaseRow, cells: Mapping[str, str], as_of: date) -> None:
    early: list[str] = []
    for column in EVENT_COLUMNS:
        day = _doubtless_day(row, column, cells.get(column, ""))
        if day is None:
            continue
        if day < row.received:
            early.append(column)
        elif day > as_of:
            row.leave_out(column, f"{column} {day} is in the future (after {as_of}): left out until it has happened")
            continue
        row.days[column] = day
    if early:
        said = ", ".join(f"{column} {row.days[column]}" for column in early)
        raise RowRefused(
            early[0], f"{said}: before the request was received ({row.received}); correct one or the other"
        )
    if row.received < IN_FORCE:
        row.warnings.append(
            ("received", f"received {row.received} is before the law came into force ({IN_FORCE}): check")
        )


def _doubtless_day(row: CaseRow, column: str, text: str) -> date | None:
    try:
        return read_day(text)
    except ValueError as error:
        row.leave_out(column, f"{column}: {error}; left out")
        return None


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


def _read_relief(row: CaseRow, cells: Mapping[str, str], as_of: date) -> None:
    row.relief_note = cells.get("relief_note", "")
    try:
        row.relief = read_relief(cells, as_of)
    except ValueError as error:
        row.leave_out("relief_ground", f"{error}: relief not applied")


def _read_person(row: CaseRow, cells: Mapping[str, str]) -> None:
    row.surname, row.forename = proper_name(cells.get("surname", "")), proper_name(cells.get("forename", ""))
    row.setting_urn = cells.get("setting_urn", "")
    row.upn = tidy_upn(cells.get("upn", ""))
    doubt = upn_doubt(row.upn)
    row.upn_verified = bool(row.upn) and not doubt
    if doubt:
        row.warnings.append(("upn", f"{doubt}: kept as unverified"))
    for column in ("surname", "forename"):
        if not cells.get(column):
            row.leave_out(column, f"{column} is missing: stored without it")
    row.date_of_birth = _birth(row, cells.get("date_of_birth", ""))


def _birth(row: CaseRow, text: str) -> date | None:
    try:
        born = read_day(text)
    except ValueError:  # the day itself is not repeated: reports are kept in logs
        row.leave_out("date_of_birth", "date of birth is not a date, or one that does not exist: not stored")
        return None
    if born is not None and born > row.received:
        row.leave_out("date_of_birth", "date of birth is after the request: not stored")
        return None
    return born
