"""One case, for reading: its timeline, why a date is what it is, and everything that happened in it."""

from datetime import date, datetime

from sqlalchemy import Engine
from sqlmodel import Session

from casework.actor import Actor
from casework.calendar_history import moved_days, with_history
from casework.calendars import calendar_in_force, calendar_known_at
from casework.cases import find
from casework.chronology import chronology
from casework.errors import Refused
from casework.known import end_of
from casework.policies import norms_of, policy_in_force
from config.clock import london_day
from records.ledger import facts_of
from records.mailref import tidy
from statute.processes import timeline_of
from statute.timeline import Deadline, Timeline

__all__ = ["called", "chronology", "explain", "mail_ref_called", "timeline"]


def called(db: Engine, reference: str, actor: Actor) -> str:
    """The case reference of what a reference means: for that of a plan, its present review. Raises UnknownCase."""
    with Session(db) as session:
        return find(session, reference, actor).process.case_ref


def mail_ref_called(db: Engine, reference: str, actor: Actor) -> str:
    """The mail reference of what a reference means. Raises UnknownCase.

    One that is written as a mail reference is given back as it is: whether there is such a case is not asked.
    """
    if tidy(reference) == reference:
        return reference
    with Session(db) as session:
        return find(session, reference, actor).process.mail_ref


def timeline(
    db: Engine,
    reference: str,
    actor: Actor,
    now: datetime,
    *,
    as_of: date | None = None,
    known_on: date | None = None,
) -> Timeline:
    """Every limit of a case as of a day (today), on what was recorded by the end of `known_on` (by now).

    With `known_on` alone the timeline is as of that day. Raises UnknownCase; Refused when nothing was known yet.
    """
    with Session(db) as session:
        case = find(session, reference, actor)
        facts = case.facts if known_on is None else facts_of(session, case.process.id, end_of(known_on))
        day = as_of or known_on or london_day(now)
        if not facts:
            raise Refused(f"Nothing of {case.process.case_ref} had been recorded by {known_on}. Ask for a later day.")
        policy = policy_in_force(session)
        known_at = end_of(known_on) if known_on else None
        calendar = calendar_known_at(session, known_at) if known_at else calendar_in_force(session)
        found = timeline_of(
            case.process.kind,
            facts,
            day,
            norms=norms_of(policy),
            due_soon_days=policy.due_soon_days,
            calendar=calendar,
        )
        return with_history(found, moved_days(session, case.process.id, known_at))


def explain(
    db: Engine,
    reference: str,
    limit: str,
    subject: str,
    actor: Actor,
    now: datetime,
    *,
    as_of: date | None = None,
    known_on: date | None = None,
) -> list[Deadline]:
    """The deadlines of one limit, each with its explanation; all subjects where none is named.

    Raises Refused when the case has no such limit, naming those it has.
    """
    found = timeline(db, reference, actor, now, as_of=as_of, known_on=known_on)
    chosen = [d for d in found.deadlines if d.limit == limit and subject in ("", d.subject)]
    if not chosen:
        known = sorted({f"{d.limit} {d.subject}".strip() for d in found.deadlines})
        raise Refused(
            f"{reference} has no limit {f'{limit} {subject}'.strip()} on that day. It has: {', '.join(known)}."
        )
    return chosen
