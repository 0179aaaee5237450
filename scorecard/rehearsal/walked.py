"""What comes of one case in a rehearsal: its mails, what it adds to weekly summaries, what people recorded."""

from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from uuid import UUID

from casework.term_reviews import Owed
from casework.weekly import Overdue
from records.tables import Message
from scorecard.rehearsal.families import ToFamily
from scorecard.rehearsal.held import Held
from statute.facts import Fact
from statute.timeline import Deadline


@dataclass(frozen=True, slots=True)
class Mail:
    """One message that would have left. An `urgent` one is a letter of its own; the others of a day go in one."""

    at: datetime
    to: str
    kind: str
    role: str
    limit: str
    subject: str
    rung: str
    key: str
    mail_ref: str
    service: str
    urgent: bool
    about: MappingProxyType[str, object]


@dataclass(frozen=True, slots=True)
class LateAdvice:
    """Advice that a service owes when the weekly summaries are made."""

    at: datetime
    body: UUID
    late: Overdue


@dataclass(slots=True)
class Walked:
    """What came of one case: its mails, what was late for the weekly summaries, its letters to the `family`, the facts
    that people recorded, its limits as they stand at the end, and how many messages `never` went because they still
    wait. `on_lists`: from which day what is owed for a list before a term."""

    case: Held
    mails: list[Mail] = field(default_factory=list[Mail])
    late: list[LateAdvice] = field(default_factory=list[LateAdvice])
    family: list[ToFamily] = field(default_factory=list[ToFamily])
    on_lists: list[tuple[date, Owed]] = field(default_factory=list[tuple[date, Owed]])
    said: list[Fact] = field(default_factory=list[Fact])
    deadlines: tuple[Deadline, ...] = ()
    never: int = 0


def mail_of(message: Message, at: datetime, service: str = "") -> Mail:
    """A message of no single case as it would have left at `at` (aware)."""
    return Mail(
        at=at,
        to=message.recipient or "",
        kind=message.kind,
        role=message.role,
        limit=message.limit_id,
        subject=message.subject,
        rung=message.rung,
        key=message.step_key,
        mail_ref="",
        service=service,
        urgent=False,
        about=MappingProxyType(message.about),
    )
