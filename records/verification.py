"""Is the ledger still what was recorded? Every chain from its first fact to its head, and the texts beside it."""

import hmac
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, func, select
from sqlmodel import Session

from records.chain import BEGINNING, hash_of, text_hmac
from records.digests import NOTHING_NOTED, verify_heads
from records.faults import Fault
from records.tables import metadata

# Rows held in memory at a time, however long the ledger is.
BATCH = 1000

FACT, PROCESS = metadata.tables["fact"], metadata.tables["process"]
TEXT, PERSON = metadata.tables["fact_text"], metadata.tables["person"]


def verify(session: Session, key: bytes | None = None, noted: Mapping[date, bytes] = NOTHING_NOTED) -> list[Fault]:
    """Every fault of the ledger, in order of process and sequence; empty if all is as it was recorded.

    With `key` (the one the digests are signed with) the daily digests are verified too, which finds what a chain
    alone cannot: a tail deleted together with its head, or a TRUNCATE. `noted` are signatures kept elsewhere.
    """
    faults = list(verify_chains(session))
    return faults + verify_heads(session, key, noted) if key is not None else faults


def verify_chains(session: Session) -> Iterator[Fault]:
    """The faults of every chain, streamed; processes and facts are read in one statement, as of one moment."""
    connection = session.connection()
    connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
    rows = connection.execute(_everything(), execution_options={"yield_per": BATCH})
    for process_id, chain in groupby(rows, key=lambda row: row.chain_id):
        yield from _faults(process_id, chain)


def _everything() -> Select[Any]:
    """Processes with their facts in order; outer on both sides, for either may have been deleted."""
    chain_id = func.coalesce(PROCESS.c.id, FACT.c.process_id)
    texts = select(func.jsonb_object_agg(TEXT.c.name, TEXT.c.text)).where(TEXT.c.fact_id == FACT.c.id)
    text_key = select(PERSON.c.text_key).where(PERSON.c.id == FACT.c.text_person_id)
    return (
        select(
            chain_id.label("chain_id"),
            PROCESS.c.version,
            PROCESS.c.head_hash,
            *FACT.c,
            texts.scalar_subquery().label("texts"),
            text_key.scalar_subquery().label("text_key"),
        )
        .select_from(PROCESS.join(FACT, PROCESS.c.id == FACT.c.process_id, full=True))
        .order_by(chain_id, FACT.c.sequence)
    )


def _faults(process_id: UUID, chain: Iterable[Row[Any]]) -> Iterator[Fault]:
    count, head = 0, BEGINNING
    version, head_hash = None, None
    for row in chain:
        version, head_hash = row.version, row.head_hash
        if row.sequence is None:
            continue  # a process without any fact
        for what in _faults_of_fact(row, count, head):
            yield Fault(what, process_id, row.sequence)
        count, head = row.sequence, row.hash
    if version is None:
        yield Fault("its process was deleted", process_id)
    elif version != count:
        yield Fault(f"the ledger ends with fact {count}, but the process with fact {version}", process_id)
    elif head_hash != head:
        yield Fault("the last fact is not the one the process ends with", process_id, count)


def _faults_of_fact(fact: Any, count: int, head: bytes) -> Iterator[str]:
    if fact.sequence != count + 1:
        yield f"what was recorded between fact {count} and this one is missing"
    elif fact.previous_hash != head:
        yield "it does not follow from the fact before it"
    if fact.hash != hash_of(fact):
        yield "it was changed after it was recorded"
    if what := _fault_of_texts(fact):
        yield what


def _fault_of_texts(fact: Any) -> str | None:
    if fact.text_hmac is None:
        return "it has texts that were not said with it" if fact.texts else None
    if fact.text_key is None:
        return "its texts are still there though their key was destroyed" if fact.texts else None
    if fact.texts is None:
        return "its texts are gone though the person was not erased"
    expected = text_hmac(fact.text_key, fact.process_id, fact.sequence, fact.texts)
    return None if hmac.compare_digest(expected, fact.text_hmac) else "its texts were changed"
