"""Reliefs: on which grounds a limit is lifted, and why a relief does not reach one.

A relief lifts a limit; it never pauses a clock or sets a new day: "as soon as practicable" runs on. Each limit
has its own closed list of grounds (`Limit.grounds`). Every ground also needs that compliance was impractical
*because of it*; that is for the person who approves it, and is kept as evidence.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from statute.advice import akin, category
from statute.attributes import codes_of, day_of
from statute.case import Case
from statute.closure import FOUR_WEEKS, Closure, closure
from statute.facts import Fact
from statute.limit import Limit
from statute.words import count, day_words, listed, plain

# SI 2020/471: in force 1 May 2020; "cease to have effect on 25th September 2020", which the Department for
# Education read as including that day. The bare text leaves it open, so that day is flagged.
CORONAVIRUS_FIRST = date(2020, 5, 1)
CORONAVIRUS_LAST = date(2020, 9, 25)

_DAY = timedelta(days=1)
_CLOSED = ("closed_school", "closed_early_years")
CONFIRM = "Add confirmed=yes once a person has decided that it counts."
"""How a reason ends where the law is unsettled and a person's decision would settle it."""

GROUND_WORDS = {
    "closed_school": "the school was closed for four weeks or more and was asked for advice around that time",
    "closed_early_years": "the early years provider was closed for four weeks or more and was asked for advice "
    "around that time",
    "personal": "exceptional personal circumstances affected the child, a parent or the young person",
    "absent_4w": "the child, a parent or the young person was away from the area for at least four weeks",
    "coronavirus": "a reason relating to coronavirus made it impractical",
    "exceptional": "exceptional circumstances affected the child, a parent or the young person",
    "missed_appointment": "the child or young person missed an appointment for an examination or test",
}


def lifting(limit: Limit, case: Case, start: date | None, due: date | None, key: str = "") -> Fact | None:
    """The latest relief that lifts this limit, or None; `key` is the request or provider it is the limit of."""
    return next(every_lifting(limit, case, start, due, key), None)


def every_lifting(limit: Limit, case: Case, start: date | None, due: date | None, key: str = "") -> Iterator[Fact]:
    """Each relief that alone would lift this limit, the latest first."""
    if not case.reliefs or start is None or due is None:
        return
    for relief in reversed(case.reliefs):
        if concerns(relief, limit, key) and not why_not(relief, limit, case, start, due):
            yield relief


def concerns(relief: Fact, limit: Limit, key: str = "") -> bool:
    """Whether a relief is meant for this limit: by name, or unnamed for the authority's own.

    A relief for `health` is meant for every body of that category, also one that was asked after it was granted:
    what it lifts must not change because somebody else is asked.
    """
    named = relief.attributes.get("limit")
    if named is None:
        return limit.own and relief.attributes.get("ground") in limit.grounds
    about = relief.attributes.get("subject")
    return named == limit.id and (about is None or akin(about, key))


def why_not(relief: Fact, limit: Limit, case: Case, start: date, due: date) -> str:
    """Why a relief does not lift this limit, as a sentence; empty when it does."""
    ground = relief.attributes.get("ground", "")
    if ground not in limit.grounds:
        return _not_listed(ground, limit)
    if ground == "coronavirus":
        return _coronavirus(due)
    if ground in _CLOSED:
        return _closed(relief, limit, case, start, due)
    if ground == "absent_4w":
        return _absent(relief, limit, case, start, due)
    return _touching(relief, limit, start, due)


def doubts(relief: Fact, due: date, until: date) -> list[str]:
    """What is unsettled about a relief that is taken to lift a limit which was still unmet up to `until`."""
    if relief.attributes.get("ground") != "coronavirus":
        return []
    found: list[str] = []
    if due == CORONAVIRUS_LAST:
        found.append(
            f"The last day, {day_words(CORONAVIRUS_LAST)}, is the very day on which SI 2020/471 ended; it is taken as "
            "covered, as the Department for Education read it."
        )
    if until > CORONAVIRUS_LAST:
        found.append(
            f"It was still to be done when SI 2020/471 ended, on {day_words(CORONAVIRUS_LAST)}. Whether it stayed "
            "lifted after that day is unsettled; it is taken to have."
        )
    return found


def closure_of(relief: Fact, case: Case) -> Closure | None:
    """The closure that a relief names; None while one of its three days is missing."""
    first, reopens = day_of(relief, "first_closed"), day_of(relief, "reopens")
    asked = asked_on(relief, case.facts)
    if first is None or reopens is None or asked is None:
        return None
    return closure(first, reopens, asked)


def asked_on(relief: Fact, facts: Iterable[Fact]) -> date | None:
    """The day the head, principal or SENCO was asked: as the relief says, else the first request to education."""
    said = day_of(relief, "advice_requested")
    if said is not None:
        return said
    asked = (fact for fact in facts if fact.kind == "advice_requested" and category(fact.subject) == "education")
    return min((fact.day for fact in asked), default=None)


