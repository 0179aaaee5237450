"""Every limit that is forecast, as data, and how the days of its waits are read from a row.

They are the limits that the authority itself owes in law (statute/): advice is owed by others, and the days that an
order or agreement sets in the place of a limit are in no past.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Annotated, Any

from pydantic import PlainSerializer, PlainValidator

from scorecard.forecast.course import Limit, Wait, earliest
from scorecard.forecast.rows import Moved, MovedIn, Requested, Reviewed
from statute.counting import months_beginning_with

REVIEW_WINDOW = 12
"""Months of the past that are looked at for reviews: of those there are many, and a year holds each season once."""

# Worked out once for each day: thousands of reviews begin on a few hundred.
_a_year_from = lru_cache(2_000)(months_beginning_with(12).last_day)

_DECIDE, _AGREED, _DRAFTED = "Request not decided", "Agreed to assess", "Draft plan sent or plan decided"
_NO_MEETING, _MEETING = "Meeting not held", "Meeting held"
_NOTICE = "Amendment notice sent"

SIX_WEEKS = Limit(
    "reg5_decide",
    "Decision whether to assess, in 6 weeks",
    42,
    (_DECIDE,),
    ("reg5_decide", "reg4_refuse_assessment"),
)
SIXTEEN_WEEKS = Limit(
    "reg10_refuse_plan",
    "Decision whether to issue a plan, by the 16 weeks of a refusal",
    112,
    (_DECIDE, _AGREED),
    ("reg10_refuse_plan",),
    beside=True,
)
TWENTY_WEEKS = Limit(
    "reg13_final_plan", "Final plan, in 20 weeks", 140, (_DECIDE, _AGREED, _DRAFTED), ("reg13_final_plan",)
)
FOUR_WEEKS = Limit(
    "reg20_decide",
    "Decision on a review, in 4 weeks of its meeting",
    28,
    (_MEETING,),
    ("reg20_decision",),
    REVIEW_WINDOW,
)
EIGHT_WEEKS = Limit(
    "reg22_final", "Final amended plan, in 8 weeks of the notice", 56, (_NOTICE,), ("reg22_final",), REVIEW_WINDOW
)
TWELVE_WEEKS = Limit(
    "devon_final",
    "Final amended plan, in 12 weeks of the meeting",
    84,
    ("Decided to amend, notice not sent", _NOTICE),
    ("devon_final",),
    REVIEW_WINDOW,
    monthly=False,
)
TWELVE_MONTHS = Limit(
    "s44_review",
    "Review of a plan, in 12 months",
    365,
    (_NO_MEETING, _MEETING),
    ("s44_review", "reg27_review", "reg15_review"),
    REVIEW_WINDOW,
)
PHASE_TRANSFER = Limit(
    "reg18_phase_transfer",
    "Phase transfer: plan that names the next place",
    365,
    (_NO_MEETING, _MEETING, _NOTICE),
    ("reg18_phase_transfer",),
)
MOVED_IN = Limit(
    "reg15_inform", "Letter on a plan that moved in, in 6 weeks", 42, ("Family not told",), ("reg15_inform",)
)


@dataclass(frozen=True, slots=True)
class Forecasted:
    """A limit, the rows its waits are in (see `rows.Rows`), and how one of them is read as known on a day."""

    limit: Limit
    rows: str
    wait_of: Callable[[Any, date], Wait | None]


def request(
    limit: Limit, done: Callable[[Requested], Sequence[date | None]], *stages: Callable[[Requested], date | None]
) -> Forecasted:
    """A limit that counts from a request: what ends it well, and the stages after the first."""

    numbered, length = list(enumerate(stages, start=1)), timedelta(limit.days)

    def wait_of(row: Requested, day: date) -> Wait | None:
        # What replaced the limits of a request begins others (regs 44 and 45): its first wait tells nothing of others.
        if row.began > day or (row.replaced_on is not None and row.replaced_on <= day):
            return None
        reached = [(stage(row), place) for place, stage in numbered]
        left = _left(row, day)
        return Wait(
            row.process_id, row.began, row.began + length, reached, earliest(*done(row)), left, not row.inherited
        )

    return Forecasted(limit, "assessments", wait_of)


def review(limit: Limit, wait_of: Callable[[Reviewed], Wait | None]) -> Forecasted:
    """A limit of a review."""
    return Forecasted(limit, "reviews", lambda row, _: wait_of(row))


def _left(row: Requested, day: date) -> date | None:
    # Who relents of his own accord goes on under the same limit: R (W) v Hertfordshire [2023] EWHC 3138 (Admin).
    if row.changed_on is not None and row.changed_on <= day:
        return row.ended_on
    refused = row.first_decided_on if row.first_decision == "not_assess" else None
    no_plan = row.outcome_on if row.outcome == "not_issue" else None
    return earliest(refused, no_plan, row.ended_on)


def _drafted(row: Requested) -> date | None:
    return earliest(row.draft_on, row.outcome_on) if row.outcome == "issue" else row.draft_on


def _agreed(row: Requested) -> date | None:
    return earliest(row.agreed_on, _drafted(row))


def _decided(row: Reviewed) -> date | None:
    # An amended plan of the review says that there was a decision, where none is on record.
    if row.decided_on or row.met_on is None or row.finished_on is None or row.finished_on < row.met_on:
        return row.decided_on
    return None if row.notice_on and row.notice_on < row.met_on else row.finished_on


def _from_the_meeting(row: Reviewed) -> Wait | None:
    if row.met_on is None:
        return None
    due = row.met_on + timedelta(FOUR_WEEKS.days)
    return Wait(row.process_id, row.met_on, due, (), _decided(row), row.ceased_on)


def _from_the_notice(row: Reviewed) -> Wait | None:
    if row.notice_on is None:
        return None
    due = row.notice_on + timedelta(EIGHT_WEEKS.days)
    return Wait(row.process_id, row.notice_on, due, (), row.finished_on, row.ceased_on)


def _from_the_decision_to_amend(row: Reviewed) -> Wait | None:
    if row.met_on is None or row.decided_on is None or row.outcome != "amend":
        return None
    due, notice = row.met_on + timedelta(TWELVE_WEEKS.days), row.notice_on
    return Wait(row.process_id, row.decided_on, due, ((notice, 1),), row.finished_on, row.ceased_on)


def _twelve_months(row: Reviewed) -> Wait:
    due = row.due_on or _a_year_from(row.began)
    return Wait(row.process_id, row.began, due, ((row.met_on, 1),), _decided(row), row.ceased_on)


def _move(row: Moved, _: date) -> Wait:
    since = max(row.began, row.due_on - timedelta(PHASE_TRANSFER.days))
    reached = ((row.met_on, 1), (row.notice_on, 2))
    return Wait(row.process_id, since, row.due_on, reached, row.final_on, row.ceased_on)


def _told(row: MovedIn, _: date) -> Wait:
    return Wait(row.process_id, row.began, row.due_on, (), row.told_on, row.ceased_on)


FORECASTED: Sequence[Forecasted] = (
    # Whatever comes after a decision says that there was one by then.
    request(SIX_WEEKS, lambda row: (row.first_decided_on, row.agreed_on, row.draft_on, row.plan_on)),
    request(SIXTEEN_WEEKS, lambda row: (row.outcome_on, row.draft_on, row.plan_on), _agreed),
    request(TWENTY_WEEKS, lambda row: (row.plan_on,), _agreed, _drafted),
    review(TWELVE_MONTHS, _twelve_months),
    review(FOUR_WEEKS, _from_the_meeting),
    review(EIGHT_WEEKS, _from_the_notice),
    review(TWELVE_WEEKS, _from_the_decision_to_amend),
    Forecasted(PHASE_TRANSFER, "moves", _move),
    Forecasted(MOVED_IN, "told", _told),
)
LIMITS: Sequence[Limit] = tuple(each.limit for each in FORECASTED)

_BY_ID = {each.id: each for each in LIMITS}

LimitById = Annotated[Limit, PlainSerializer(lambda limit: limit.id), PlainValidator(_BY_ID.__getitem__, str)]
"""A limit that is put by as its id, and found again by it."""
