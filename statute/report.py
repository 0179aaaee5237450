"""A timeline as plain data, for `--json` and the API."""

from datetime import date
from typing import Any

from statute.timeline import Deadline, Timeline

_DAYS = ("start", "legal_due", "operational_due", "norm_due", "practice_due", "met_on")


def as_json(timeline: Timeline) -> dict[str, Any]:
    """The timeline with ISO days, null where there is none, and every explanation written out."""
    return {
        "process": timeline.process,
        "as_of": timeline.as_of.isoformat(),
        "deadlines": [_deadline(each) for each in timeline.deadlines],
    }


def _deadline(deadline: Deadline) -> dict[str, Any]:
    days = {name: _iso(getattr(deadline, name)) for name in _DAYS}
    return {
        "limit": deadline.limit,
        "subject": deadline.subject,
        "citation": deadline.citation,
        **days,
        "state": deadline.state.value,
        "days": deadline.days,
        "explanation": deadline.explain(),
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
