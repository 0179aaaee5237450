"""What operations answer with, as JSON: the same names as `--json` on the command line."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from casework.case_card import CaseCard
from statute.facts import Fact

Day = date


class Answer(BaseModel):
    """A body of ours."""

    model_config = ConfigDict(frozen=True, from_attributes=True)


class Opened(Answer):
    """The case that was opened; `further`: the request was recorded on one that was open already."""

    case_ref: str = Field(examples=["EHC-2026-0491"])
    mail_ref: str = Field(description="Stands for the child in letters and addresses.", examples=["K7F-3QX9"])
    further: bool
    warnings: tuple[str, ...]


class Recorded(Answer):
    """What was recorded: the case (of a plan, the review) and its version now."""

    case_ref: str
    version: int
    warnings: tuple[str, ...]


class SaidOfLine(Answer):
    """One sentence about one line; the first line is 1."""

    line: int
    case_ref: str
    message: str


class RecordedMany(Answer):
    """What came of the lines: recorded, recorded before, refused and why."""

    recorded: int
    unchanged: int
    refused: tuple[SaidOfLine, ...]
    warnings: tuple[SaidOfLine, ...]


class Assigned(Answer):
    """The cases that changed hands."""

    case_refs: tuple[str, ...]
    officer: str
    team: str | None


class RecordedFact(Answer):
    """One entry of a case's ledger; `supersedes` is the sequence of the entry that it is about."""

    sequence: int
    kind: str
    subject: str
    day: Day
    attributes: Mapping[str, str]
    supersedes: int | None
    recorded_at: datetime | None

    @classmethod
    def of(cls, fact: Fact) -> "RecordedFact":
        """A fact of the ledger."""
        return cls(
            sequence=fact.sequence,
            kind=fact.kind,
            subject=fact.subject,
            day=fact.day,
            attributes=dict(fact.attributes),
            supersedes=fact.supersedes,
            recorded_at=fact.recorded_at,
        )


class Case(Answer):
    """One case: the child, whose case it is, and its ledger. What is `quiet` sends no mail."""

    case_ref: str
    mail_ref: str
    kind: str = Field(examples=["assessment", "annual-review"])
    plan_ref: str | None
    surname: str
    forename: str
    date_of_birth: Day | None
    upn: str | None
    setting_urn: str | None
    setting: str = Field(description="The setting's name; its URN where the directory has none.")
    restricted: bool
    looked_after: bool
    officer: str | None
    team: str | None
    opened_at: datetime
    ended_on: Day | None
    quiet: bool
    version: int = Field(description="Send it back as `seen_version`.")
    facts: tuple[RecordedFact, ...]

    @classmethod
    def of(cls, card: CaseCard) -> "Case":
        """What casework knows of the case."""
        head, child = card.head, card.head.child
        return cls(
            case_ref=head.case_ref,
            mail_ref=head.mail_ref,
            kind=head.kind,
            plan_ref=head.plan_ref or None,
            surname=child.surname,
            forename=child.forename,
            date_of_birth=child.date_of_birth,
            upn=child.upn,
            setting_urn=card.setting_urn,
            setting=child.setting,
            restricted=child.restricted,
            looked_after=child.looked_after,
            officer=head.officer,
            team=head.team,
            opened_at=head.opened_at,
            ended_on=head.ended_on,
            quiet=not head.armed,
            version=head.version,
            facts=tuple(map(RecordedFact.of, card.facts)),
        )


class Deadline(Answer):
    """One limit of one case on a day: when it falls due, how it stands, and why."""

    limit: str
    subject: str
    citation: str
    start: Day | None
    legal_due: Day | None = Field(description="The last lawful day; never rolled forward.")
    operational_due: Day | None = Field(description="The last working day on or before it.")
    norm_due: Day | None
    practice_due: Day | None
    met_on: Day | None
    state: str
    days: int | None = Field(description="Calendar days past the legal day; negative: days left.")
    explanation: str


class Timeline(Answer):
    """Every limit of a process as of a day."""

    process: str
    as_of: Day
    deadlines: tuple[Deadline, ...]
    warnings: tuple[str, ...]


class Explanation(Answer):
    """Why one date is what it is."""

    limit: str
    subject: str
    citation: str
    legal_due: Day | None
    state: str
    explanation: str


class Explanations(Answer):
    """The deadlines of one limit."""

    items: tuple[Explanation, ...]


class ChronologyEntry(Answer):
    """One thing that happened; `standing` is false for what was corrected or retracted later."""

    day: Day
    what: str
    detail: str
    by: str
    channel: str
    recorded_at: datetime | None
    standing: bool
    texts: Mapping[str, str]


class Chronology(Answer):
    """The whole story of a case, oldest first, free text included."""

    items: tuple[ChronologyEntry, ...]


class Message(Answer):
    """One message; `sent_at` is when the letter that it was part of left, `fate` what was heard of it since: pending,
    delivered, delayed, bounced, failed or nothing."""

    case_ref: str
    mail_ref: str
    kind: str
    limit: str
    subject: str
    rung: str
    role: str
    recipient: str
    due_at: datetime
    status: str
    reason: str
    sent_at: datetime | None
    fate: str


class Messages(Answer):
    """Everything that was said about a case, or waits to be, in the order in which it falls due."""

    items: tuple[Message, ...]


class ContactNote(Answer):
    """One contact as it stands in the log."""

    day: Day
    way: str
    with_whom: str
    text: str
    recorded_at: datetime
    by: str


class ContactNotes(Answer):
    """The contact log of a case, the latest first."""

    items: tuple[ContactNote, ...]


class Noted(Answer):
    """The contact was put down."""

    case_ref: str


def as_said(rows: Any) -> tuple[SaidOfLine, ...]:
    """Sentences about lines."""
    return tuple(SaidOfLine(**row) for row in rows)
