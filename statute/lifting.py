"""Before a relief is recorded: which limits of a case one could reach, and what it would do to each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from statute import annual_review, assessment
from statute.calendar import Calendar
from statute.case import read_case
from statute.closure import Closure
from statute.facts import Fact
from statute.kind import ANNUAL_REVIEW
from statute.limit import Limit
from statute.norms import NO_NORMS
from statute.reliefs import CONFIRM, CORONAVIRUS_FIRST, CORONAVIRUS_LAST, closure_of, concerns, why_not
from statute.review_case import read_review
from statute.row import Row
from statute.timeline import State

# There a relief would change nothing: it was met in time, or is owed no more.
_PAST = frozenset({State.MET, State.NOT_APPLICABLE, State.NOT_STARTED, State.REPLACED})


@dataclass(frozen=True, slots=True)
class Reach:
    """A limit that a relief could lift: `key` is the request it is the limit of, `due` its last lawful day."""

    limit: Limit
    key: str
    due: date
    state: State
    grounds: Sequence[str]


@dataclass(frozen=True, slots=True)
class Effect:
    """What a relief would do to one limit: `reason` says why it does not lift it, empty where it does.

    `unsettled`: it would once a person has decided that it counts (`confirmed=yes`).
    """

    limit: Limit
    key: str
    due: date | None
    reason: str = ""

    @property
    def unsettled(self) -> bool:
        """Whether only a person's decision is missing."""
        return self.reason.endswith(CONFIRM)

    @property
    def open_question(self) -> str:
        """The reason without what to write."""
        return self.reason.removesuffix(CONFIRM).strip()


def reaches(process: str, facts: Sequence[Fact], today: date, calendar: Calendar) -> tuple[Reach, ...]:
    """The limits of a case, as at `today`, that have a ground in law and would be changed by it."""
    return tuple(_reaches(_rows(process, facts, today, calendar)))


def effects(
    process: str, facts: Sequence[Fact], reliefs: Iterable[Fact], today: date, calendar: Calendar
) -> tuple[Effect, ...]:
    """What these reliefs would do, recorded behind `facts`, limit by limit."""
    new = list(reliefs)
    rows = _rows(process, [*facts, *new], today, calendar)
    return tuple(_effect(relief, row) for relief in new for row in rows if concerns(relief, row.limit, row.key))


def closed_for(process: str, facts: Sequence[Fact], relief: Fact, today: date, calendar: Calendar) -> Closure | None:
    """The closure that a relief is about, tested against the day advice was asked for; None while a day is missing.

    Raises FactError when the school re-opens on or before the day it closes.
    """
    if process == ANNUAL_REVIEW:
        return None
    return closure_of(relief, read_case([*facts, relief], today, calendar, NO_NORMS, 0))


def _reaches(rows: Iterable[Row]) -> Iterable[Reach]:
    for row in rows:
        if row.due is not None and row.state not in _PAST and (grounds := _grounds(row.limit, row.due)):
            yield Reach(row.limit, row.key, row.due, row.state, grounds)


def _grounds(limit: Limit, due: date) -> list[str]:
    then = CORONAVIRUS_FIRST <= due <= CORONAVIRUS_LAST
    return [ground for ground in limit.grounds if ground != "coronavirus" or then]


def _effect(relief: Fact, row: Row) -> Effect:
    if row.start is None or row.due is None:
        return Effect(row.limit, row.key, row.due, "Its clock has not started.")
    return Effect(row.limit, row.key, row.due, why_not(relief, row.limit, row.case, row.start, row.due))


def _rows(process: str, facts: Sequence[Fact], today: date, calendar: Calendar) -> list[Row]:
    if process == ANNUAL_REVIEW:
        return annual_review.work_out(read_review(facts, today, calendar, NO_NORMS, 0))
    return assessment.work_out(read_case(facts, today, calendar, NO_NORMS, 0))
