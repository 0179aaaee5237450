"""Steps and ladders: what is said to one person about one thing, a rung at a time, each once.

A ladder never sends the past twice or all at once: of the rungs that have come, the last is due and the
earlier ones are behind it, sent at their time or lapsed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Role(StrEnum):
    """To whom a step is addressed; who that is, casework looks up at the moment of sending."""

    ADVISER = "adviser"
    SERVICE_MANAGER = "service_manager"
    SERVICE_LEAD = "service_lead"
    CASEWORKER = "caseworker"
    MANAGER = "manager"
    HEAD_OF_SERVICE = "head_of_service"
    TOLD = "told"  # whoever at a service or setting the law says must be told, asked for advice or not


class Kind(StrEnum):
    """Why somebody is written to."""

    ANNOUNCE = "announce"
    REQUEST = "request"
    CHASE = "chase"
    ESCALATE = "escalate"
    DANGER = "danger"
    WARN = "warn"
    BREACH = "breach"
    PAPERS = "papers"
    VIEWS = "views"
    STOP = "stop"
    RESUME = "resume"
    PASSED_ON = "passed_on"
    NOTIFY = "notify"
    # Of a review alone
    ARRANGE = "arrange"
    INVITE = "invite"
    REVIEW_PAPERS = "review_papers"
    MEETING = "meeting"
    REPORT = "report"
    NOTICE = "notice"
    FINALISE = "finalise"
    HOLD_OVER = "hold_over"


# These do not wait for the post round: the closure relief of regulation 5(4) and 10(4) turns on when advice
# was asked for, nobody should work on for a child who has died, and whoever was told to stop has lost time.
AT_ONCE = frozenset({Kind.ANNOUNCE, Kind.REQUEST, Kind.STOP, Kind.RESUME, Kind.PASSED_ON})


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to say once. `key` names it for ever: a corrected day makes another, an unchanged one never.

    `due_day` is the legal day it is about (for `announce`, `request`, `papers`, `views`, `notice` and `notify` the day
    of the decision, for `passed_on` the day on which that was done, for `arrange` and `meeting` the day the meeting is
    wanted by or planned for, for `stop` the day the process ended); `rung` the days from it, with a day of its
    own where a ladder began again; `at` the aware UTC instant from which it is to be said.
    """

    process: str
    kind: Kind
    limit: str
    subject: str
    due_day: date
    rung: str
    role: Role
    at: datetime

    @property
    def key(self) -> str:
        """`process/limit/subject/due day/rung/recipient role`."""
        parts = (self.process, self.limit, self.subject, self.due_day.isoformat(), self.rung, self.role.value)
        return "/".join(parts)

    @property
    def urgent(self) -> bool:
        """Whether it goes at once, at any hour and in school holidays too."""
        return self.kind in AT_ONCE


@dataclass(frozen=True, slots=True)
class Passed:
    """A rung that will not be said any more, and why."""

    step: Step
    reason: str


@dataclass(frozen=True, slots=True)
class Steps:
    """What is due now, what has been passed over, and the next instant at which something will be due."""

    due: tuple[Step, ...]
    passed: tuple[Passed, ...]
    next_wake: datetime | None


def ladder_of(key: str) -> tuple[str, str] | None:
    """The matter and the role of the rung with that key; None for what is not counted in days from a day."""
    matter, rung, role = key.rsplit("/", 2)
    return (matter, role) if rung.removeprefix("-").isdigit() else None


BEFORE_ARMED = "before it was armed"
OVERTAKEN = "overtaken by a later step"


def climb(rungs: Sequence[Step], armed_from: datetime, now: datetime) -> Steps:
    """Where one ladder stands: the last rung that has come is due, unless it came before `armed_from`.

    Rungs that come at the same instant (two days of which one moved to the working day of the other) count
    as one: the later in the ladder is said.
    """
    ordered = sorted(rungs, key=lambda step: step.at)  # stable: equal instants keep the ladder's order
    come = [step for step in ordered if step.at <= now]
    ahead = [step.at for step in ordered if step.at > now]
    armed = [step for step in come if step.at >= armed_from]
    return Steps(
        due=tuple(armed[-1:]),
        passed=tuple(_quiet(come, armed)) + tuple(Passed(step, OVERTAKEN) for step in armed[:-1]),
        next_wake=min(ahead, default=None),
    )


def _quiet(come: Sequence[Step], armed: Sequence[Step]) -> Iterable[Passed]:
    """Of the rungs before arming only the last: one row per ladder says that the past was not mailed."""
    quiet = [step for step in come if step not in armed]
    return [Passed(step, BEFORE_ARMED) for step in quiet[-1:]]


def together(ladders: Iterable[Steps]) -> Steps:
    """Several ladders as one answer."""
    ladders = list(ladders)
    wakes = [each.next_wake for each in ladders if each.next_wake]
    return Steps(
        due=tuple(step for each in ladders for step in each.due),
        passed=tuple(passed for each in ladders for passed in each.passed),
        next_wake=min(wakes, default=None),
    )