def _not_listed(ground: str, limit: Limit) -> str:
    if not limit.grounds:
        return f"{limit.citation} has no exceptions."
    known = f"the only ground is {listed(limit.grounds)}"
    if len(limit.grounds) > 1:
        known = f"the grounds are {listed(limit.grounds)}"
    return f"{plain(ground) or 'No ground'} is not a ground for {limit.citation}; {known}."


def _coronavirus(due: date) -> str:
    if CORONAVIRUS_FIRST <= due <= CORONAVIRUS_LAST:
        return ""
    first, last = day_words(CORONAVIRUS_FIRST), day_words(CORONAVIRUS_LAST)
    return f"The last day, {day_words(due)}, is not between {first} and {last}, when SI 2020/471 was in force."


def _touching(relief: Fact, limit: Limit, start: date, due: date) -> str:
    first, last = day_of(relief, "from"), day_of(relief, "to")
    if first is None and last is None:
        # Named for this limit without days, the approver has said that it reaches it.
        return "" if "limit" in relief.attributes else "It has no days. Add from= and to=."
    first, last = first or date.min, last or date.max
    if _shared(first, last, start, _period_end(limit, start)):
        return ""
    if _shared(first, last, start, due):
        return "" if _confirmed(relief) else _late_weeks(limit)
    return _outside(limit, start, _period_end(limit, start))


def _absent(relief: Fact, limit: Limit, case: Case, start: date, due: date) -> str:
    first = day_of(relief, "from")
    if first is None:
        return "It has no days. Add from= and to=, the first and last day away."
    last = day_of(relief, "to") or max(case.today, first)
    end = _period_end(limit, start)
    days = _shared(first, last, start, end)
    if days >= FOUR_WEEKS:
        return ""
    if due > end and _shared(first, last, start, due) >= FOUR_WEEKS:
        return "" if _confirmed(relief) else _late_weeks(limit)
    return (
        f"It needs {FOUR_WEEKS} days in a row, both ends counted, between {day_words(start)} and "
        f"{day_words(end)}; {count(days, 'day')} of the absence {'lies' if days == 1 else 'lie'} there."
    )


def _closed(relief: Fact, limit: Limit, case: Case, start: date, due: date) -> str:
    found = closure_of(relief, case)
    if found is None:
        return "It needs first_closed= and reopens=, and the day the head was asked for advice (advice_requested=)."
    if not found.qualifies:
        return f"The school was closed for {count(found.closed_days, 'day')}; it needs {FOUR_WEEKS} or more."
    if not found.in_window:
        window = f"{day_words(found.window_start)} to {day_words(found.window_end)}"
        return f"Advice was not asked for between one week before closing and one week before re-opening ({window})."
    return _closed_here(relief, found, limit, case, start, due)


def _closed_here(relief: Fact, found: Closure, limit: Limit, case: Case, start: date, due: date) -> str:
    first_closed = found.window_start + timedelta(days=7)
    last_closed = first_closed + (found.closed_days - 1) * _DAY
    if not _shared(first_closed, last_closed, start, due):
        return _outside(limit, start, due)
    decided = case.first("decision_to_assess", "decision_not_to_assess")
    asked = asked_on(relief, case.facts)
    if asked is not None and asked > due:
        return (
            f"Advice was asked for on {day_words(asked)}, after the last day, {day_words(due)}, so it cannot have "
            "made that day impractical."
        )
    if limit.id == "reg5_decide" and decided is not None and asked is not None and asked >= decided.day:
        return (
            f"Advice was asked for on {day_words(asked)}, not before the decision of {day_words(decided.day)}, "
            "so it cannot have held the decision up."
        )
    if found.needs_confirmation and not _confirmed(relief):
        return f"The day advice was asked for is within three days of the edge of the closure's window. {CONFIRM}"
    return ""


def _period_end(limit: Limit, start: date) -> date:
    return start + limit.relief_days * _DAY


def _shared(first: date, last: date, start: date, end: date) -> int:
    """The days that two periods share, both ends counted."""
    return max(0, (min(last, end) - max(first, start)).days + 1)


def _confirmed(relief: Fact) -> bool:
    return "yes" in codes_of(relief, "confirmed")


def _outside(limit: Limit, start: date, end: date) -> str:
    return f"Its days lie outside the period of {limit.citation}, {day_words(start)} to {day_words(end)}."


def _late_weeks(limit: Limit) -> str:
    # Reg 13(3) borrows the grounds of reg 10(4), whose "time period" is the first 16 weeks.
    return (
        "It falls in weeks 17 to 20, while regulation 13(3) borrows a test that speaks of the first 16 weeks. "
        + CONFIRM
    )
