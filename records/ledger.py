"""The ledger: add facts to a process, and read them back on either time axis."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, any_, bindparam
from sqlalchemy import select as pick
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Session, col, select

from records.chain import SCHEMA_VERSION, hash_of, text_hmac
from records.errors import LedgerError
from records.tables import FactRow, FactText, Person, Process, metadata
from records.writing import insert_now, is_unwritten
from statute.facts import Fact

NO_TEXTS: Mapping[str, str] = MappingProxyType({})
# What is said with a fact in free text, by the name of the attribute it would have been.
Said = tuple[Fact, Mapping[str, str]]
# What is said of one process, in order.
Chain = tuple[Process, Iterable[Said]]

FACT = metadata.tables["fact"]
# Columns instead of table models: reading facts is the most frequent thing done, and thrice as fast like this.
SAID = [
    FACT.c[name]
    for name in ("process_id", "kind", "day", "subject", "attributes", "sequence", "supersedes", "recorded_at")
]


def append(
    session: Session,
    process: Process,
    fact: Fact,
    actor_name: str,
    channel: str,
    now: datetime,
    texts: Mapping[str, str] = NO_TEXTS,
) -> FactRow:
    """Add one fact at the end of a process; see `append_many`."""
    return append_many(session, process, [(fact, texts)], actor_name, channel, now)[0]


def append_many(
    session: Session, process: Process, said: Iterable[Said], actor_name: str, channel: str, now: datetime
) -> list[FactRow]:
    """Add facts, in order, at the end of a process; see `append_chains`."""
    return append_chains(session, [(process, said)], actor_name, channel, now)


def append_chains(
    session: Session, chains: Iterable[Chain], actor_name: str, channel: str, now: datetime
) -> list[FactRow]:
    """Add facts, in order, at the end of each process, and move its `version` and `head_hash` on.

    A process that was only just made is written with its first facts. Any other is locked until the transaction
    ends, so two writers follow one another; what `process` held is read afresh under that lock. `now` is aware.
    A fact's own `sequence` and `recorded_at` are ignored. Texts are kept in `fact_text`, and in the fact only
    their HMAC. Raises LedgerError for what cannot be kept: a time without a zone, a NUL character, an attribute
    that is not text, texts about a person who was erased.
    """
    if now.utcoffset() is None:
        raise LedgerError(f"{now!r} has no time zone; facts are recorded at an aware time")
    taken = [(process, list(said)) for process, said in chains]
    for _, said in taken:
        for each in said:
            _refuse_what_cannot_be_kept(each)
    session.flush()
    made = [process for process, _ in taken if is_unwritten(process)]
    _lock(session, [process for process, _ in taken if not is_unwritten(process)])
    rows = [row for process, said in taken for row in _chained(session, process, said, actor_name, channel, now)]
    # A fact needs its process, and a text its fact, to be there: they are only tied by foreign keys.
    insert_now(session, made)
    insert_now(session, rows)
    insert_now(session, [text for row, (_, texts) in _beside(rows, taken) for text in _texts(row, texts)])
    session.flush()
    return rows


def facts_of(session: Session, process_id: UUID, known_at: datetime | None = None) -> list[Fact]:
    """The facts of one process in the order they were recorded; only what was recorded by `known_at`, if given."""
    return facts_of_many(session, [process_id], known_at)[process_id]


def facts_of_many(
    session: Session, process_ids: Collection[UUID], known_at: datetime | None = None
) -> dict[UUID, list[Fact]]:
    """The facts of many processes, each in order; every process asked for has an entry, empty or not."""
    wanted = bindparam("wanted", list(process_ids), type_=ARRAY(Uuid()))
    query = pick(*SAID).where(FACT.c.process_id == any_(wanted))
    if known_at is not None:
        query = query.where(FACT.c.recorded_at <= known_at)
    found: dict[UUID, list[Fact]] = {process_id: [] for process_id in process_ids}
    session.flush()
    for row in session.connection().execute(query.order_by(FACT.c.process_id, FACT.c.sequence)):
        found[row.process_id].append(_fact(row))
    return found


def texts_of(session: Session, process_id: UUID) -> dict[int, dict[str, str]]:
    """The free text still kept beside the facts of one process: sequence, then name, then text."""
    query = (
        select(FactRow.sequence, FactText.name, FactText.text)
        .join(FactRow, col(FactRow.id) == col(FactText.fact_id))
        .where(FactText.process_id == process_id)
        .order_by(col(FactRow.sequence), col(FactText.name))
    )
    texts: defaultdict[int, dict[str, str]] = defaultdict(dict)
    for sequence, name, text in session.exec(query):
        texts[sequence][name] = text
    return dict(texts)


def _lock(session: Session, processes: Sequence[Process]) -> None:
    if not processes:
        return
    wanted = bindparam("wanted", [process.id for process in processes], type_=ARRAY(Uuid()))
    # In one order for everybody, so that no two wait for each other in a ring.
    query = select(Process).where(col(Process.id) == any_(wanted)).order_by(col(Process.id)).with_for_update()
    session.exec(query.execution_options(populate_existing=True)).all()


def _chained(
    session: Session, process: Process, said: Sequence[Said], actor_name: str, channel: str, now: datetime
) -> list[FactRow]:
    key = _text_key(session, process) if any(texts for _, texts in said) else None
    return [_row(process, each, actor_name, channel, now, key) for each in said]


def _text_key(session: Session, process: Process) -> bytes:
    key = session.exec(select(Person.text_key).where(Person.id == process.person_id)).one()
    if key is None:
        raise LedgerError("this person was erased: nothing more can be written about them in free text")
    return key


def _row(process: Process, said: Said, actor_name: str, channel: str, now: datetime, key: bytes | None) -> FactRow:
    fact, texts = said
    row = FactRow(
        authority=process.authority,
        process_id=process.id,
        sequence=process.version + 1,
        kind=fact.kind,
        subject=fact.subject,
        day=fact.day,
        recorded_at=now,
        recorded_by=actor_name,
        channel=channel,
        attributes=dict(fact.attributes),
        supersedes=fact.supersedes,
        schema_version=SCHEMA_VERSION,
        previous_hash=process.head_hash,
        hash=b"",
    )
    if texts and key:
        row.text_hmac = text_hmac(key, row.process_id, row.sequence, texts)
        row.text_person_id = process.person_id
    row.hash = hash_of(row)
    process.version, process.head_hash = row.sequence, row.hash
    return row


def _beside(rows: Sequence[FactRow], taken: Sequence[tuple[Process, list[Said]]]) -> Iterable[tuple[FactRow, Said]]:
    return zip(rows, (each for _, said in taken for each in said), strict=True)


def _texts(row: FactRow, texts: Mapping[str, str]) -> list[FactText]:
    return [FactText(fact_id=row.id, name=name, process_id=row.process_id, text=text) for name, text in texts.items()]


def _fact(row: Any) -> Fact:
    return Fact(
        kind=row.kind,
        day=row.day,
        subject=row.subject,
        attributes=MappingProxyType(row.attributes),
        sequence=row.sequence,
        supersedes=row.supersedes,
        recorded_at=row.recorded_at,
    )


def _refuse_what_cannot_be_kept(said: Said) -> None:
    fact, texts = said
    strings: list[object] = [fact.kind, fact.subject, *fact.attributes, *fact.attributes.values()]
    for value in [*strings, *texts, *texts.values()]:
        # What is refused is not repeated: it may be about a child.
        if not isinstance(value, str):
            raise LedgerError(f"{fact.kind}: attributes and texts are text, not {type(value).__name__}")
        if not _storable(value):
            raise LedgerError(f"{fact.kind}: a text holds a character that cannot be stored")


def _storable(value: str) -> bool:
    # NUL and halves of surrogate pairs are text to Python but not to Postgres.
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in value
