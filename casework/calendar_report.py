"""What the calendar holds, and when it runs out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Engine, text
from sqlmodel import Session, col, select

from casework.calendar_edits import COMMAND
from casework.calendar_words import change_in_words
from casework.cases import authority
from casework.term_dates import kept_terms
from casework.term_files import TermRow
from records.tables import CalendarChange, CalendarDay
from statute.calendar import LAST_YEAR
from statute.words import count, day_words, listed

A_YEAR, A_QUARTER = timedelta(days=365), timedelta(days=90)
"""What ends within a year is reported, within a quarter it is wrong: next term's lists and letters depend on it."""

REMEDY = "record what follows: 'ehcp calendar terms FILE'; for bank holidays install the newest EHCP Clock"

# Terms matter where reviews are open: to the settings of those children.
_WITH_REVIEWS = text(
    "SELECT DISTINCT n.setting_urn FROM process p JOIN person n ON n.id = p.person_id "
    "WHERE p.authority = :authority AND p.kind = 'annual-review' AND p.ended_on IS NULL AND n.setting_urn <> ''"
)
_LAST_TERMS = text("SELECT setting_urn, max(last) AS last FROM term WHERE authority = :authority GROUP BY setting_urn")
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class KeptDay:
    """A day that the authority recorded: `kind` is bank-holiday, closure or working."""

    day: date
    kind: str
    name: str
    change: int


@dataclass(frozen=True, slots=True)
class Change:
    """One change of the calendar: what, why, when and by whom."""

    number: int
    what: str
    because: str
    applied_at: datetime
    applied_by: str


@dataclass(frozen=True, slots=True)
class Report:
    """The calendar as recorded. `until` says of each part when it runs out; None: nothing is recorded of it."""

    days: Sequence[KeptDay]
    terms: Sequence[TermRow]
    changes: Sequence[Change]
    until: Sequence[tuple[str, date | None]]


@dataclass(frozen=True, slots=True)
class Ending:
    """What runs out within a year, in a sentence each; `soon` within a quarter, or already."""

    said: tuple[str, ...] = ()
    soon: bool = False


def report(db: Engine) -> Report:
    """Everything that was recorded beside England's own calendar."""
    with Session(db) as session:
        days = session.exec(
            select(CalendarDay).where(CalendarDay.authority == authority()).order_by(col(CalendarDay.day))
        ).all()
        changes = session.exec(select(CalendarChange).order_by(col(CalendarChange.number))).all()
        return Report(
            [KeptDay(each.day, COMMAND[each.kind], each.name, each.change_number) for each in days],
            kept_terms(session),
            [
                Change(each.number, change_in_words(each.what), each.because, each.applied_at, each.applied_by)
                for each in changes
            ],
            [(_whose(urn), until) for urn, until in _parts(session)],
        )


def ending(session: Session, today: date) -> Ending:
    """What runs out within a year of `today`."""
    near = [(urn, until) for urn, until in _parts(session) if until is None or until - today < A_YEAR]
    own = [f"setting {urn} ({day_words(until)})" for urn, until in near if urn and until]
    said = [_said(urn, until) for urn, until in near if not urn]
    if own:
        more = [count(len(own) - _SHOWN, "more setting")] if len(own) > _SHOWN else []
        said.append(f"the own term dates of {listed([*own[:_SHOWN], *more])} end within a year")
    return Ending(tuple(said), any(until is not None and until - today < A_QUARTER for _, until in near))


def _parts(session: Session) -> Iterator[tuple[str | None, date | None]]:
    """Each part of the calendar and its last day: None the bank holidays, "" the authority's terms, or a URN."""
    yield None, date(LAST_YEAR, 12, 31)
    bound = {"authority": authority()}
    rows = session.connection().execute(_LAST_TERMS, bound)
    terms: dict[str, date] = {row.setting_urn: row.last for row in rows}
    reviewed = set(session.connection().execute(_WITH_REVIEWS, bound).scalars())
    if "" in terms or reviewed - terms.keys():
        yield "", terms.get("")
    yield from ((urn, terms[urn]) for urn in sorted(reviewed & terms.keys()))


def _whose(urn: str | None) -> str:
    if urn is None:
        return "bank holidays of England"
    return f"term dates of setting {urn}" if urn else "term dates of the authority"


def _said(urn: str | None, until: date | None) -> str:
    if until is None:
        return "no term dates are recorded, although reviews are open at settings"
    return f"the {_whose(urn)} end on {day_words(until)}"
