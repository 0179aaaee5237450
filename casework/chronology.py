"""Everything that happened in a case, in the order in which it happened: facts, letters, and who said so."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import TypedDict
from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from casework.actor import ENGINE, Actor
from casework.calendar_history import changes_in_words, moved_days
from casework.cases import find
from config.clock import london_day
from records.ledger import texts_of
from records.tables import Digest, FactRow, Message, Process, Review
from statute.facts import Fact
from statute.kinds import KINDS, split_subject
from statute.mornings import LONDON
from statute.standing import standing


class Entry(TypedDict):
    """One thing that happened on a day (London). `standing` is False for what was corrected or retracted later."""

    day: date
    what: str
    detail: str
    by: str
    channel: str
    recorded_at: datetime | None
    standing: bool
    texts: Mapping[str, str]


def chronology(db: Engine, reference: str, actor: Actor, now: datetime) -> list[Entry]:
    """The whole story of a case, oldest first, free text included: it may hold names, so it never leaves by mail."""
    with Session(db) as session:
        case = find(session, reference, actor)
        entries = [
            *_facts(session, case.process.id, case.facts),
            *_messages(session, case.process.id),
            *_arming(case.process),
            *_opening(session, case.process),
            *_moved(session, case.process),
        ]
    return sorted(entries, key=lambda entry: (entry["day"], entry["recorded_at"] or now))


def _facts(session: Session, process_id: UUID, facts: Sequence[Fact]) -> Iterator[Entry]:
    stands = {fact.sequence: fact for fact in standing(facts)}
    texts = texts_of(session, process_id)
    query = select(FactRow).where(FactRow.process_id == process_id).order_by(col(FactRow.sequence))
    for row in session.exec(query):
        as_known = stands.get(row.sequence)
        yield Entry(
            day=row.day,
            what=_words(row.kind, row.subject),
            detail=_detail(row, as_known, texts.get(row.sequence, {})),
            by=row.recorded_by,
            channel=row.channel,
            recorded_at=row.recorded_at,
            standing=as_known is not None or row.kind in ("corrected", "retracted"),
            texts=texts.get(row.sequence, {}),
        )


def _words(kind: str, subject: str) -> str:
    if kind in ("corrected", "retracted"):
        about, of = split_subject(subject)
        return f"{kind}: {_words(about, of)}"
    words = KINDS[kind].words if kind in KINDS else kind
    return f"{words} ({subject})" if subject else words


def _detail(row: FactRow, stands: Fact | None, texts: Mapping[str, str]) -> str:
    parts = [f"{name}={value}" for name, value in row.attributes.items()]
    if stands is None and row.kind not in ("corrected", "retracted"):
        parts.append("no longer stands")
    elif stands is not None and stands.day != row.day:
        parts.append(f"corrected to {stands.day}")
    parts.extend(f"{name}: {text}" for name, text in texts.items())
    return "; ".join(parts)


def _arming(process: Process) -> Iterator[Entry]:
    """What was armed by its opening is told already."""
    if process.armed_from and process.armed_at and process.armed_at != process.opened_at:
        yield Entry(
            day=london_day(process.armed_at),
            what="armed: letters may go",
            detail=f"what falls due from {process.armed_from.astimezone(LONDON):%Y-%m-%d %H:%M} on",
            by=process.armed_by or "",
            channel="",
            recorded_at=process.armed_at,
            standing=True,
            texts={},
        )


def _opening(session: Session, process: Process) -> Iterator[Entry]:
    """A review whose clock was opened, months after the review itself began."""
    review = session.get(Review, process.id)
    if review is not None and review.opened_at is not None:
        yield Entry(
            day=london_day(review.opened_at),
            what="the review was opened: its clock runs",
            detail="",
            by=ENGINE.name,
            channel=ENGINE.channel,
            recorded_at=review.opened_at,
            standing=True,
            texts={},
        )


def _moved(session: Session, process: Process) -> Iterator[Entry]:
    for change, what, detail in changes_in_words(moved_days(session, process.id)):
        yield Entry(
            day=london_day(change.applied_at),
            what=what,
            detail=detail,
            by=change.applied_by,
            channel="",
            recorded_at=change.applied_at,
            standing=True,
            texts={},
        )


def _messages(session: Session, process_id: UUID) -> Iterator[Entry]:
    query = (
        select(Message, Digest)
        .join(Digest, col(Digest.id) == col(Message.digest_id), isouter=True)
        .where(Message.process_id == process_id, Message.status == "sent")
    )
    for message, digest in session.exec(query):
        sent_at = (digest.sent_at if digest else None) or message.due_at
        about = " ".join(part for part in (message.limit_id, message.subject, message.rung) if part)
        yield Entry(
            day=london_day(sent_at),
            what=f"letter sent: {message.kind}",
            detail=f"to {message.recipient or message.role}; {about}".rstrip("; "),
            by=ENGINE.name,
            channel=ENGINE.channel,
            recorded_at=sent_at,
            standing=True,
            texts={},
        )
