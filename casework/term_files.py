"""Term dates as councils and schools have them: a list in CSV or xlsx, or a calendar in iCal."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any, cast

from casework.days import read_day
from casework.directory_rows import URN
from casework.errors import Refused
from casework.sheets import Row, Sheet, require_columns, sheet_in
from casework.table_files import file_bytes
from statute.calendar import FIRST_YEAR, LAST_YEAR
from statute.words import count

ONE_DAY = timedelta(days=1)
LONGEST = timedelta(days=200)
"""No term is longer: a year was mistyped, or a whole school year was called a term."""

_ICAL = b"BEGIN:VCALENDAR"
# In the names of events that are no terms although "term" stands in them.
_NO_TERM = ("half", "holiday", "break")


@dataclass(frozen=True, slots=True, order=True)
class TermRow:
    """One term, first and last day both included; `setting_urn` is empty for the whole authority."""

    setting_urn: str
    first: date
    last: date
    name: str = ""


@dataclass(slots=True)
class TermFile:
    """The terms of a file in order, and sentences on what was passed over in it."""

    terms: list[TermRow] = field(default_factory=list[TermRow])
    notes: list[str] = field(default_factory=list[str])


def read_terms(path: Path, setting: str = "") -> TermFile:
    """The terms of a CSV or xlsx file (columns setting_urn, first, last, name) or of an iCal file.

    In iCal each all-day event with "term" in its name, and not "half", "holiday" or "break", is a term. `setting`
    is the URN of the setting whose terms they are, where the file does not say so; empty for the whole authority.
    Raises Refused with every fault and its place.
    """
    return terms_in(file_bytes(path), path, setting, sheet_in)


def terms_in(data: bytes, path: Path, setting: str, as_sheet: Callable[[bytes, Path], Sheet]) -> TermFile:
    """The terms of a file's bytes, as `read_terms`; `as_sheet` reads what is no calendar."""
    if setting and not URN.fullmatch(setting):
        raise Refused(f"{setting!r} is no URN. Write the number of Get Information about Schools, like 117222.")
    is_calendar = _ICAL in data[:200].upper()
    found = _events(data, path, setting) if is_calendar else _rows(as_sheet(data, path), path, setting)
    if not found.terms:
        raise Refused([f"There is no term in {path.name}.", *found.notes])
    return found


def _rows(sheet: Sheet, path: Path, setting: str) -> TermFile:
    require_columns(sheet, ("first", "last"), path)
    found, wrong, placed = TermFile(), list[str](), list[tuple[str, TermRow]]()
    for row in sheet.rows:
        faults, term = _row(row, setting)
        wrong += [f"line {row.line}: {fault}" for fault in faults]
        placed += [(f"line {row.line}", term)] if term else []
    return _checked(found, wrong, placed)


def _row(row: Row, setting: str) -> tuple[list[str], TermRow | None]:
    wrong: list[str] = []
    urn = row.get("setting_urn") or setting
    if urn and not URN.fullmatch(urn):
        wrong.append(f"setting_urn {urn!r} is no URN: write one like 117222, or leave it blank for all settings.")
    elif setting and urn != setting:
        wrong.append(f"setting_urn is {urn} and --setting {setting}: leave one of the two out.")
    first, last = _day(row, "first", wrong), _day(row, "last", wrong)
    if wrong or first is None or last is None:
        return wrong, None
    return _faults(first, last), TermRow(urn, first, last, row.get("name"))


def _day(row: Row, column: str, wrong: list[str]) -> date | None:
    try:
        day = read_day(row.get(column))
    except ValueError as error:
        wrong.append(f"{column}: {error}.")
        return None
    if day is None:
        wrong.append(f"{column} is blank: write a day like 2026-09-02 or 02/09/2026.")
    return day


def _faults(first: date, last: date) -> list[str]:
    if last < first:
        return [f"the term ends on {last} before it begins on {first}: correct one of the two."]
    if last - first > LONGEST:
        return [f"from {first} to {last} are {count((last - first).days, 'day')}: no term is so long, check the years."]
    if first.year < FIRST_YEAR or last.year > LAST_YEAR:
        return [f"{first} to {last} is not in the years {FIRST_YEAR} to {LAST_YEAR}: check the years."]
    return []


def _checked(found: TermFile, wrong: list[str], placed: Sequence[tuple[str, TermRow]]) -> TermFile:
    """Terms in order; two of one setting must not overlap."""
    before: tuple[str, TermRow] | None = None
    for place, term in sorted(placed, key=lambda each: each[1]):
        if before and before[1].setting_urn == term.setting_urn and term.first <= before[1].last:
            wrong.append(f"{place}: the term overlaps with that of {before[0]}: keep one, or correct the days.")
        else:
            found.terms.append(term)
            before = (place, term)
    if wrong:
        raise Refused([*wrong, "Nothing was changed: correct these places and give the whole file again."])
    return found


# iCal


def _events(data: bytes, path: Path, setting: str) -> TermFile:
    found, wrong, placed = TermFile(), list[str](), list[tuple[str, TermRow]]()
    for event in _read(data, path):
        name = " ".join(str(event.get("SUMMARY", "")).split())
        if event.get("STATUS") == "CANCELLED":
            continue
        first, last = _all_day(event)
        if "term" not in name.lower() or any(word in name.lower() for word in _NO_TERM):
            found.notes.append(f"{name!r} was passed over: it is not called a term.")
        elif first is None or last is None or "RRULE" in event:
            found.notes.append(f"{name!r} was passed over: a term is one event of whole days.")
        elif first == last:
            found.notes.append(
                f"{name!r} was passed over: it is a single day ({first}). A term is one event from its first to its "
                "last day; or write the days down in a CSV file."
            )
        else:
            wrong += [f"{name!r}: {fault}" for fault in _faults(first, last)]
            placed.append((repr(name), TermRow(setting, first, last, name)))
    return _checked(found, wrong, placed)


def _read(data: bytes, path: Path) -> Iterator[Any]:
    import icalendar

    try:
        calendars = cast("list[Any]", icalendar.Calendar.from_ical(data.decode("utf-8-sig"), multiple=True))
        yield from (event for calendar in calendars for event in calendar.walk("VEVENT"))
    except (ValueError, KeyError, IndexError) as error:
        raise Refused(
            f"{path.name} is not a calendar that can be read. Export it again as iCal, or use CSV."
        ) from error


def _all_day(event: Any) -> tuple[date | None, date | None]:
    """First and last day of an event of whole days; the end that stands in iCal is the day after."""
    try:
        first, end = event.start, event.end
    except (ValueError, KeyError, AttributeError, OverflowError):  # no start, or one that is none
        return None, None
    if any(hasattr(each, "hour") for each in (first, end)):
        return None, None
    return first, max(first, end - ONE_DAY)
