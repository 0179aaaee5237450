"""The ledger: what goes in comes out, in order, by one writer at a time."""

import threading
from datetime import UTC, date, datetime, timedelta, timezone
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError
from sqlmodel import Session, select

from records.erasure import erase_texts
from records.errors import LedgerError
from records.ledger import append, append_many, facts_of, facts_of_many, texts_of
from records.tables import FactRow, FactText, Person, Plan, Process
from records.verification import verify
from statute.facts import Fact
from tests.records.conftest import NOW, NewCase
from tests.support.database import Database

RECEIVED = Fact("request_received", date(2026, 9, 2), attributes={"source": "1"})
ASKED = Fact("advice_requested", date(2026, 10, 17), "health/slt", {"channel": "post"})


def test_facts_come_back_as_they_were_said_in_the_order_they_were_recorded(session: Session, new_case: NewCase) -> None:
    case = new_case("A1")
    append(session, case, ASKED, "m.jones", "cli", NOW)
    append(session, case, RECEIVED, "m.jones", "cli", NOW)
    session.commit()
    first, second = facts_of(session, case.id)
    assert (first.kind, first.subject, first.day, first.attributes) == (
        "advice_requested", "health/slt", date(2026, 10, 17), {"channel": "post"},
    )  # fmt: skip
    assert (second.kind, second.sequence, second.attributes) == ("request_received", 2, {"source": "1"})
    assert case.version == 2


def test_times_come_back_aware_and_in_utc_to_the_microsecond(session: Session, new_case: NewCase) -> None:
    case = new_case("A1")
    summer = datetime(2026, 7, 1, 0, 30, 0, 123456, tzinfo=timezone(timedelta(hours=1)))
    append(session, case, RECEIVED, "m.jones", "cli", summer)
    session.commit()
    session.expire_all()
    (fact,) = facts_of(session, case.id)
    assert fact.recorded_at == datetime(2026, 6, 30, 23, 30, 0, 123456, tzinfo=UTC)
    assert fact.recorded_at.tzinfo is UTC
    assert case.opened_at == NOW


def test_a_time_without_a_zone_is_refused(session: Session, new_case: NewCase) -> None:
    with pytest.raises(LedgerError, match="no time zone"):
        append(session, new_case("A1"), RECEIVED, "m.jones", "cli", datetime(2026, 7, 1))


def test_only_what_was_recorded_by_a_moment_was_known_at_it(session: Session, new_case: NewCase) -> None:
    case = new_case("A1")
    append(session, case, RECEIVED, "m.jones", "cli", NOW)
    append(session, case, ASKED, "m.jones", "cli", NOW + timedelta(days=1))
    assert [fact.kind for fact in facts_of(session, case.id, NOW)] == ["request_received"]
    assert len(facts_of(session, case.id, NOW + timedelta(days=1))) == 2
    assert facts_of(session, case.id, NOW - timedelta(microseconds=1)) == []


def test_many_processes_are_read_at_once_and_each_has_an_answer(session: Session, new_case: NewCase) -> None:
    one, other, stranger = new_case("A1"), new_case("A2"), uuid4()
    append(session, one, RECEIVED, "m.jones", "cli", NOW)
    append_many(session, other, [(RECEIVED, {}), (ASKED, {})], "m.jones", "import", NOW)
    found = facts_of_many(session, [one.id, other.id, stranger])
    assert {process: len(facts) for process, facts in found.items()} == {one.id: 1, other.id: 2, stranger: 0}


def test_a_process_made_in_the_same_transaction_can_be_written_to(database: Database) -> None:
    person = Person(authority="301", surname="Archer", forename="Ada")
    case = Process(authority="301", person_id=person.id, case_ref="N1", mail_ref="K7F-3QX9", opened_at=NOW, team="East")
    with Session(database.engine) as session, session.begin():
        session.add(person)
        session.flush()
        row = append(session, case, RECEIVED, "m.jones", "cli", NOW, {"note": "came by hand"})
        assert (row.sequence, case.version, case.head_hash, case.team) == (1, 1, row.hash, "East")


