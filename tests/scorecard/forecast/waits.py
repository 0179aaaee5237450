"""Counted rows of assessments in short: a case by its days of waiting."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from scorecard.forecast.course import Course, Limit
from scorecard.forecast.limits import FORECASTED
from scorecard.forecast.looking_ahead import courses
from scorecard.forecast.rows import Requested, Rows

BEGAN = date(2026, 1, 5)


def course(limit: Limit, row: Any, day: date) -> Course | None:
    """The course of the row, of whatever rows the limit is read from, as known on the day."""
    of = next(each for each in FORECASTED if each.limit is limit)
    (found,) = courses(of, Rows(**{of.rows: [row]}), day) or [None]
    return found


def request(began: date = BEGAN, **days: int) -> Requested:
    """A request and what happened after so many days: agreed, refused, draft, plan, no_plan, gone, changed (by an
    order) or relented (of its own accord)."""
    on = {name: began + timedelta(number) for name, number in days.items()}
    closed = on.get("refused", on.get("no_plan"))
    values: dict[str, Any] = {
        "first_decision": "assess" if "agreed" in on else "not_assess" if "refused" in on else None,
        "first_decided_on": on.get("agreed", on.get("refused")),
        "changed_on": on.get("changed", on.get("relented")),
        "replaced_on": on.get("changed"),
        "agreed_on": on.get("agreed", on.get("changed", on.get("relented"))),
        "outcome": "issue" if "plan" in on else "not_issue" if "no_plan" in on else None,
        "outcome_on": on.get("draft", on.get("plan")) if "plan" in on else on.get("no_plan"),
        "draft_on": on.get("draft"),
        "plan_on": on.get("plan"),
        "ended_on": on.get("plan", on.get("gone", None if on.keys() & {"changed", "relented"} else closed)),
    }
    return Requested(uuid4(), began, **values)
