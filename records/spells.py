"""Which spells of the read model hold on a day: conditions in the words of its indexes.

The constants are literals, not parameters: a prepared statement would not find the partial indexes otherwise.
"""

from datetime import date

from sqlalchemy import ColumnElement, and_, literal_column, or_
from sqlmodel import col

from records.tables import DeadlineRow
from records.tables.deadlines import UNTIL


def stands_now(standing: str = "open") -> ColumnElement[bool]:
    """The spells of that standing that hold now; add `legal_due < today` for what is overdue."""
    return and_(col(DeadlineRow.to_day).is_(None), col(DeadlineRow.standing) == _constant(standing))


def overdue_now(today: date) -> ColumnElement[bool]:
    """The spells that are overdue today: due today is not overdue."""
    return and_(stands_now(), col(DeadlineRow.legal_due) < today)


def overdue_on(day: date) -> ColumnElement[bool]:
    """The spells that were overdue on `day`, on today's knowledge; right for today too, but `overdue_now` is faster."""
    due, to_day = col(DeadlineRow.legal_due), col(DeadlineRow.to_day)
    return and_(
        col(DeadlineRow.standing) == _constant("open"),
        or_(to_day.is_(None), to_day > due),
        col(DeadlineRow.from_day) <= day,
        literal_column(UNTIL) > day,
        due < day,
    )


def _constant(word: str) -> ColumnElement[str]:
    assert word.isidentifier()
    return literal_column(f"'{word}'")
