"""One limit of one case while it is being worked out, and the state that follows from it."""

from dataclasses import dataclass, field
from datetime import date

from statute.advice import Request
from statute.arrival import arrived_late
from statute.case import Case
from statute.facts import Fact
from statute.limit import Limit
from statute.reliefs import doubts, lifting
from statute.timeline import State

_BY_RELIEF = frozenset({State.LIFTED, State.MET_UNDER_RELIEF})


@dataclass(slots=True)
class Row:
    """Everything that one deadline is made of, and that its explanation needs.

    `event` started it on `start` (`also` is a second event it counts from); `due` is the last lawful day; `met` met
    it (`done` says so where the kind of fact does not); `closed` closed this limit alone. `practice` and `norm` are
    days beside the legal one. `because` says what the state means where the state alone does not.
    """

    limit: Limit
    case: Case
    event: Fact | None
    start: date | None
    due: date | None
    subject: str = ""
    met: Fact | None = None
    closed: Fact | None = None
    request: Request | None = None
    relief: Fact | None = None
    state: State = State.NOT_STARTED
    breach: str = ""
    notes: list[str] = field(default_factory=lambda: [])
    also: Fact | None = None
    practice: date | None = None
    norm: date | None = None
    done: str = ""
    because: str = ""

    @property
    def end(self) -> Fact | None:
        """What closed this limit: its own closing, else the end of the process."""
        return self.closed or self.case.ended

    @property
    def key(self) -> str:
        """What the limit is about as it was recorded: `health/slt` even where it is shown as `health`."""
        return self.subject if self.request is None else self.request.key


def settle(row: Row) -> Row:
    """Find the relief and the state of a limit that simply runs until it is met."""
    row.relief = lifting(row.limit, row.case, row.start, row.due, row.key)
    row.state = ordinary_state(row)
    if row.met is not None:
        row.notes.extend(arrived_late(row.met, row.due))
    return row


def doubtful(row: Row) -> list[str]:
    """What is unsettled about the relief of a row that would be late in law without it."""
    if row.relief is None or row.due is None or row.state not in _BY_RELIEF:
        return []
    until = row.case.today if row.met is None else row.met.day
    return doubts(row.relief, row.due, until)


def ordinary_state(row: Row) -> State:
    """How a limit stands that simply runs until it is met."""
    if row.case.void:
        return State.NOT_APPLICABLE
    if row.due is None:
        return State.NOT_STARTED if row.end is None else State.NOT_APPLICABLE
    if row.met is not None:
        return met_state(row, row.met.day, row.due)
    if row.end is not None:
        # What a relief has lifted was not owed by its day, so ending it leaves no breach behind.
        late = row.end.day > row.due and row.relief is None
        return State.ENDED_OVERDUE if late else State.NOT_APPLICABLE
    return State.LIFTED if row.relief else running_state(row.case, row.due)


def met_state(row: Row, met_on: date, due: date) -> State:
    """Met in time, late, or late under a relief (which may have been granted afterwards)."""
    if met_on <= due:
        return State.MET
    return State.MET_UNDER_RELIEF if row.relief else State.MET_LATE


def running_state(case: Case, due: date) -> State:
    """How an open limit stands by the date alone: due today is not overdue."""
    left = (due - case.today).days
    if left < 0:
        return State.OVERDUE
    if left == 0:
        return State.DUE_TODAY
    return State.DUE_SOON if left <= case.due_soon_days else State.RUNNING
