"""The course of a case as it was known at the end of a day: the stages it reached, on which days of its wait.

Everything here looks at days alone: what happened after the day is as if it had not happened.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Any
from uuid import UUID


class End(Enum):
    """How a wait ended: with what the limit asks for, or in a way after which nothing is due any more."""

    DONE = "done"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit that is forecast: `days` from the beginning of the wait, and the stages a case goes through meanwhile."""

    id: str
    name: str
    days: int
    stages: tuple[str, ...]


SIX_WEEKS = Limit("reg5_decide", "Decision whether to assess, in 6 weeks", 42, ("Request not decided",))
TWENTY_WEEKS = Limit(
    "reg13_final_plan",
    "Final plan, in 20 weeks",
    140,
    ("Request not decided", "Agreed to assess", "Draft plan sent or plan decided"),
)
FOUR_WEEKS = Limit("reg20_decide", "Decision on a review, in 4 weeks of its meeting", 28, ("Meeting held",))


@dataclass(frozen=True, slots=True)
class Course:
    """One wait as known at the end of a day. `stages` are days of the wait and the stages reached on them, in order;
    `seen` is the day of the wait on which it ended (`end`) or was last seen (no `end`)."""

    process_id: UUID
    began: date
    stages: tuple[tuple[int, int], ...]
    seen: int
    end: End | None
    reckoned: bool = True  # whether the past is read from it: not from a wait that began with another authority

    @property
    def stage(self) -> int:
        """The stage last reached."""
        return self.stages[-1][1]

    def due(self, limit: Limit) -> date:
        """The last day of the limit."""
        return self.began + timedelta(limit.days)

    def met(self, limit: Limit) -> bool | None:
        """Whether the limit was met; None where nothing was due on its day, or where that is not over."""
        if self.seen > limit.days or (self.end is None and self.seen == limit.days):
            return False
        return True if self.end is End.DONE else None


def twenty_weeks_of(row: Any, day: date) -> Course | None:
    """The way of a request to its plan, as known on `day`; None where it is no such way (see docs/forecast.md)."""
    if not _is_known(row, day):
        return None
    plan, left = _by(row.plan_on, day), _left(row, day)
    drafted = _earliest(row.draft_on, row.outcome_on) if row.outcome == "issue" else row.draft_on
    reached = ((_earliest(row.agreed_on, drafted), 1), (drafted, 2))
    if plan:
        return _course(row, reached, plan, End.DONE)
    return _course(row, reached, left or day, End.LEFT if left else None)


def six_weeks_of(row: Any, day: date) -> Course | None:
    """The way of a request to the decision whether to assess, as known on `day`."""
    if not _is_known(row, day):
        return None
    # Whatever comes after a decision says that there was one by then.
    decided = _by(_earliest(row.first_decided_on, row.agreed_on, row.draft_on, row.plan_on), day)
    if decided:
        return _course(row, (), decided, End.DONE)
    left = _left(row, day)
    return _course(row, (), left or day, End.LEFT if left else None)


def four_weeks_of(row: Any, day: date) -> Course | None:
    """The way of a review from its meeting to its decision, as known on `day`."""
    if not _by(row.began, day):
        return None
    decided, ceased = _by(row.decided_on, day), _by(row.ceased_on, day)
    if decided:
        return _course(row, (), decided, End.DONE)
    return _course(row, (), ceased or day, End.LEFT if ceased else None)


def _is_known(row: Any, day: date) -> bool:
    # A refusal that was changed later begins other limits (regs 44 and 45): its first wait tells nothing of others.
    return row.began <= day and not _by(row.changed_on, day)


def _left(row: Any, day: date) -> date | None:
    refused = row.first_decided_on if row.first_decision == "not_assess" else None
    no_plan = row.outcome_on if row.outcome == "not_issue" else None
    return _by(_earliest(refused, no_plan, row.ended_on), day)


def _course(row: Any, reached: tuple[tuple[date | None, int], ...], last: date, end: End | None) -> Course:
    began: date = row.began
    last = max(last, began)
    stages = [(0, 0)]
    for on, stage in reached:
        # One that is reached on the day of the end is no wait at all.
        if on is not None and (on < last or (on == last and end is None)):
            day = max((on - began).days, 0)
            # Of two that were reached on one day the later counts.
            if stages[-1][0] == day:
                stages.pop()
            stages.append((day, stage))
    return Course(row.process_id, began, tuple(stages), (last - began).days, end, not row.inherited)


def _by(on: date | None, day: date) -> date | None:
    return on if on is not None and on <= day else None


def _earliest(*days: date | None) -> date | None:
    found: date | None = None
    for each in days:
        if each is not None and (found is None or each < found):
            found = each
    return found
