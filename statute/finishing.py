"""From a worked-out row to the deadline that the rest of the house reads."""

from datetime import date
from functools import partial

from statute.attributes import day_of
from statute.explanation import explain
from statute.facts import Fact
from statute.norms import norm_due
from statute.row import Row
from statute.timeline import Deadline, State


def finish(row: Row) -> Deadline:
    """The deadline of one row; its explanation is written only when somebody asks for it."""
    case, start, due = row.case, row.start, row.due
    lifted = row.relief if row.state is State.LIFTED else None
    met = _met_on(row)
    return Deadline(
        row.limit.id,
        row.subject,
        row.limit.citation,
        start,
        due,
        None if due is None else case.calendar.operational_due(due),
        (norm_due(case.norms, row.limit.id, start) if case.norms else None) or row.norm,
        row.practice,
        met,
        row.state,
        None if due is None else (_counted_to(row, met) - due).days,
        _lifted_until(lifted) if lifted else None,
        day_of(lifted, "target") if lifted else None,
        row.breach,
        partial(explain, row),
    )


def _met_on(row: Row) -> date | None:
    """The day on which it was done; none while no day runs that it could have met."""
    if row.met is None or row.case.void or (row.due is None and row.state is not State.MET):
        return None
    return row.met.day


def _counted_to(row: Row, met: date | None) -> date:
    if met is not None:
        return met
    end = row.end
    return row.case.today if end is None else end.day


def _lifted_until(relief: Fact) -> date | None:
    """The last day of what lifts the limit: of the circumstances, or the day the school re-opens."""
    return day_of(relief, "to") or day_of(relief, "reopens")
