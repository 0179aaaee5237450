"""The read model of deadlines, in spells. Derived: it can be rebuilt from the ledger at any time."""

from datetime import date
from uuid import UUID

from sqlalchemy import BigInteger, Identity, Index, text
from sqlmodel import Field

from records.tables.base import OfAuthority

# Every filter of "what is overdue now" finds its page at the front of one of these indexes.
CURRENT_OPEN = "to_day IS NULL AND standing = 'open'"
# What was overdue on some day: every column a question about a past day may ask for, so that the rows that do not
# answer it are passed over inside the index. `records.spells` asks in these very words, or it is not used.
ONCE_OVERDUE = "standing = 'open' AND (to_day IS NULL OR to_day > legal_due)"
UNTIL = "coalesce(to_day, 'infinity'::date)"


class DeadlineRow(OfAuthority, table=True):
    """How one limit of one process stood from `from_day` up to, not including, `to_day` (null: still so).

    There is no overdue column. `standing` is "open" while the limit binds (running, due soon, due today or
    overdue is only a matter of the date) and the name of the state otherwise. Overdue on a day D is an open
    spell that holds on D and whose `legal_due` is before D. `service` is the category or body code that owes
    it; empty for the authority.

    Of a review's limit that binds now and is worked down pile by pile, `pile` says where it lies by what the facts
    of the review say, whatever the child's setting, and `elsewhere` that the authority itself arranges the education
    or the review, so that a child without a setting need not be one without a place. Empty and false of all others.
    """

    __table_args__ = (
        Index("ix_deadline_process", "process_id", "limit_id", "subject", "from_day"),
        Index(
            "ix_deadline_once_overdue",
            "legal_due",
            "id",
            "from_day",
            text(UNTIL),
            "officer",
            "team",
            "service",
            "limit_id",
            postgresql_where=text(ONCE_OVERDUE),
        ),
        Index(
            "ix_deadline_lifted",
            "legal_due",
            "id",
            postgresql_where=text("to_day IS NULL AND standing = 'lifted'"),
        ),
        Index("ix_deadline_open", "legal_due", "id", postgresql_where=text(CURRENT_OPEN)),
        Index("ix_deadline_open_officer", "officer", "legal_due", "id", postgresql_where=text(CURRENT_OPEN)),
        Index("ix_deadline_open_team", "team", "legal_due", "id", postgresql_where=text(CURRENT_OPEN)),
        Index("ix_deadline_open_service", "service", "legal_due", "id", postgresql_where=text(CURRENT_OPEN)),
        # How every plan and review stands, those that are done among them: the months, the waits, a year's reviews.
        Index("ix_deadline_limit", "limit_id", "standing", "legal_due", "id", postgresql_where=text("to_day IS NULL")),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=BigInteger, sa_column_args=[Identity(always=True)])
    process_id: UUID = Field(foreign_key="process.id")
    limit_id: str
    subject: str = ""
    citation: str = ""
    from_day: date
    to_day: date | None = None
    standing: str
    start: date | None = None
    legal_due: date | None = None
    operational_due: date | None = None
    norm_due: date | None = None
    practice_due: date | None = None
    met_on: date | None = None
    lifted_until: date | None = None
    target: date | None = None
    case_ref: str
    officer: str | None = None
    team: str | None = None
    service: str = ""
    restricted: bool = False
    pile: str = ""
    elsewhere: bool = False
