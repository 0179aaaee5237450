"""What somebody wants changed in the calendar, held against what is in it: refused, or worked out to the day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any, Protocol

from sqlmodel import Session, select

from casework.calendar_words import What
from casework.calendars import BANK_HOLIDAY, CLOSURE, WORKING, Day, calendar_of
from casework.cases import authority
from casework.errors import Refused
from casework.term_dates import kept_terms, replaced_by, unknown_settings
from casework.term_files import TermFile, TermRow
from records.tables import CalendarDay
from statute.calendar import ENGLAND, FIRST_YEAR, LAST_YEAR
from statute.words import day_words, listed

LONGEST_CLOSURE = 60
"""Days: a longer closure of the offices is a mistyped year."""

COMMAND = {BANK_HOLIDAY: "bank-holiday", WORKING: "working", CLOSURE: "closure"}
"""What each kind of day is called in a command."""

Kept = Mapping[Day, str]
"""The days recorded so far, with their names."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """What will be changed (empty when it is so already), and what should be known besides."""

    what: What
    notes: tuple[str, ...] = ()


class Edit(Protocol):
    """Something to be changed in the calendar."""

    def resolve(self, session: Session) -> Resolved:
        """What it changes in the calendar as it is. Raises Refused."""
        ...


@dataclass(frozen=True, slots=True)
class AddDays:
    """A bank holiday, a bank holiday taken away ("working"), or a closure from `first` to `last`."""

    kind: str
    first: date
    last: date
    name: str = ""

    def resolve(self, session: Session) -> Resolved:
        """The days that are not recorded yet. Raises Refused for a day that cannot be what it is called."""
        _refuse_odd_span(self.first, self.last)
        kept = kept_days(session)
        days = self._closed(kept) if self.kind == CLOSURE else [self.first]
        wanted = [day for day in days if (day, self.kind) not in kept]
        if self.kind != CLOSURE and wanted:
            if self.kind == BANK_HOLIDAY and self.first in ENGLAND.bank_holidays and (self.first, WORKING) not in kept:
                return Resolved({}, (f"{day_words(self.first)} is a bank holiday in England already.",))
            _refuse_wrong_day(self.kind, self.first, kept)
        if not wanted:
            return Resolved({}, (f"{_span(self.first, self.last)} is in the calendar already.",))
        return Resolved({"add": [_entry(day, self.kind, self.name.strip()) for day in wanted]})

    def _closed(self, kept: Kept) -> list[date]:
        """The days of a span on which somebody would have worked."""
        if (self.last - self.first).days >= LONGEST_CLOSURE:
            raise Refused(f"{_span(self.first, self.last)} is longer than {LONGEST_CLOSURE} days. Check the years.")
        calendar = calendar_of(kept)
        span = (self.first + timedelta(days=number) for number in range((self.last - self.first).days + 1))
        if not (days := [day for day in span if calendar.is_working_day(day)]):
            raise Refused(f"Nobody works on {_span(self.first, self.last)} anyway: there is nothing to close.")
        return days


@dataclass(frozen=True, slots=True)
class RemoveDays:
    """Days that were recorded by mistake, or are not to be after all."""

    kind: str
    first: date
    last: date

    def resolve(self, session: Session) -> Resolved:
        """The recorded days of that kind. Raises Refused where there is none, saying what there is."""
        _refuse_odd_span(self.first, self.last)
        kept = kept_days(session)
        found = [day for day, kind in sorted(kept) if kind == self.kind and self.first <= day <= self.last]
        if not found:
            known = [day.isoformat() for day, kind in sorted(kept) if kind == self.kind]
            there_is = f"Recorded: {listed(known)}." if known else "None is recorded."
            raise Refused(f"No {COMMAND[self.kind]} is recorded on {_span(self.first, self.last)}. {there_is}")
        return Resolved({"remove": [_entry(day, self.kind, kept[day, self.kind]) for day in found]})


@dataclass(frozen=True, slots=True)
class TakeTerms:
    """The terms of a file."""

    file: TermFile

    def resolve(self, session: Session) -> Resolved:
        """The terms to add, and those of the same settings and years that the file no longer has."""
        urns = {term.setting_urn for term in self.file.terms}
        added, removed = replaced_by(kept_terms(session, urns), self.file.terms)
        notes = list(self.file.notes)
        if unknown := unknown_settings(session, self.file.terms):
            notes.append(
                f"The directory of settings does not know {listed(unknown)}: import it with 'ehcp settings import', "
                "or correct the URN."
            )
        if not added and not removed:
            return Resolved({}, (*notes, "These terms are recorded already."))
        return Resolved({"terms": _terms(added, removed)}, tuple(notes))


@dataclass(frozen=True, slots=True)
class RemoveTerm:
    """One recorded term, by its first day."""

    first: date
    setting_urn: str = ""

    def resolve(self, session: Session) -> Resolved:
        """The term. Raises Refused where there is none, saying which there are."""
        kept = kept_terms(session, [self.setting_urn])
        found = [term for term in kept if term.first == self.first]
        if not found:
            whose = f"setting {self.setting_urn}" if self.setting_urn else "the authority"
            known = [term.first.isoformat() for term in kept]
            there_is = f"Its terms start on {listed(known)}." if known else "It has none."
            raise Refused(f"No term of {whose} starts on {self.first}. {there_is}")
        return Resolved({"terms": _terms([], found)})


def kept_days(session: Session) -> dict[Day, str]:
    """The days that the authority has recorded, with their names."""
    query = select(CalendarDay).where(CalendarDay.authority == authority())
    return {(row.day, row.kind): row.name for row in session.exec(query)}


def _refuse_odd_span(first: date, last: date) -> None:
    if last < first:
        raise Refused(f"{last} is before {first}. Write the first day first: FROM..TO.")
    if first.year < FIRST_YEAR or last.year > LAST_YEAR:
        raise Refused(f"The calendar reaches from {FIRST_YEAR} to {LAST_YEAR}: check the year of {_span(first, last)}.")


def _refuse_wrong_day(kind: str, day: date, kept: Kept) -> None:
    """Refuse what would contradict the calendar, naming the command that does what is meant."""
    words = day_words(day)
    if day.weekday() > 4:
        raise Refused(f"{words} is at the weekend, when nobody works. Give the day that is kept in its place.")
    if kind == BANK_HOLIDAY and (day, WORKING) in kept:
        raise Refused(f"{words} was taken away. 'ehcp calendar remove working {day}' makes it a bank holiday again.")
    if kind == WORKING and (day, BANK_HOLIDAY) in kept:
        raise Refused(f"{words} was added here: 'ehcp calendar remove bank-holiday {day}' takes it back.")
    if kind == WORKING and day not in ENGLAND.bank_holidays:
        raise Refused(f"{words} is a working day already. Only a bank holiday can be made one.")


def _span(first: date, last: date) -> str:
    return day_words(first) if first == last else f"{day_words(first)} to {day_words(last)}"


def _entry(day: date, kind: str, name: str) -> dict[str, str]:
    return {"day": day.isoformat(), "kind": kind, "name": name}


def _terms(added: Sequence[TermRow], removed: Sequence[TermRow]) -> dict[str, list[dict[str, Any]]]:
    return {"add": list(map(_plain, added)), "remove": list(map(_plain, removed))}


def _plain(term: TermRow) -> dict[str, str]:
    return {name: str(value) for name, value in asdict(term).items()}


def term_rows(said: Iterable[Mapping[str, str]]) -> list[TermRow]:
    """The terms in a change as it is kept."""
    return [
        TermRow(each["setting_urn"], date.fromisoformat(each["first"]), date.fromisoformat(each["last"]), each["name"])
        for each in said
    ]
