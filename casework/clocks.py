"""Which processes have a clock that should run in Temporal, and telling all of them at once."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, insert, literal, or_
from sqlalchemy import select as pick
from sqlmodel import Session, col

from casework.cases import authority
from records.tables import Instant, Process, Review, Wake
from statute.kind import ANNUAL_REVIEW


def opened() -> ColumnElement[bool]:
    """A process whose clock has been opened: a review's is months after the process begins, any other's with it."""
    review = exists().where(col(Review.process_id) == col(Process.id), col(Review.opened_at).is_not(None))
    return or_(col(Process.kind) != ANNUAL_REVIEW, review)


def has_clock() -> ColumnElement[bool]:
    """A process of this authority whose clock should run: it was opened and has not ended."""
    ours = col(Process.authority) == authority()
    return and_(ours, col(Process.ended_on).is_(None), col(Process.version) > 0, opened())


def wake_all(session: Session, now: datetime, *which: ColumnElement[bool]) -> int:
    """Leave word that every clock that should run must look again (of those processes, if any are named); how many."""
    columns = pick(col(Process.id), col(Process.version), literal(now, Instant()))
    query = columns.where(has_clock(), *which).order_by(col(Process.id))
    session.flush()
    told = insert(Wake).inline().from_select(["process_id", "version", "created_at"], query)
    # Of an INSERT the count is forgotten unless it is asked for.
    return session.connection().execute(told, execution_options={"preserve_rowcount": True}).rowcount
