"""The answer of the law: for every limit of a process, when it falls due and how it stands."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class State(StrEnum):
    """How a limit stands on a day."""

    NOT_STARTED = "not_started"
    RUNNING = "running"
    DUE_SOON = "due_soon"
    DUE_TODAY = "due_today"
    OVERDUE = "overdue"
    CONDITIONAL = "conditional"
    MET = "met"
    MET_LATE = "met_late"
    MET_UNDER_RELIEF = "met_under_relief"
    LIFTED = "lifted"
    REPLACED = "replaced"
    ENDED_OVERDUE = "ended_overdue"
    NOT_APPLICABLE = "not_applicable"
    WINDOW_OPEN = "window_open"
    WINDOW_CLOSED = "window_closed"


# A limit that is open binds today: whether it is running, due or overdue is only a matter of the date.
OPEN = frozenset({State.RUNNING, State.DUE_SOON, State.DUE_TODAY, State.OVERDUE})


@dataclass(frozen=True, slots=True)
class Deadline:
    """One limit of one process on one day.

    All days are calendar days. `start` is the event day the limit counts from; `legal_due` the last lawful day,
    never rolled forward; `operational_due` the last working day on or before it; `norm_due` a tighter local norm;
    `practice_due` the day the Code or custom names where it differs from the law; `lifted_until` and `target`
    belong to a relief. `days` counts past the legal day (negative: days left), None without a legal day.
    """

    limit: str
    subject: str
    citation: str
    start: date | None
    legal_due: date | None
    operational_due: date | None
    norm_due: date | None
    practice_due: date | None
    met_on: date | None
    state: State
    days: int | None
    lifted_until: date | None = None
    target: date | None = None
    breach: str = ""
    _explain: Callable[["Deadline"], str] | None = field(default=None, compare=False, repr=False)

    def explain(self) -> str:
        """The sentence a parent, a judge and an auditor can follow: event, rule, source, result."""
        return self._explain(self) if self._explain else ""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Every limit of one process as at one day."""

    process: str
    as_of: date
    deadlines: tuple[Deadline, ...]
    started_on: date | None
    ended_on: date | None
    ended_by: str = ""
    warnings: tuple[str, ...] = ()

    def get(self, limit: str, subject: str = "") -> Deadline | None:
        """The deadline of that limit and subject, or None."""
        return next((d for d in self.deadlines if d.limit == limit and d.subject == subject), None)
