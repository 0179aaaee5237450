"""Spells of the read model: what holds on a day, and that the indexes are found."""

from datetime import date, timedelta

import pytest
from sqlalchemy import ColumnElement, text
from sqlalchemy.dialects import postgresql
from sqlmodel import Session, col, select

from records.spells import overdue_now, overdue_on, stands_now
from records.tables import DeadlineRow
from tests.records.conftest import NewCase

DUE = date(2026, 10, 14)
MET = date(2026, 10, 20)


@pytest.fixture
def late(session: Session, new_case: NewCase) -> Session:
    """A decision due on 14 October that was notified on the 20th: open until then, met late from then on."""
    case = new_case("A1")
    common = {"authority": "301", "process_id": case.id, "limit_id": "reg5_decide", "case_ref": "A1", "legal_due": DUE}
    session.add(DeadlineRow(**common, from_day=DUE - timedelta(days=42), to_day=MET, standing="open"))
    session.add(DeadlineRow(**common, from_day=MET, standing="met_late", met_on=MET))
    session.commit()
    return session


@pytest.mark.parametrize(
    ("day", "overdue"),
    [
        (DUE - timedelta(days=43), 0),
        (DUE, 0),
        (DUE + timedelta(days=1), 1),
        (MET - timedelta(days=1), 1),
        (MET, 0),
    ],
)
def test_a_limit_was_overdue_from_the_day_after_it_was_due_until_it_was_met(
    late: Session, day: date, overdue: int
) -> None:
    assert len(late.exec(select(DeadlineRow).where(overdue_on(day))).all()) == overdue


def test_what_is_overdue_now_is_open_now(late: Session) -> None:
    assert late.exec(select(DeadlineRow).where(overdue_now(MET))).all() == []
    (row,) = late.exec(select(DeadlineRow).where(stands_now("met_late"))).all()
    row.to_day = None
    row.standing = "open"
    assert late.exec(select(DeadlineRow).where(overdue_now(MET))).all() == [row]
    assert late.exec(select(DeadlineRow).where(overdue_now(DUE))).all() == []


@pytest.mark.parametrize(
    ("condition", "index"),
    [
        (overdue_now(MET), "ix_deadline_open"),
        (overdue_now(MET) & (col(DeadlineRow.officer) == "m.jones"), "ix_deadline_open_officer"),
        (overdue_now(MET) & (col(DeadlineRow.team) == "East"), "ix_deadline_open_team"),
        (overdue_now(MET) & (col(DeadlineRow.service) == "health"), "ix_deadline_open_service"),
        (stands_now("met") & (col(DeadlineRow.limit_id) == "reg5_decide"), "ix_deadline_limit"),
        (overdue_on(MET), "ix_deadline_once_overdue"),
        (overdue_on(MET) & (col(DeadlineRow.team) == "East"), "ix_deadline_once_overdue"),
        (stands_now("lifted"), "ix_deadline_lifted"),
    ],
)  # fmt: skip
def test_every_question_finds_its_index_even_when_it_is_prepared(
    session: Session, condition: ColumnElement[bool], index: str
) -> None:
    query = select(DeadlineRow).where(condition).order_by(col(DeadlineRow.legal_due), col(DeadlineRow.id)).limit(50)
    words = str(query.compile(dialect=postgresql.dialect(paramstyle="numeric_dollar")))
    connection = session.connection()
    connection.execute(text("SET LOCAL enable_seqscan = off"))
    connection.execute(text("SET LOCAL enable_bitmapscan = off"))
    plan = connection.exec_driver_sql(f"EXPLAIN (GENERIC_PLAN) {words}").scalars().all()
    assert f"using {index} on deadline" in "\n".join(plan)
