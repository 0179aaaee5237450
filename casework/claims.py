"""Messages kept in step with what is true: each claimed once by its key, and given up when no longer true."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, select

from casework.changed_policy import brought_late_here
from casework.earlier import ENDED, PERHAPS, UNTRUE, Earlier, claims_of
from casework.notices import AWAY, RECEIPT, UNDELIVERED, Notice, Notices, notices
from casework.recipients import Directory, Recipients
from casework.resending import RESENT, send_again
from casework.situations import read_situation
from casework.statuses import HELD, QUEUED, SKIPPED, WAITING
from config.clock import london_day
from records.tables import Message, Person, Process
from statute.changed_ladders import CHANGED
from statute.ladder import OVERTAKEN, Role
from statute.policy import Policy
from statute.situation import Situation

ON_HOLD = "mail is on hold for this case"

# Kept beside what a letter says, and not overwritten when that is brought up to date.
_KEPT = frozenset({"attempts", "first_attempt", RESENT})


@dataclass(frozen=True, slots=True)
class Claimed:
    """What was put down for a process: its situation and notices, who can be written to, how many were given up."""

    situation: Situation
    notices: Notices
    recipients: Recipients
    skipped: int = 0


def settle(
    session: Session, process: Process, policy: Policy, now: datetime, directory: Directory | None = None
) -> Claimed:
    """Bring the messages of one armed process in step with its ledger as at `now`.

    New steps are claimed (a key that exists already was said before), waiting messages that are no longer true are
    given up, those that were given up unsent and are true again wait again, addresses and days are looked up
    again. The caller holds the process's lock.
    """
    person = session.get_one(Person, process.person_id)
    read = read_situation(session, process, policy, now)
    directory = directory or Directory(session, process.authority, london_day(now))
    recipients = Recipients(directory, process, person, read.requests)
    found = notices(read.situation, recipients)
    wanted = {notice.key: notice for notice in found.due}
    reasons = {notice.key: reason for notice, reason in found.passed}
    waiting = list(_waiting(session, process))
    for message in waiting:
        if message.kind == RECEIPT:
            _still_received(message, found)
        elif message.kind == UNDELIVERED and read.situation.timeline.ended_on is None:
            _still_undelivered(message, recipients, found)
        elif message.kind == AWAY and read.situation.timeline.ended_on is None:
            _still_away(message, recipients, found, read.situation)
        else:
            _look_again(message, wanted, reasons, found, read.situation)
        session.add(message)
    session.flush()
    earlier = claims_of(session, process)
    new = [notice for notice in found.due if not earlier.knows(notice)]
    late = brought_late_here(session, read.situation, new)
    _claim(session, [_row(process, *claimed, now) for claimed in to_claim(found, earlier, late)])
    if not found.held:
        send_again(session, found.due, earlier, now)
    _revive(session, [notice for notice in found.due if earlier.was_given_up(notice)], found)
    skipped = sum(message.status == SKIPPED for message in waiting)
    return Claimed(read.situation, found, recipients, skipped)


def to_claim(found: Notices, earlier: Earlier, late: Collection[str]) -> Iterator[tuple[Notice, str, str]]:
    """What nobody has claimed yet, with its status and reason. `late`: the keys of what a changed policy says late."""
    for notice in found.due:
        if earlier.knows(notice):
            continue
        if notice.key in late:
            yield notice, SKIPPED, CHANGED
        elif earlier.spoke_since(notice.key, notice.at):
            yield notice, SKIPPED, OVERTAKEN
        else:
            yield notice, *standing_of(notice, found)
    for notice, reason in found.passed:
        if not earlier.knows(notice):
            yield notice, SKIPPED, reason


def standing_of(notice: Notice, found: Notices) -> tuple[str, str]:
    """Whether a notice may go now, and why not: status and reason."""
    if found.held:
        return HELD, ON_HOLD
    if notice.waits:
        return HELD, notice.waits
    if notice.to.address is None:
        return HELD, notice.to.nobody
    return QUEUED, ""


def settle_each(session: Session, processes: Collection[UUID], policy: Policy, now: datetime) -> dict[UUID, Claimed]:
    """Settle several processes in one transaction, the directories read once for all.

    They are locked in the order of their ids, before any message, as in every command: no two wait for each other.
    """
    query = select(Process).where(col(Process.id).in_(processes)).order_by(col(Process.id)).with_for_update()
    locked = session.exec(query).all()
    day = london_day(now)
    directories = {process.authority: Directory(session, process.authority, day) for process in locked}
    return {process.id: settle(session, process, policy, now, directories[process.authority]) for process in locked}


def _waiting(session: Session, process: Process) -> Iterable[Message]:
    query = select(Message).where(Message.process_id == process.id, col(Message.status).in_(WAITING))
    return session.exec(query.order_by(col(Message.step_key)).with_for_update()).all()


def _look_again(
    message: Message,
    wanted: Mapping[str, Notice],
    reasons: Mapping[str, str],
    found: Notices,
    situation: Situation,
) -> None:
    notice = wanted.get(message.step_key)
    ended = situation.timeline.ended_on is not None
    if notice is None:
        untrue = ENDED if ended else reasons.get(message.step_key) or _why_untrue(situation, message)
        # Taken over from a round that died, and settled meanwhile: nobody knows, and nobody is asked again.
        perhaps = PERHAPS if message.digest_id else ""
        message.status, message.reason, message.digest_id = SKIPPED, untrue + perhaps, None
    else:
        message.recipient = _address(message, notice)
        status, reason = standing_of(notice, found)
        if (status, message.status) != (QUEUED, QUEUED):  # else the reason says how sending went so far
            message.status, message.reason = status, reason
        kept = {name: value for name, value in message.about.items() if name in _KEPT}
        message.about = {**notice.about, **kept}


def _still_undelivered(message: Message, recipients: Recipients, found: Notices) -> None:
    """No step asks for it: it was put down when a letter was given up, and stays true."""
    to = recipients.of(Role.CASEWORKER, message.subject)
    message.recipient = to.address
    message.status, message.reason = (HELD, ON_HOLD) if found.held else (QUEUED, "")
    if to.address is None:
        message.status, message.reason = HELD, to.nobody


def _still_away(message: Message, recipients: Recipients, found: Notices, situation: Situation) -> None:
    """Nor for this: somebody who was asked is away, which matters for as long as their answer is owed."""
    ask = next((each for each in situation.asking.asks if each.subject == message.subject), None)
    if ask is None or ask.settled_by:
        message.status, message.reason = SKIPPED, _why_untrue(situation, message)
        return
    to = recipients.of(Role(message.role), message.subject)
    message.recipient = message.fallback if message.fallback in to.chain else to.address
    message.status, message.reason = (HELD, ON_HOLD) if found.held else (QUEUED, "")
    if message.recipient is None:
        message.status, message.reason = HELD, to.nobody


def _still_received(message: Message, found: Notices) -> None:
    """What came, came: whoever answered is told so whatever has become of the request, and of the case, since."""
    if found.held:
        message.status, message.reason = HELD, ON_HOLD
    elif message.status == HELD:
        message.status, message.reason = QUEUED, ""


def _address(message: Message, notice: Notice) -> str | None:
    """The address as it stands in the directory today; a fallback stays, unless the directory dropped it."""
    if message.fallback and message.fallback in notice.to.chain:
        return message.fallback
    message.fallback = None
    return notice.to.address


def _why_untrue(situation: Situation, message: Message) -> str:
    """What has become of the request, in the code of the fact that settled it."""
    ask = next((each for each in situation.asking.asks if each.subject == message.subject), None)
    if ask and ask.settled_by:
        return f"{UNTRUE}: {ask.settled_by}"
    if ask and any(quiet.said <= situation.today <= quiet.until for quiet in ask.quiets):
        return f"{UNTRUE}: advice_expected"
    return UNTRUE


def _row(process: Process, notice: Notice, status: str, reason: str, now: datetime) -> dict[str, Any]:
    return {**_columns(process, notice, now), "status": status, "reason": reason}


def _columns(process: Process, notice: Notice, now: datetime) -> dict[str, Any]:
    message = Message(
        authority=process.authority,
        step_key=notice.key,
        process_id=process.id,
        mail_ref=process.mail_ref,
        limit_id=notice.limit,
        subject=notice.subject,
        rung=notice.rung,
        kind=notice.kind,
        role=notice.role.value,
        recipient=notice.to.address,
        about=dict(notice.about),
        due_at=notice.at,
        created_at=now,
        urgent=notice.urgent,
    )
    return message.model_dump()


def _revive(session: Session, true_again: Iterable[Notice], found: Notices) -> None:
    """What was given up because it was not true, was never sent, and is true after all (a fact was retracted)."""
    for notice in true_again:
        message = session.exec(select(Message).where(Message.step_key == notice.key).with_for_update()).one()
        message.recipient, message.fallback = notice.to.address, None
        message.about, message.due_at = dict(notice.about), notice.at
        message.status, message.reason = standing_of(notice, found)
        session.add(message)


def _claim(session: Session, rows: list[dict[str, Any]]) -> None:
    """Insert what nobody has claimed yet: whoever comes second finds the key taken and writes nothing."""
    if rows:
        claim = insert(Message).on_conflict_do_nothing(index_elements=["step_key"])
        session.connection().execute(claim, rows)
