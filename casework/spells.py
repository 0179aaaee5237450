"""How each limit of a process stood, and from which day to which: the law's answers laid end to end.

A spell lasts while nothing but the date changes. Whether an open limit is running, due or overdue is left to the
reader of the spell, so that nothing has to run at midnight for a list to be right.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from statute.calendar import ENGLAND, Calendar
from statute.facts import Fact
from statute.kind import ANNUAL_REVIEW, split_subject
from statute.kinds import MAY_LIE_AHEAD, STARTS, VOIDS
from statute.norms import NO_NORMS
from statute.processes import timeline_of
from statute.standing import standing
from statute.timeline import OPEN, Deadline, State

ONE_DAY = timedelta(days=1)
FOUR_WEEKS = timedelta(days=27)  # both ends counted
ADVICE_LIMITS = frozenset({"reg8_advice", "code_advice"})
_WINDOW = frozenset({State.WINDOW_OPEN, State.WINDOW_CLOSED})

Norms = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Spell:
    """One limit from `from_day` up to, not including, `to_day` (None: still so).

    `standing` is "open", "window" (the family's time for representations, open or closed by the date), or the
    name of the state.
    """

    limit: str
    subject: str
    citation: str
    standing: str
    start: date | None
    legal_due: date | None
    operational_due: date | None
    norm_due: date | None
    practice_due: date | None
    met_on: date | None
    lifted_until: date | None
    target: date | None
    from_day: date = date.min
    to_day: date | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What it is a spell of: limit and subject."""
        return self.limit, self.subject

    @property
    def service(self) -> str:
        """The category that owes it; empty when it is the authority's own."""
        return service_of(self.limit, self.subject)


def spells(
    process: str, facts: Sequence[Fact], today: date, norms: Norms = NO_NORMS, calendar: Calendar = ENGLAND
) -> list[Spell]:
    """Every spell of a process up to `today` and the day of its last fact, in order of limit and day.

    A limit that has not begun has none.
    """
    known = standing(facts)
    if not known or any(fact.kind in VOIDS for fact in known):
        return []  # opened in error: nothing was ever owed, on whatever day one looks back at
    found: dict[tuple[str, str], list[Spell]] = {}
    for day in turning_days(facts, _first_day(process, known), today):
        _lay(found, _snapshot(process, facts, day, norms, calendar), day)
    return [spell for key in sorted(found) for spell in found[key]]


def turning_days(facts: Sequence[Fact], first: date, today: date) -> list[date]:
    """The days from `first` on when something other than the date can change: facts, and days they speak of.

    Also the days of facts that do not stand any more: until its reopening a closed case was closed.
    """
    last = max([today, *(fact.day for fact in facts if not may_lie_ahead(fact))])
    days = {fact.day for fact in facts}
    for fact in facts:
        days.update(_days_said(fact))
    return sorted(day for day in days if first <= day <= last)


def may_lie_ahead(fact: Fact) -> bool:
    """Whether the fact, or the one that it is about, may be of a day to come: nothing turns before that day."""
    return not MAY_LIE_AHEAD.isdisjoint((fact.kind, split_subject(fact.subject)[0]))


def service_of(limit: str, subject: str) -> str:
    """The category of the adviser who owes a limit; empty when it is the authority's own."""
    return subject.partition("/")[0] if limit in ADVICE_LIMITS else ""


def standing_of(state: State) -> str:
    """The state without the date in it."""
    if state in OPEN:
        return "open"
    return "window" if state in _WINDOW else state.value


def _first_day(process: str, known: Sequence[Fact]) -> date:
    """A review is owed from its last beginning on: until then another was, or another authority owed it."""
    if process == ANNUAL_REVIEW:
        return max((fact.day for fact in known if fact.kind in STARTS), default=known[0].day)
    return min(fact.day for fact in known)


def _days_said(fact: Fact) -> Iterator[date]:
    for value in fact.attributes.values():
        try:
            day = date.fromisoformat(value)
        except ValueError:
            continue
        yield from (day, day + ONE_DAY)
        if fact.kind == "relief" and "to" not in fact.attributes:
            yield day + FOUR_WEEKS  # an absence without an end counts from its 28th day on


def _snapshot(
    process: str, facts: Sequence[Fact], day: date, norms: Norms, calendar: Calendar
) -> dict[tuple[str, str], Spell]:
    timeline = timeline_of(process, facts, day, norms=norms, calendar=calendar)
    # What has not begun is on no list. Of a new case's limits that is half, of a review's most, and each row of the
    # read model takes Postgres as long as a fact.
    begun = [deadline for deadline in timeline.deadlines if deadline.start is not None]
    return {(deadline.limit, deadline.subject): _spell(deadline, day) for deadline in begun}


def _spell(deadline: Deadline, day: date) -> Spell:
    return Spell(
        deadline.limit,
        deadline.subject,
        deadline.citation,
        standing_of(deadline.state),
        deadline.start,
        deadline.legal_due,
        deadline.operational_due,
        deadline.norm_due,
        deadline.practice_due,
        deadline.met_on,
        deadline.lifted_until,
        deadline.target,
        day,
    )


def _lay(found: dict[tuple[str, str], list[Spell]], now: Mapping[tuple[str, str], Spell], day: date) -> None:
    for key, laid in found.items():
        if laid[-1].to_day is None and _ended(laid[-1], now.get(key)):
            laid[-1] = replace(laid[-1], to_day=day)
    for key, spell in now.items():
        laid = found.setdefault(key, [])
        if not laid or laid[-1].to_day is not None:
            laid.append(spell)


def _ended(last: Spell, now: Spell | None) -> bool:
    return now is None or replace(now, from_day=last.from_day) != last
