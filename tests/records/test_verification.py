"""Tampering: whatever an owner of the tables does to the ledger behind its back is found."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from records.chain import hash_of
from records.database import connect
from records.digests import sign_heads, verify_heads
from records.errors import LedgerError
from records.ledger import append_many
from records.tables import FactRow
from records.verification import verify
from statute.facts import Fact
from tests.records.conftest import NOW, NewCase
from tests.support.database import Database

KEY = b"a key only the authority has"
DAY = date(2026, 11, 20)

Tamper = Callable[..., None]


@pytest.fixture
def written(session: Session, new_case: NewCase) -> Session:
    """Two cases of five facts each, some with texts, all signed for the day."""
    for ref in ("A1", "A2"):
        said = [(Fact("advice_received", DAY, f"health/{n}"), {"note": f"word {n}"} if n % 2 else {}) for n in range(5)]
        append_many(session, new_case(ref), said, "m.jones", "cli", NOW)
    sign_heads(session, DAY, KEY)
    session.commit()
    return session


@pytest.fixture
def owner(database: Database) -> Iterator[Connection]:
    engine = connect(database.owner_url)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.fixture
def tamper(owner: Connection) -> Tamper:
    """Do to the ledger, as the owner of its tables and with its triggers off, what must be found."""

    def run(*statements: str) -> None:
        for table in ("fact", "ledger_head", "ledger_digest"):
            owner.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER keep_{table}"))
        for statement in statements:
            owner.execute(text(statement))
        owner.commit()

    return run


def faults(session: Session) -> list[str]:
    session.rollback()
    return [fault.what for fault in verify(session, KEY)]


def test_an_untouched_ledger_has_no_faults(written: Session) -> None:
    assert faults(written) == []


@pytest.mark.parametrize("table", ["fact", "ledger_head", "ledger_digest"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET day = day", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_even_the_owner_is_refused_while_the_triggers_stand(owner: Connection, table: str, statement: str) -> None:
    with pytest.raises(IntegrityError, match=f"on {table} is refused: the ledger is only ever added to"):
        owner.execute(text(statement.format(table)))


def test_a_session_that_plays_a_replica_is_refused_too(database: Database, cluster) -> None:
    cluster.server.run("GRANT SET ON PARAMETER session_replication_role TO {owner}", owner="ehcp_owner")
    engine = connect(database.owner_url)
    with engine.connect() as connection:
        connection.execute(text("SET session_replication_role = replica"))
        with pytest.raises(IntegrityError, match="is refused"):
            connection.execute(text("DELETE FROM fact"))
    engine.dispose()


EDITS = [
    "authority = '302'", "kind = 'advice_nil'", "subject = 'education'", "day = day - 1", "attributes = '{\"a\": \"b\"}'",
    "recorded_at = recorded_at + interval '1 microsecond'", "recorded_by = 'nobody'", "channel = 'web'", "supersedes = 1",
    "schema_version = 2", "text_hmac = NULL", "previous_hash = ''", "text_person_id = NULL",
]  # fmt: skip


@pytest.mark.parametrize("edit", EDITS)
def test_an_edited_fact_is_found(written: Session, tamper: Tamper, edit: str) -> None:
    tamper(f"UPDATE fact SET {edit} WHERE sequence = 4 AND process_id = (SELECT min(process_id::text)::uuid FROM fact)")
    assert "it was changed after it was recorded" in faults(written)


def test_a_fact_edited_and_hashed_anew_no_longer_carries_the_next(
    written: Session, tamper: Tamper, owner: Connection
) -> None:
    tamper("UPDATE fact SET kind = 'advice_nil' WHERE sequence = 3")
    with Session(owner) as session:
        for row in session.exec(select(FactRow).where(FactRow.sequence == 3)):
            row.hash = hash_of(row)
        session.commit()
    assert faults(written) == ["it does not follow from the fact before it"] * 2


def test_a_whole_chain_forged_anew_contradicts_the_signature(
    written: Session, tamper: Tamper, owner: Connection
) -> None:
    tamper("UPDATE fact SET kind = 'advice_nil' WHERE sequence = 3")
    with Session(owner) as session:
        previous: dict[object, bytes] = {}
        for row in session.exec(select(FactRow).order_by(FactRow.sequence)):
            row.previous_hash = previous.get(row.process_id, b"")
            previous[row.process_id] = row.hash = hash_of(row)
        session.commit()
    tamper("UPDATE process SET head_hash = (SELECT hash FROM fact WHERE process_id = process.id AND sequence = 5)")
    assert verify(written) == []
    assert faults(written) == ["the fact that was signed on 2026-11-20 is another"] * 2


@pytest.mark.parametrize("gone", [1, 2, 3, 4])
def test_a_fact_deleted_from_the_middle_is_found(written: Session, tamper: Tamper, gone: int) -> None:
    tamper("DELETE FROM fact_text", f"DELETE FROM fact WHERE sequence = {gone}")
    assert faults(written).count(f"what was recorded between fact {gone - 1} and this one is missing") == 2


def test_a_deleted_tail_is_found(written: Session, tamper: Tamper) -> None:
    tamper("DELETE FROM fact WHERE sequence = 5")
    assert "the ledger ends with fact 4, but the process with fact 5" in faults(written)


CUT = (
    "DELETE FROM fact WHERE sequence = 5",
    "UPDATE process SET version = 4, head_hash = (SELECT hash FROM fact WHERE process_id = process.id AND sequence = 4)",
)


def test_a_deleted_tail_with_its_head_put_right_is_found_by_the_signature(written: Session, tamper: Tamper) -> None:
    tamper(*CUT)
    assert verify(written) == []
    assert faults(written) == ["the fact that was signed on 2026-11-20 is gone"] * 2


def test_signed_heads_removed_with_the_tail_are_missed_by_their_signature(written: Session, tamper: Tamper) -> None:
    tamper(*CUT, "DELETE FROM ledger_head")
    assert faults(written) == ["the signature does not fit its heads and the digest before it"]


def test_digests_removed_with_the_tail_are_missed_by_who_noted_the_signature(written: Session, tamper: Tamper) -> None:
    signature = sign_heads(written, DAY, KEY).signature
    written.commit()
    tamper(*CUT, "TRUNCATE ledger_head, ledger_digest")
    written.rollback()
    assert verify(written, KEY) == []
    assert [fault.day for fault in verify(written, KEY, {DAY: signature})] == [DAY]


@pytest.mark.parametrize(
    "ends", ["", "UPDATE process SET version = 0, head_hash = ''", "TRUNCATE process CASCADE", "SELECT 1"]
)
def test_a_truncated_ledger_is_found(written: Session, tamper: Tamper, ends: str) -> None:
    tamper("TRUNCATE fact CASCADE", ends or "SELECT 1")
    assert faults(written)[-2:] == ["the fact that was signed on 2026-11-20 is gone"] * 2


def test_a_deleted_process_is_found(written: Session, tamper: Tamper) -> None:
    for table in ("fact", "fact_text"):
        tamper(f"ALTER TABLE {table} DROP CONSTRAINT fk_{table}_process_id")
    tamper("DELETE FROM process")
    assert faults(written) == ["its process was deleted"] * 2


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("UPDATE fact_text SET text = text || '.'", "its texts were changed"),
        ("UPDATE fact_text SET name = 'evidence'", "its texts were changed"),
        ("DELETE FROM fact_text", "its texts are gone though the person was not erased"),
        ("UPDATE person SET text_key = NULL", "its texts are still there though their key was destroyed"),
        ("UPDATE person SET text_key = 'another'", "its texts were changed"),
        ("UPDATE fact_text t SET fact_id = f.id FROM fact f WHERE f.process_id = t.process_id AND f.sequence = 1"
         " AND t.text = 'word 1'", "it has texts that were not said with it"),
    ],
)  # fmt: skip
def test_changed_moved_and_missing_texts_are_found(written: Session, tamper: Tamper, statement: str, what: str) -> None:
    tamper(statement)
    assert what in faults(written)


def test_a_digest_nobody_signed_is_found(written: Session, tamper: Tamper) -> None:
    tamper("INSERT INTO ledger_head SELECT process_id, sequence, day - 1, hash FROM fact WHERE sequence = 1")
    assert "heads were written down for a day that nobody signed" in faults(written)


def test_another_key_signed_nothing_here(written: Session) -> None:
    assert len(verify_heads(written, b"another key")) == 1


def test_a_day_is_signed_once_and_never_after_a_later_one(written: Session) -> None:
    first = sign_heads(written, DAY, KEY)
    assert sign_heads(written, DAY, KEY).signature == first.signature
    assert sign_heads(written, DAY + timedelta(days=1), KEY).count == 0
    assert sign_heads(written, DAY, KEY) is first
    with pytest.raises(LedgerError, match="cannot be signed any more"):
        sign_heads(written, DAY - timedelta(days=1), KEY)
    assert faults(written) == []


def test_the_next_day_signs_only_what_grew(written: Session, new_case: NewCase) -> None:
    append_many(written, new_case("A3"), [(Fact("withdrawn", DAY), {})] * 3, "m.jones", "cli", NOW)
    assert sign_heads(written, DAY + timedelta(days=1), KEY).count == 1
    written.commit()
    assert faults(written) == []


def test_an_empty_key_signs_nothing(written: Session) -> None:
    with pytest.raises(LedgerError, match="empty"):
        sign_heads(written, DAY, b"")


TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20)
FACTS = st.builds(
    Fact,
    kind=TEXT,
    day=st.dates(date(1990, 1, 1)),
    subject=TEXT,
    attributes=st.dictionaries(TEXT, TEXT, max_size=4),
    supersedes=st.none() | st.integers(1, 9),
)
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=st.lists(st.tuples(FACTS, st.dictionaries(TEXT, TEXT, max_size=2)), max_size=6), now=MOMENTS)
def test_whatever_is_recorded_verifies_when_read_back(session: Session, new_case: NewCase, said, now) -> None:
    append_many(session, new_case(str(uuid4())), said, "m.jones", "api", now)
    session.commit()
    session.expire_all()
    assert verify(session) == []
