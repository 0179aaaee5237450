"""One summary a week for each service with late advice: how many, and the oldest."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, select

from casework.earlier import UNTRUE
from casework.recipients import NOBODY, RESTRICTED, Directory, service_chain
from casework.situations import read_situation
from casework.statuses import QUEUED, SKIPPED
from config.clock import london_day
from records.spells import overdue_now
from records.tables import AdviceRequest, Body, DeadlineRow, Message, Person, Process, RoundLog
from statute.ladder import Role
from statute.mornings import morning
from statute.policy import Policy
from statute.situation import Situation
from statute.steps import ADVICE_LIMITS

WEEKLY = "weekly"
# The log of post rounds says which were full ones, and not only announcements out of hours.
POST, FULL = "post", "full"


@dataclass(frozen=True, slots=True)
class Overdue:
    """Advice that a service owes and has not given: the reference, the request and its legal day."""

    mail_ref: str
    subject: str
    due: date


def put_down_weeklies(session: Session, policy: Policy, now: datetime) -> int:
    """Put down this week's summaries, once each, in the week's first round from the policy's weekday on.

    Returns how many were new. A service without late advice, or without anybody above its duty desk, gets none.
    """
    if not _is_first_round(session, policy, now):
        return 0
    late = _late_by_service(session, policy, now)
    return sum(_put_down(session, policy, now, body, late[body]) for body in late)


def renew_weeklies(session: Session, messages: Collection[UUID], policy: Policy, now: datetime) -> int:
    """Bring the summaries among these messages in step with the records at the moment of sending.

    Like every message they are true until they are sent, which a busy mail server may put off for days. Returns how
    many were given up, because nothing is late any more or nobody is left to write to.
    """
    query = select(Message).where(col(Message.id).in_(messages), Message.kind == WEEKLY, Message.status == QUEUED)
    weeklies = session.exec(query.order_by(col(Message.step_key)).with_for_update()).all()
    return sum(not _renewed(session, weekly, policy, now) for weekly in weeklies)


def _renewed(session: Session, weekly: Message, policy: Policy, now: datetime) -> bool:
    body = session.get_one(Body, UUID(weekly.about["body"]))
    chain = service_chain(Role.SERVICE_LEAD, body)
    late = _late_by_service(session, policy, now, body).get(body.id)
    if late and chain:
        kept = weekly.fallback if weekly.fallback in chain else None
        weekly.recipient, weekly.fallback = kept or chain[0], kept
        weekly.about = {**weekly.about, **_about(body, late, policy)}
    else:
        weekly.status, weekly.reason = SKIPPED, UNTRUE if chain else NOBODY
    session.add(weekly)
    return weekly.status == QUEUED


def _is_first_round(session: Session, policy: Policy, now: datetime) -> bool:
    """What falls overdue later in the week waits for the next summary; a week whose day was missed gets its own."""
    today = london_day(now)
    begins = today - timedelta(days=today.isoweekday() - policy.weekly.weekday)
    if today < begins:
        return False
    since = morning(begins, time())
    earlier = select(RoundLog).where(RoundLog.kind == POST, col(RoundLog.finished_at) >= since)
    return not any(log.note.get(FULL) for log in session.exec(earlier).all())


def service_name(session: Session, message: Message) -> str:
    """The name of the service that a weekly summary is about."""
    return session.get_one(Body, UUID(message.about["body"])).name


def weekly_chain(session: Session, message: Message) -> tuple[str, ...]:
    """Who gets a weekly summary: the service's lead, else its manager."""
    return service_chain(Role.SERVICE_LEAD, session.get_one(Body, UUID(message.about["body"])))


def _late_by_service(
    session: Session, policy: Policy, now: datetime, body: Body | None = None
) -> dict[UUID, list[Overdue]]:
    """Overdue advice of armed, open cases, restricted ones left out, by the service that was asked.

    Of one service if that is named.
    """
    query = (
        select(DeadlineRow.process_id)
        .join(Process, col(Process.id) == col(DeadlineRow.process_id))
        .join(Person, col(Person.id) == col(Process.person_id))
        .where(
            overdue_now(london_day(now)),
            col(DeadlineRow.limit_id).in_(ADVICE_LIMITS),
            col(Process.armed_from).is_not(None),
            col(Process.ended_on).is_(None),
            Person.sensitivity != RESTRICTED,
        )
    )
    if body is not None:
        query = query.where(col(DeadlineRow.service).in_((body.category, body.code)))
    rows = session.exec(query.distinct()).all()
    late: defaultdict[UUID, list[Overdue]] = defaultdict(list)
    directories: dict[str, Directory] = {}
    for process_id in rows:
        process = session.get_one(Process, process_id)
        directory = directories.setdefault(process.authority, Directory(session, process.authority))
        for owing, overdue in _late_in(directory, process, policy, now):
            late[owing].append(overdue)
    return late


def _late_in(directory: Directory, process: Process, policy: Policy, now: datetime) -> Iterable[tuple[UUID, Overdue]]:
    """The read model says where to look; what is still asked for, and not on hold, the ledger says."""
    read = read_situation(directory.session, process, policy, now)
    return late_advice(read.situation, read.requests, directory, process)


def late_advice(
    situation: Situation, requests: Sequence[AdviceRequest], directory: Directory, process: Process
) -> Iterator[tuple[UUID, Overdue]]:
    """The overdue advice of a case that is still asked for and under no hold, with the service that owes it."""
    if situation.timeline.ended_on or situation.asking.held_until(situation.today):
        return
    for ask in situation.asking.asks:
        deadline = next((d for limit in ADVICE_LIMITS if (d := situation.open(limit, ask.shown))), None)
        body = directory.body(requests, ask.subject)
        due = deadline.legal_due if deadline else None
        if body and due and due < situation.today and not ask.settled_by:
            yield body.id, Overdue(process.mail_ref, ask.subject, due)


def _put_down(session: Session, policy: Policy, now: datetime, body_id: UUID, late: Sequence[Overdue]) -> bool:
    message = summary_for(session.get_one(Body, body_id), late, policy, now)
    if message is None:
        return False
    claim = insert(Message).values(**message.model_dump())
    found = session.connection().execute(
        claim.on_conflict_do_nothing(index_elements=["step_key"]).returning(col(Message.id))
    )
    return found.scalar() is not None


def summary_for(body: Body, late: Sequence[Overdue], policy: Policy, now: datetime) -> Message | None:
    """This week's summary of what a service owes; None where nobody above its duty desk can be written to."""
    chain = service_chain(Role.SERVICE_LEAD, body)
    if not chain:
        return None
    year, week, _ = london_day(now).isocalendar()
    return Message(
        authority=body.authority,
        step_key=f"service/{body.id}/{year}-W{week:02}",
        limit_id=WEEKLY,
        subject=f"{body.category}/{body.code}",
        rung=f"{year}-W{week:02}",
        kind=WEEKLY,
        role=Role.SERVICE_LEAD.value,
        recipient=chain[0],
        about=_about(body, late, policy),
        due_at=now,
        created_at=now,
        status=QUEUED,
    )


def _about(body: Body, late: Sequence[Overdue], policy: Policy) -> dict[str, Any]:
    oldest = sorted(late, key=lambda each: (each.due, each.mail_ref))[: policy.weekly.oldest]
    return {
        "body": str(body.id),
        "count": len(late),
        "oldest": [{"mail_ref": each.mail_ref, "due": each.due.isoformat()} for each in oldest],
    }
