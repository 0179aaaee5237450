"""What the scorecard counts, what it froze, what it was fed, and what was said about it.

The `counted_*` rows are derived from the ledger, as the read model is, and can be made again at any time. They are
brought up to date by the scorecard itself, before it counts: recording a fact costs nothing more for them.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import CHAR, BigInteger, Identity, Index, Numeric, SmallInteger, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY, DATEMULTIRANGE, JSONB
from sqlmodel import Field

from records.tables.base import Instant, OfAuthority


class CountedAssessment(OfAuthority, table=True):
    """One assessment as measures count it: its days and outcomes, as now known. `version` is the ledger's, then.

    `began` starts the clock (`source` its SEN2 code, 0 not known; `inherited`: taken over from another authority).
    `first_decision` and `outcome` are what was decided first about assessing ("assess", "not_assess") and about a plan
    ("issue", "not_issue"): what changed a refusal later stands beside it. Where no decision to issue is on record, the
    final plan says that there was one. `excepted` is SEN2's Week20: a relief lifts the limit of twenty weeks. `changes`
    are the first changes of its refusals, a day and a reason for each ("changed_on", "changed_why"), and what had ended
    it until it was reopened ("ended_as", "ended_on", "until"); `replaced_on` is
    the day of one that put other limits in the place of the twenty weeks, which one of its own accord never does.
    `agreed_on` is the first day that says that it was agreed to assess: by the decision, the change of a refusal, or
    what comes after them. `ended_as` is the kind of fact that ended it without a plan or a refusal (withdrawn,
    moved_away, died, ...). A case opened in error or merged into another is `void` and counts nowhere. `moved_on` is
    the day it moved to a plan and `blank` the categories of advice that were missing then (health, social_care, with a
    comma between). In `gaps` it was over and went on later: a refusal that was changed, a closing that a reopening
    undid.
    """

    __table_args__ = (
        Index("ix_counted_assessment_began", "began"),
        Index("ix_counted_assessment_plan_on", "plan_on"),
    )

    process_id: UUID = Field(foreign_key="process.id", primary_key=True)
    version: int
    void: bool = False
    began: date
    source: int = Field(default=0, sa_type=SmallInteger)
    inherited: bool = False
    first_decision: str | None = None
    first_decided_on: date | None = None
    changed_on: date | None = None
    changes: list[dict[str, str]] | None = Field(default=None, sa_type=JSONB)
    replaced_on: date | None = None
    agreed_on: date | None = None
    outcome: str | None = None
    outcome_on: date | None = None
    draft_on: date | None = None
    plan_on: date | None = None
    excepted: bool = False
    ended_as: str | None = None
    ended_on: date | None = None
    moved_on: date | None = None
    blank: str | None = None
    gaps: Any = Field(default=None, sa_type=DATEMULTIRANGE, nullable=True)


class CountedReview(OfAuthority, table=True):
    """One review of a plan as measures count it. A process holds its own review (`place` 1) and, where its plan was
    brought with the decision of an earlier one, that too (`place` 0).

    `began` is the day from which its twelve months count; `came_on` that on which the plan came from another authority.
    `outcome` is "maintain", "amend" or "cease"; None where a decision is on record without one. `told_on` is the day of
    what meets regulation 20(10): of a decision to amend that of its notice; of another authority's decision None. From
    `amends_on` the review leads to an amendment: `notice_on` is its first notice, `finished_on` what ended it.
    `completed_on` is the day that the next review tells of this one. `appeal_on` is the day on which the first appeal
    was registered and `appeal_sections` what it is about (codes of the plan's sections). A review that was opened in
    error is `void`.
    """

    # How each plan stands with its reviews is read from the index alone, plan by plan, without sorting.
    __table_args__ = (
        Index(
            "ix_counted_review_plan",
            "plan_id",
            "cycle",
            "place",
            postgresql_include=["authority", "void", "met_on", "decided_on", "outcome"],
        ),
        Index("ix_counted_review_told_on", "told_on"),
        Index("ix_counted_review_appeal_on", "appeal_on", postgresql_where=text("appeal_on IS NOT NULL")),
        Index("ix_counted_review_void", "plan_id", "completed_on", postgresql_where=text("void")),
        Index("ix_counted_review_came_on", "plan_id", "came_on", postgresql_where=text("came_on IS NOT NULL")),
    )

    process_id: UUID = Field(foreign_key="process.id", primary_key=True)
    place: int = Field(primary_key=True, sa_type=SmallInteger)
    plan_id: UUID = Field(foreign_key="plan.id")
    cycle: int
    version: int
    void: bool = False
    began: date
    came_on: date | None = None
    met_on: date | None = None
    report_on: date | None = None
    decided_on: date | None = None
    outcome: str | None = None
    told_on: date | None = None
    amends_on: date | None = None
    notice_on: date | None = None
    finished_on: date | None = None
    completed_on: date | None = None
    aligned: str = ""
    appeal_on: date | None = None
    appeal_sections: str | None = None


class CountedRelief(OfAuthority, table=True):
    """One limit that one relief lifts: on which ground, approved by whom, granted when, and when the limit was due."""

    process_id: UUID = Field(foreign_key="process.id", primary_key=True)
    sequence: int = Field(primary_key=True)
    limit_id: str = Field(primary_key=True)
    ground: str
    approver: str = ""
    granted_on: date
    legal_due: date | None = None


class KeptFigures(OfAuthority, table=True):
    """Figures as they were counted a while ago, so that whoever looks need not wait: derived, and thrown away when old.

    `name` says which (a month, or the months of one measure), `definitions` by which they were counted.
    """

    authority: str = Field(sa_type=CHAR(3), primary_key=True)
    name: str = Field(primary_key=True)
    counted_at: datetime = Field(sa_type=Instant)
    definitions: str
    figures: dict[str, Any] = Field(sa_type=JSONB)


class Snapshot(OfAuthority, table=True):
    """The scorecard of one month, frozen: what it said, by which definitions, and the hash of all of it.

    Never changed afterwards; `hash` covers the figures and the pseudonyms in order.
    """

    __table_args__ = (UniqueConstraint("authority", "month"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    month: date
    taken_at: datetime = Field(sa_type=Instant)
    taken_by: str
    definitions: str
    hash: bytes


class SnapshotFigure(OfAuthority, table=True):
    """One figure of a snapshot: `number` is its place in it, `definition` what was counted, in words.

    `part` is empty, or the service, band or ground that a figure is of.
    """

    snapshot_id: UUID = Field(foreign_key="snapshot.id", primary_key=True)
    number: int = Field(primary_key=True)
    measure_id: str
    part: str = ""
    numerator: int | None = None
    denominator: int | None = None
    value: Decimal | None = Field(default=None, sa_type=Numeric)
    target: Decimal | None = Field(default=None, sa_type=Numeric)
    definition: str = Field(sa_type=Text)


class SnapshotCase(OfAuthority, table=True):
    """One case behind the figures of a snapshot, by a pseudonym made with the key of the person's own record.

    Whoever is erased can no longer be found behind it. `among` and `counted` are the numbers of the figures in whose
    denominator and numerator it is.
    """

    snapshot_id: UUID = Field(foreign_key="snapshot.id", primary_key=True)
    pseudonym: bytes = Field(primary_key=True)
    among: list[int] = Field(default_factory=list, sa_type=ARRAY(SmallInteger()))
    counted: list[int] = Field(default_factory=list, sa_type=ARRAY(SmallInteger()))


class FedFigure(OfAuthority, table=True):
    """A figure from outside the house, for a period, with its owner and where it came from. Only added to: the latest
    for the same measure, part and period holds, and what it replaced stays to be seen."""

    __table_args__ = (Index("ix_fed_figure_measure", "measure_id", "part", "first_day", "id"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=BigInteger, sa_column_args=[Identity(always=True)])
    measure_id: str
    part: str = ""
    first_day: date
    last_day: date
    numerator: Decimal | None = Field(default=None, sa_type=Numeric)
    denominator: Decimal | None = Field(default=None, sa_type=Numeric)
    value: Decimal | None = Field(default=None, sa_type=Numeric)
    owner: str
    source: str
    withdrawn: bool = False
    entered_at: datetime = Field(sa_type=Instant)
    entered_by: str


class MeasureNote(OfAuthority, table=True):
    """What is said of a measure for a month: narrative, owner, target and how far the action on it is.

    Only added to: the latest holds. `month` is the last day of the month that it was written for, and it holds for the
    months after until another is written; the narrative only for its own.
    """

    __table_args__ = (Index("ix_measure_note_measure", "measure_id", "month", "id"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=BigInteger, sa_column_args=[Identity(always=True)])
    measure_id: str
    month: date
    narrative: str = Field(default="", sa_type=Text)
    owner: str = ""
    target: Decimal | None = Field(default=None, sa_type=Numeric)
    action: str = ""
    written_at: datetime = Field(sa_type=Instant)
    written_by: str


class PublishedRow(OfAuthority, table=True):
    """One row of the department's published tables as they were loaded: public figures of one area in one year.

    `area` is the department's code of the area (E92000001 for England); `figures` its columns as published, signs of
    what is missing (x, z, c) included.
    """

    authority: str = Field(sa_type=CHAR(3), primary_key=True)
    table_name: str = Field(primary_key=True)
    year: int = Field(primary_key=True)
    area: str = Field(primary_key=True)
    level: str
    name: str
    region: str = ""
    figures: dict[str, Any] = Field(default_factory=dict, sa_type=JSONB)
    loaded_at: datetime = Field(sa_type=Instant)
    loaded_by: str


__all__ = [
    "CountedAssessment",
    "CountedRelief",
    "CountedReview",
    "FedFigure",
    "KeptFigures",
    "MeasureNote",
    "PublishedRow",
    "Snapshot",
    "SnapshotCase",
    "SnapshotFigure",
]
