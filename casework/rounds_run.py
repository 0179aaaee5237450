"""What ran by itself: post rounds, nightly checks, month ends; and what the last nightly check found."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from records.tables import RoundLog

KINDS = ("post", "nightly", "month_end")


@dataclass(frozen=True, slots=True)
class RoundRun:
    """One round: `finished_at` is None when it runs still, or died. `problems` are the nightly check's sentences."""

    kind: str
    started_at: datetime
    finished_at: datetime | None
    sent: int
    failed: int
    held: int
    problems: Sequence[str]


def rounds_run(db: Engine, kind: str, last: int = 14) -> Sequence[RoundRun]:
    """The last rounds of a kind (post, nightly, month_end), the newest first."""
    query = select(RoundLog).where(RoundLog.kind == kind).order_by(col(RoundLog.started_at).desc()).limit(last)
    with Session(db) as session:
        return [_read(row) for row in session.exec(query)]


def _read(row: RoundLog) -> RoundRun:
    problems = tuple(str(each) for each in row.note.get("problems", ()))
    return RoundRun(row.kind, row.started_at, row.finished_at, row.sent, row.failed, row.held, problems)
