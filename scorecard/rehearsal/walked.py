"""What comes of one case in a rehearsal: its mails, what it adds to weekly summaries, what people recorded."""

from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from uuid import UUID

from scorecard.rehearsal.caseload import Held
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
    mail_ref: str
    due: date


@dataclass(slots=True)
class Walked:
    """What came of one case: its mails, what was late for the weekly summaries, the facts that people recorded, its
    limits as they stand at the end, and how many messages `never` went because they still wait."""

    case: Held
    mails: list[Mail] = field(default_factory=list[Mail])
    late: list[LateAdvice] = field(default_factory=list[LateAdvice])
    said: list[Fact] = field(default_factory=list[Fact])
    deadlines: tuple[Deadline, ...] = ()
    never: int = 0