def test_free_text_lies_beside_the_fact_which_keeps_only_its_hmac(session: Session, new_case: NewCase) -> None:
    case = new_case("A1")
    row = append(session, case, RECEIVED, "m.jones", "cli", NOW, {"note": "Ada’s mother rang"})
    append(session, case, ASKED, "m.jones", "cli", NOW)
    assert texts_of(session, case.id) == {1: {"note": "Ada’s mother rang"}}
    assert "Ada" not in str(row.attributes)
    assert row.text_hmac is not None and len(row.text_hmac) == 32


def test_the_same_words_said_twice_cannot_be_recognised_by_their_hmac(session: Session, new_case: NewCase) -> None:
    case = new_case("A1")
    rows = append_many(session, case, [(ASKED, {"note": "no"}), (ASKED, {"note": "no"})], "m.jones", "cli", NOW)
    assert rows[0].text_hmac != rows[1].text_hmac


def test_the_chain_outlives_the_texts_of_a_person_who_is_erased(session: Session, new_case: NewCase) -> None:
    case, other = new_case("A1"), new_case("A2")
    for each in (case, other):
        append(session, each, RECEIVED, "m.jones", "cli", NOW, {"note": "private"})
    case.source_row = '{"surname": "8a1f"}'
    plan = Plan(authority="330", person_id=case.person_id, plan_ref="A1", made_on=NOW.date(), source_row="{}")
    session.add_all([case, plan])
    session.commit()
    erase_texts(session, case.person_id)
    session.commit()
    assert texts_of(session, case.id) == {}
    assert session.exec(select(Process.source_row).where(Process.id == case.id)).one() is None
    assert session.exec(select(Plan.source_row)).one() is None
    assert texts_of(session, other.id) == {1: {"note": "private"}}
    assert verify(session) == []
    append(session, case, ASKED, "m.jones", "cli", NOW)
    with pytest.raises(LedgerError, match="erased"):
        append(session, case, ASKED, "m.jones", "cli", NOW, {"note": "more"})


@pytest.mark.parametrize("bad", ["a\0b", "\ud83d"])
def test_what_postgres_cannot_store_is_refused_before_it_spoils_the_transaction(
    session: Session, new_case: NewCase, bad: str
) -> None:
    case = new_case("A1")
    for fact, texts in [(RECEIVED, {"note": bad}), (Fact("relief", NOW.date(), attributes={"ground": bad}), {})]:
        with pytest.raises(LedgerError, match="cannot be stored") as refusal:
            append(session, case, fact, "m.jones", "cli", NOW, texts)
        assert bad not in str(refusal.value)
    append(session, case, RECEIVED, "m.jones", "cli", NOW)
    session.commit()


def test_two_writers_of_one_process_follow_one_another(database: Database, new_case: NewCase, session: Session) -> None:
    case_id = new_case("A1").id
    ready = threading.Barrier(4)

    def write(officer: str) -> None:
        with Session(database.engine) as mine, mine.begin():
            case = mine.get_one(Process, case_id)
            ready.wait(timeout=20)  # all four have read version 0 by now
            for _ in range(5):
                append(mine, case, RECEIVED, officer, "api", NOW)

    writers = [threading.Thread(target=write, args=(f"officer{number}",)) for number in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(timeout=60)
    assert [fact.sequence for fact in facts_of(session, case_id)] == list(range(1, 21))
    assert verify(session) == []
    recorded_by = session.exec(select(FactRow.recorded_by).order_by(FactRow.sequence)).all()
    assert all(len(set(recorded_by[start : start + 5])) == 1 for start in range(0, 20, 5))


@pytest.mark.parametrize(
    "statement",
    ["UPDATE fact SET day = day", "DELETE FROM fact", "TRUNCATE fact CASCADE", "ALTER TABLE fact DISABLE TRIGGER ALL",
     "DELETE FROM ledger_head", "UPDATE ledger_digest SET count = 0", "DELETE FROM process", "CREATE TABLE mine (id int)"],
)  # fmt: skip
def test_the_application_may_not_change_the_ledger(session: Session, statement: str) -> None:
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"):
        session.connection().execute(text(statement))


def test_texts_can_be_erased_but_not_rewritten_by_the_application(session: Session, new_case: NewCase) -> None:
    append(session, new_case("A1"), RECEIVED, "m.jones", "cli", NOW, {"note": "private"})
    session.commit()
    with pytest.raises(ProgrammingError, match="permission denied"):
        session.connection().execute(text("UPDATE fact_text SET text = ''"))
    session.rollback()
    session.delete(session.exec(select(FactText)).one())
    session.commit()
