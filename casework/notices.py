"""What is to be said about one process at this moment, with the addresses it goes to."""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from casework.recipients import Addressee, Recipients
from casework.review_notices import about_review
from statute.kind import ANNUAL_REVIEW
from statute.ladder import Kind, Role, Step
from statute.limits_of_assessments import LIMITS
from statute.review_meeting_steps import SCHOOL
from statute.situation import Situation
from statute.steps import FINAL_PLAN, steps
from statute.timeline import Deadline

NO_ADDRESS = "no_address"
# Kinds of message that no step asks for: they are put down when something went wrong, or came, and stay.
UNDELIVERED = "undelivered"
RECEIPT = "receipt"
AWAY = "away"
SCHOOL_HOLIDAYS = "schools are on holiday"
_OUTSIDE = frozenset({Role.ADVISER, Role.TOLD})
_AT_SCHOOL = frozenset({Role.ADVISER, Role.SERVICE_MANAGER})


@dataclass(frozen=True, slots=True)
class Notice:
    """One message that is true now.

    `key` is its claim; `about` holds what the letter says: days and codes; `waits` says why it is not to go today.
    """

    key: str
    kind: str
    limit: str
    subject: str
    rung: str
    role: Role
    to: Addressee
    about: Mapping[str, Any]
    at: datetime
    urgent: bool = False
    waits: str = ""


@dataclass(frozen=True, slots=True)
class Notices:
    """Everything to be said now, what is passed over for good (with the reason), and the next wake."""

    due: tuple[Notice, ...]
    passed: tuple[tuple[Notice, str], ...]
    next_wake: datetime | None
    held: bool


def notices(situation: Situation, recipients: Recipients, done: Container[str] = ()) -> Notices:
    """The steps of a situation addressed, and a word to the officer where there is nobody to write to.

    What is `done` for good, by its key, is left out: nobody has to look up to whom it went.
    """
    found = steps(situation)
    due = [_notice(situation, recipients, step) for step in found.due if step.key not in done]
    ended = situation.timeline.ended_on is not None
    return Notices(
        due=(*due, *(() if ended else _nobody(situation, recipients, due))),
        passed=tuple(
            (_notice(situation, recipients, each.step), each.reason)
            for each in found.passed
            if each.step.key not in done
        ),
        next_wake=found.next_wake,
        held=situation.asking.held_until(situation.today) is not None,
    )


def _notice(situation: Situation, recipients: Recipients, step: Step) -> Notice:
    return Notice(
        key=step.key,
        kind=step.kind.value,
        limit=step.limit,
        subject=step.subject,
        rung=step.rung,
        role=step.role,
        to=recipients.of(step.role, step.subject),
        about=_about(situation, recipients, step),
        at=step.at,
        urgent=step.urgent,
        waits=_waits(situation, step),
    )


def _waits(situation: Situation, step: Step) -> str:
    """A chaser that missed the last day of term waits for the next: nobody reads it before."""
    if step.urgent or step.role not in _AT_SCHOOL or not _to_school(situation, step.subject):
        return ""
    return SCHOOL_HOLIDAYS if situation.back_at_school(situation.today) != situation.today else ""


def _to_school(situation: Situation, subject: str) -> bool:
    """Whether what is asked of that subject is asked of a school: in a review, of whoever arranges it."""
    if situation.timeline.process == ANNUAL_REVIEW:
        return subject == SCHOOL
    return any(ask.subject == subject and ask.request.to_school for ask in situation.asking.asks)


def _nobody(situation: Situation, recipients: Recipients, due: Iterable[Notice]) -> Iterator[Notice]:
    """The officer is told once for each request whose adviser has no address, and whoever cannot be told of it."""
    for subject in sorted({each.subject for each in due if each.role in _OUTSIDE and not each.to.address}):
        yield Notice(
            key=f"{situation.process}/{NO_ADDRESS}/{subject}//once/{Role.CASEWORKER.value}",
            kind=NO_ADDRESS,
            limit=NO_ADDRESS,
            subject=subject,
            rung="once",
            role=Role.CASEWORKER,
            to=recipients.of(Role.CASEWORKER, subject),
            about={},
            at=situation.now,
        )


def _about(situation: Situation, recipients: Recipients, step: Step) -> dict[str, Any]:
    """The days that the letter names, from the limit itself so that it says why that day."""
    if situation.timeline.process == ANNUAL_REVIEW:
        return about_review(situation, step)
    if step.kind is Kind.ANNOUNCE:
        return {"limit": recipients.binds(step.subject)}
    if step.kind is Kind.REQUEST:
        return _asked_today(situation, recipients.binds(step.subject))
    if step.kind is Kind.NOTIFY:
        return {"limit": step.limit, "start": _iso(step.due_day)}
    deadline = _deadline(situation, step)
    if deadline is None or step.kind in (Kind.STOP, Kind.PAPERS):
        return {}
    days = {
        "start": deadline.start,
        "due": deadline.legal_due or deadline.norm_due,
        "working_due": deadline.operational_due,
        "norm_due": deadline.norm_due,
    }
    return {"limit": deadline.limit, **{name: _iso(day) for name, day in days.items() if day}}


def _asked_today(situation: Situation, limit: str) -> dict[str, Any]:
    """The six weeks of a request that reaches its body today: no deadline is kept before a mail server has it."""
    due = LIMITS[limit].rule.last_day(situation.today)
    days = {"start": situation.today, "due": due, "working_due": situation.calendar.operational_due(due)}
    return {"limit": limit, **{name: _iso(day) for name, day in days.items()}}


def _deadline(situation: Situation, step: Step) -> Deadline | None:
    # What is in danger is the 20-week day, so that is the day its letter names.
    if step.kind is Kind.DANGER:
        return situation.timeline.get(FINAL_PLAN)
    shown = next((ask.shown for ask in situation.asking.asks if ask.subject == step.subject), step.subject)
    return situation.timeline.get(step.limit, shown)


def _iso(day: date) -> str:
    return day.isoformat()
