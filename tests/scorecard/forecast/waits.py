"""Counted rows of assessments in short: a case by its days of waiting."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from scorecard.forecast.course import Course, Limit
from scorecard.forecast.limits import FORECASTED
from scorecard.forecast.looking_ahead import courses
from scorecard.forecast.reading import Rows

BEGAN = date(2026, 1, 5)


@dataclass(frozen=True)
class Row:
    """A counted assessment or review, as far as the forecast looks at it."""

    process_id: UUID
    began: date
    inherited: bool = False
    first_decision: str | None = None
    first_decided_on: date | None = None
    changed_on: date | None = None
    agreed_on: date | None = None
    outcome: str | None = None
    outcome_on: date | None = None
    draft_on: date | None = None
    plan_on: date | None = None
    ended_on: date | None = None
    met_on: date | None = None
    decided_on: date | None = None
    notice_on: date | None = None
    finished_on: date | None = None
    ceased_on: date | None = None
    due_on: date | None = None


def course(limit: Limit, row: Any, day: date) -> Course | None:
    """The course of the row, of whatever rows the limit is read from, as known on the day."""
    of = next(each for each in FORECASTED if each.limit is limit)
    (found,) = courses(of, Rows(**{of.rows: [row]}), day) or [None]
    return found


def request(began: date = BEGAN, **days: int) -> Row:
    """A request and what happened after so many days: agreed, refused, draft, plan, no_plan, gone or changed."""
    on = {name: began + timedelta(number) for name, number in days.items()}
    row = Row(uuid4(), began)
    values: dict[str, Any] = {
        "first_decision": "assess" if "agreed" in on else "not_assess" if "refused" in on else None,
        "first_decided_on": on.get("agreed", on.get("refused")),
        "changed_on": on.get("changed"),
        "agreed_on": on.get("agreed"),
        "outcome": "issue" if "plan" in on else "not_issue" if "no_plan" in on else None,
        "outcome_on": on.get("draft", on.get("plan")) if "plan" in on else on.get("no_plan"),
        "draft_on": on.get("draft"),
        "plan_on": on.get("plan"),
        "ended_on": None if "changed" in on else on.get("plan", on.get("gone", on.get("refused", on.get("no_plan")))),
    }
    return replace(row, **values)
