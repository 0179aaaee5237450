"""The backlog of annual reviews: which decisions are outstanding, and in which order to take them.

`casework.piles` says what lies on top and why.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import Session

from casework.actor import Actor
from casework.backlog_known import outstanding_as_known
from casework.backlog_queries import EVERYBODY, Whose, outstanding, without_meeting
from casework.lists import Listed, not_timed
from casework.piles import Pile, last, standing_of
from records.ledger import facts_of_many
from statute.facts import Fact
from statute.standing import standing


@dataclass(frozen=True, slots=True)
class Outstanding:
    """One review in which the authority owes a decision (or, for other limits, the final plan).

    `meeting` is the day of the review meeting, `report` the day its report came (None: missing) with what it
    `recommends`; `decided` the decision that was notified already and still lacks its notice. `days_overdue`
    are calendar days past the legal day (negative: days left); `transfer_due` the legal day of a phase transfer.
    """

    case_ref: str
    plan_ref: str
    pile: str
    reasons: str
    limit: str
    meeting: date | None
    report: date | None
    recommends: str
    decided: str
    legal_due: date
    operational_due: date | None
    days_overdue: int
    transfer_due: date | None
    setting_urn: str | None
    officer: str | None
    team: str | None
    citation: str


@dataclass(frozen=True, slots=True)
class WithoutMeeting:
    """One review in which no meeting is recorded. `planned` is the day it was invited for, if any."""

    case_ref: str
    plan_ref: str
    limit: str
    legal_due: date
    days_overdue: int
    planned: date | None
    transfer_due: date | None
    setting_urn: str | None
    officer: str | None
    team: str | None


def backlog(
    db: Engine,
    actor: Actor,
    today: date,
    *,
    as_of: date | None = None,
    known_on: date | None = None,
    limit: str = "reg20_decision",
    pile: str | None = None,
    whose: Whose = EVERYBODY,
) -> Listed[Outstanding]:
    """What the authority owes after review meetings: pile by pile, in each the oldest first.

    `as_of` is the day looked at (default today), on what had been recorded by the end of `known_on` (default:
    today's knowledge). `limit` says which duty: `reg20_decision`, or `reg22_final` and `devon_final` for final
    plans still owed. Restricted people appear only to actors who are named.
    """
    day = as_of or known_on or today
    with Session(db) as session:
        if known_on is None:
            rows = outstanding(session.connection(), limit, day, today, whose.bound(actor))
            facts = _standing(session, rows, day)
        else:
            rows, facts = outstanding_as_known(session, limit, day, known_on, actor, whose)
        untimed = not_timed(session)
    found = [_outstanding(row, facts[row["process_id"]], day) for row in rows]
    order = {each.value: place for place, each in enumerate(Pile)}
    found.sort(key=lambda each: (order[each.pile], each.legal_due, each.case_ref))
    return Listed(tuple(each for each in found if pile in (None, each.pile)), untimed)


def no_meeting(
    db: Engine,
    actor: Actor,
    today: date,
    *,
    as_of: date | None = None,
    whose: Whose = EVERYBODY,
) -> Listed[WithoutMeeting]:
    """Reviews whose clock runs, or whose day is past, without a meeting on record; the oldest legal day first.

    That is the day by which the review is to be complete, or that of a phase transfer where it comes before.
    """
    day = as_of or today
    with Session(db) as session:
        rows = without_meeting(session.connection(), day, today, whose.bound(actor))
        found = without_meeting_of(session, rows, day)
        found.sort(key=lambda each: (min(each.legal_due, each.transfer_due or each.legal_due), each.case_ref))
        return Listed(tuple(found), not_timed(session))


def outstanding_of(session: Session, rows: Sequence[Mapping[str, Any]], day: date) -> list[Outstanding]:
    """Rows of `backlog_queries.outstanding` with what the facts of their reviews say, in the order of the rows."""
    facts = _standing(session, rows, day)
    return [_outstanding(row, facts[row["process_id"]], day) for row in rows]


def without_meeting_of(session: Session, rows: Sequence[Mapping[str, Any]], day: date) -> list[WithoutMeeting]:
    """Rows of `backlog_queries.without_meeting` with what the facts of their reviews say, in the order of the rows."""
    facts = _standing(session, rows, day)
    return [_without_meeting(row, facts[row["process_id"]], day) for row in rows]


def _standing(session: Session, rows: Sequence[Mapping[str, Any]], day: date) -> dict[UUID, tuple[Fact, ...]]:
    known = facts_of_many(session, [row["process_id"] for row in rows])
    return {process: standing(facts, day) for process, facts in known.items()}


def _outstanding(row: Mapping[str, Any], facts: Sequence[Fact], day: date) -> Outstanding:
    stands = standing_of(facts)
    reasons = stands.reasons(row["setting_urn"], transfer=row["transfer_due"] is not None)
    return Outstanding(
        case_ref=row["case_ref"],
        plan_ref=row["plan_ref"],
        pile=stands.pile(reasons).value,
        reasons=",".join(reasons),
        limit=row["limit_id"],
        meeting=_day(last(facts, "review_meeting")),
        report=_day(stands.report),
        recommends=stands.recommends,
        decided=stands.decided,
        legal_due=row["legal_due"],
        operational_due=row["operational_due"],
        days_overdue=(day - row["legal_due"]).days,
        transfer_due=row["transfer_due"],
        setting_urn=row["setting_urn"],
        officer=row["officer"],
        team=row["team"],
        citation=row["citation"],
    )


def _without_meeting(row: Mapping[str, Any], facts: Sequence[Fact], day: date) -> WithoutMeeting:
    invited = last(facts, "review_invited")
    planned = invited.attributes.get("meeting") if invited else None
    return WithoutMeeting(
        case_ref=row["case_ref"],
        plan_ref=row["plan_ref"],
        limit=row["limit_id"],
        legal_due=row["legal_due"],
        days_overdue=(day - row["legal_due"]).days,
        planned=date.fromisoformat(planned) if planned else None,
        transfer_due=row["transfer_due"],
        setting_urn=row["setting_urn"],
        officer=row["officer"],
        team=row["team"],
    )


def _day(fact: Fact | None) -> date | None:
    return fact.day if fact else None
