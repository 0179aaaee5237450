"""What every row says, of a case or of a plan: which child it is about, whose case it is, what was left out of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from casework.caseload.texts import proper_name, upn_doubt
from casework.days import read_day
from casework.identifiers import tidy_upn

IN_FORCE = date(2014, 9, 1)
"""The Act and its Regulations came into force (SI 2014/1530 reg 1): there is no earlier request or plan under them."""


class RowRefused(Exception):
    """The clock of this row cannot be computed."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column = column
        self.reason = reason


@dataclass(slots=True)
class ChildRow:
    """A row that can be timed: `began` is the day from which.

    `days` are the events it dates, by column. `present` are the columns whose cell can be relied on: those that the
    file has and that hold nothing doubtful. What is not present is neither added nor taken back.
    """

    WHAT: ClassVar[str] = "the process"
    BEGAN: ClassVar[str] = "began"
    """What began on that day, and how: `the plan`, `was made`."""

    line: int
    ref: str
    began: date
    present: set[str]
    days: dict[str, date] = field(default_factory=dict[str, date])
    surname: str = ""
    forename: str = ""
    date_of_birth: date | None = None
    upn: str = ""
    upn_verified: bool = False
    setting_urn: str = ""
    caseworker: str = ""
    team: str = ""
    warnings: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])

    @property
    def kept(self) -> Mapping[str, str]:
        """What is kept of the row, as digests, besides names, numbers, setting, officer and team."""
        return {}

    def leave_out(self, column: str, message: str) -> None:
        """Do without a doubtful cell, and say so."""
        self.present.discard(column)
        self.warnings.append((column, message))


def read_beginning(cells: Mapping[str, str], column: str, what: str, as_of: date) -> date:
    """The day from which a row is timed. Raises RowRefused without one, or for one to come."""
    try:
        day = read_day(cells.get(column, ""))
    except ValueError as error:
        raise RowRefused(column, f"{column}: {error}") from error
    if day is None:
        raise RowRefused(column, f"{column} is missing: give the day {what}")
    if day > as_of:
        raise RowRefused(column, f"{column} {day} is in the future (after {as_of}): correct it")
    return day


def read_events(row: ChildRow, cells: Mapping[str, str], columns: Iterable[str], as_of: date) -> None:
    """The days on which something happened. Raises RowRefused when one lies before the beginning."""
    early: list[str] = []
    for column in columns:
        day = doubtless_day(row, column, cells.get(column, ""))
        if day is None:
            continue
        if day < row.began:
            early.append(column)
        elif day > as_of:
            row.leave_out(column, f"{column} {day} is in the future (after {as_of}): left out until it has happened")
            continue
        row.days[column] = day
    if early:
        said = ", ".join(f"{column} {row.days[column]}" for column in early)
        raise RowRefused(early[0], f"{said}: before {row.WHAT} {row.BEGAN} ({row.began}); correct one or the other")


def doubtless_day(row: ChildRow, column: str, text: str) -> date | None:
    """The day in a cell; one that cannot be read is left out."""
    try:
        return read_day(text)
    except ValueError as error:
        row.leave_out(column, f"{column}: {error}; left out")
        return None


def warn_of_the_law(row: ChildRow, column: str) -> None:
    """Say so when the row begins before there was a law to time it by."""
    if row.began < IN_FORCE:
        row.warnings.append((column, f"{column} {row.began} is before the law came into force ({IN_FORCE}): check"))


def read_child(row: ChildRow, cells: Mapping[str, str]) -> None:
    """Who the child is and whose case it is."""
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
    row.caseworker, row.team = cells.get("caseworker", "").lower(), cells.get("team", "")


def warn_of_stray_cells(row: ChildRow, beyond: int) -> None:
    """Cells to the right of the last heading were read by nobody."""
    if beyond:
        row.warnings.append(("", f"{beyond} cells beyond the last heading were left out: look for a stray comma"))


def _birth(row: ChildRow, text: str) -> date | None:
    try:
        born = read_day(text)
    except ValueError:  # the day itself is not repeated: reports are kept in logs
        row.leave_out("date_of_birth", "date of birth is not a date, or one that does not exist: not stored")
        return None
    if born is not None and born > row.began:
        row.leave_out("date_of_birth", f"date of birth is after {row.WHAT}: not stored")
        return None
    return born
