"""EHC plans and their reviews: a plan lives for years and is reviewed again and again."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import CHAR, Index, Text, UniqueConstraint, text
from sqlmodel import Field

from records.tables.base import Instant, OfAuthority


class Plan(OfAuthority, table=True):
    """An EHC plan: made once, by a final plan or elsewhere, then amended and reviewed until it ends.

    `plan_ref` is the council's own reference of the plan; `process_id` the assessment that made it (null: the plan
    was brought from a file or another authority). `ended_by` is the kind of fact that ended it on `ceased_on`
    (plan_ceased, transferred_out, died, ...; opened_in_error: there never was such a plan). `source_row` is the row
    it was last imported from.
    """

    __table_args__ = (
        UniqueConstraint("authority", "plan_ref"),
        Index("ix_plan_folded", text("upper(plan_ref)"), "authority"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    process_id: UUID | None = Field(default=None, foreign_key="process.id", index=True)
    plan_ref: str
    made_on: date
    ceased_on: date | None = None
    ended_by: str = ""
    officer: str | None = None
    team: str | None = None
    imported: bool = False
    source_row: str | None = Field(default=None, sa_type=Text)


class Review(OfAuthority, table=True):
    """One cycle of a plan: the process that is its review, from the last review to the end of this one.

    `cycle` counts from 1 in the plan. `opens_on` is the day on which its clock is to be opened in Temporal; null
    once it has been opened (`opened_at` says when), so that the daily sweep opens each exactly once.
    """

    __table_args__ = (
        UniqueConstraint("plan_id", "cycle"),
        Index("ix_review_opening", "opens_on", postgresql_where=text("opens_on IS NOT NULL")),
    )

    process_id: UUID = Field(foreign_key="process.id", primary_key=True)
    plan_id: UUID = Field(foreign_key="plan.id")
    cycle: int = 1
    opens_on: date | None = None
    opened_at: datetime | None = Field(default=None, sa_type=Instant)


class TermList(OfAuthority, table=True):
    """The list of reviews due that a setting (or "health", "social_care") gets before a term: its count, never names.

    `due_on` is the last day for it (two clear weeks before `term_start`); `sent_on` the day an officer sent it.
    """

    authority: str = Field(sa_type=CHAR(3), primary_key=True)
    recipient: str = Field(primary_key=True)
    term_start: date = Field(primary_key=True)
    due_on: date
    count: int
    prepared_at: datetime = Field(sa_type=Instant)
    sent_on: date | None = None
    sent_by: str | None = None
