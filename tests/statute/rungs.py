"""A process on a morning, as the ladder sees it, for the tests of its rungs."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time

from statute.asks import Request, asking
from statute.ladder import Role, Steps
from statute.mornings import morning
from statute.notation import parse_fact
from statute.policy import Policy, default_policy
from statute.situation import Situation
from statute.timeline import Deadline, State, Timeline

P = "11111111-2222-3333-4444-555555555555"
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
# A Wednesday: every rung but +3 falls on a working day, -2 on the Monday before.
DUE = date(2026, 10, 14)
STARTED = date(2026, 7, 1)


def at(day: str, clock: str = "07:20") -> datetime:
    """That clock time in London."""
    return morning(date.fromisoformat(day), time.fromisoformat(clock))


def deadline(limit: str, due: date | None, state: State = State.RUNNING, subject: str = "") -> Deadline:
    return Deadline(limit, subject, "", None, due, due, None, None, None, state, None)


def situation(
    now: datetime,
    *deadlines: Deadline,
    facts: Iterable[str] = ("advice_requested:health=2026-09-02",),
    requests: Iterable[Request] = (),
    armed_from: datetime = LONG_AGO,
    ended_on: date | None = None,
    policy: Policy | None = None,
) -> Situation:
    timeline = Timeline("assessment", now.date(), deadlines, STARTED, ended_on)
    said = asking([parse_fact(text) for text in facts], requests)
    return Situation(P, timeline, said, policy or default_policy(), armed_from, now)


ASSESSED = ["decision_to_assess=2026-08-12"]
HEALTH = deadline("reg8_advice", DUE, subject="health")


def told(found: Steps, role: Role) -> list[str]:
    return [f"{step.kind} {step.rung}" for step in found.due if step.role is role]


def final(due: str, state: State = State.RUNNING) -> Deadline:
    return deadline("reg13_final_plan", date.fromisoformat(due), state)
