"""Daily signed digests of the heads of all chains, each covering the one before.

A chain proves that nothing in it was changed, not that nothing was cut off its end. So once a day the heads of all
chains that grew are written down and signed; whoever deletes facts later contradicts a signature.
"""

import hashlib
import hmac
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from types import MappingProxyType
from typing import Any

from sqlalchemy import func, insert, literal, select
from sqlmodel import Session, col
from sqlmodel import select as choose

from records.chain import canonical
from records.errors import LedgerError
from records.faults import Fault
from records.tables import LedgerDigest, metadata

NOTHING_NOTED: Mapping[date, bytes] = MappingProxyType({})
BATCH = 1000
# Any number will do, so long as everyone who signs asks for the same.
SIGNING = 5_301_531

FACT, PROCESS = metadata.tables["fact"], metadata.tables["process"]
HEAD, DIGEST = metadata.tables["ledger_head"], metadata.tables["ledger_digest"]


def sign_heads(session: Session, day: date, key: bytes) -> LedgerDigest:
    """Sign the head of every chain that grew since the last digest; a day that was signed stays as it was.

    Raises LedgerError if a later day was signed already, or the key is empty.
    """
    _refuse_empty(key)
    session.connection().execute(select(func.pg_advisory_xact_lock(SIGNING)))
    last = session.exec(choose(LedgerDigest).order_by(col(LedgerDigest.day).desc()).limit(1)).first()
    if last and last.day >= day:
        return _signed_already(session, day, last)
    _write_down_heads(session, day)
    count, heads_hash = _digest_of(_heads_of(session, day))
    previous = last.signature if last else b""
    digest = LedgerDigest(
        day=day, count=count, heads_hash=heads_hash, signature=_signature(key, day, count, heads_hash, previous)
    )
    session.add(digest)
    session.flush()
    return digest


def verify_heads(session: Session, key: bytes, noted: Mapping[date, bytes] = NOTHING_NOTED) -> list[Fault]:
    """The faults of the digests: a signature that is not ours, a signed head that is no longer in the ledger.

    `noted` are signatures by day that were kept outside the database (a log, a letter): the only thing that can show
    that digests themselves were deleted from the end.
    """
    _refuse_empty(key)
    return [*_faulty_digests(session, key, noted), *_lost_heads(session)]


def _faulty_digests(session: Session, key: bytes, noted: Mapping[date, bytes]) -> Iterator[Fault]:
    previous, missing = b"", dict(noted)
    rows = _digests_with_heads(session)
    for (day, found), heads in groupby(rows, key=lambda row: (row.day, row.signature)):
        count, heads_hash = _digest_of(heads)
        if found is None:
            yield Fault("heads were written down for a day that nobody signed", day=day)
            continue
        if not hmac.compare_digest(found, _signature(key, day, count, heads_hash, previous)):
            yield Fault("the signature does not fit its heads and the digest before it", day=day)
        if missing.pop(day, found) != found:
            yield Fault("the signature is not the one that was noted elsewhere", day=day)
        previous = found
    for day in sorted(missing):
        yield Fault("it was noted elsewhere but is not here any more", day=day)


def _lost_heads(session: Session) -> Iterator[Fault]:
    """Signed heads that the ledger no longer has; read in one statement, as of one moment."""
    here = (FACT.c.process_id == HEAD.c.process_id) & (FACT.c.sequence == HEAD.c.sequence)
    lost = (
        select(HEAD.c.process_id, HEAD.c.sequence, HEAD.c.day, FACT.c.hash.is_(None).label("gone"))
        .select_from(HEAD.outerjoin(FACT, here))
        .where(FACT.c.hash.is_distinct_from(HEAD.c.hash))
        .order_by(HEAD.c.process_id, HEAD.c.sequence)
    )
    for row in session.connection().execute(lost, execution_options={"yield_per": BATCH}):
        what = "is gone" if row.gone else "is another"
        yield Fault(f"the fact that was signed on {row.day} {what}", row.process_id, row.sequence)


def _digests_with_heads(session: Session) -> Iterable[Any]:
    day = func.coalesce(DIGEST.c.day, HEAD.c.day)
    statement = (
        select(day.label("day"), DIGEST.c.signature, HEAD.c.process_id, HEAD.c.sequence, HEAD.c.hash)
        .select_from(DIGEST.join(HEAD, DIGEST.c.day == HEAD.c.day, full=True))
        .order_by(day, HEAD.c.process_id)
    )
    return session.connection().execute(statement, execution_options={"yield_per": BATCH})


def _write_down_heads(session: Session, day: date) -> None:
    at_head = (FACT.c.process_id == PROCESS.c.id) & (FACT.c.sequence == PROCESS.c.version)
    known = select(HEAD.c.sequence).where(HEAD.c.process_id == PROCESS.c.id, HEAD.c.sequence == PROCESS.c.version)
    grown = (
        select(PROCESS.c.id, FACT.c.sequence, FACT.c.hash, literal(day))
        .select_from(PROCESS.join(FACT, at_head))
        .where(~known.exists())
    )
    columns = ["process_id", "sequence", "hash", "day"]
    session.connection().execute(insert(HEAD).from_select(columns, grown))


def _heads_of(session: Session, day: date) -> Iterable[Any]:
    heads = select(HEAD).where(HEAD.c.day == day).order_by(HEAD.c.process_id)
    return session.connection().execute(heads, execution_options={"yield_per": BATCH})


def _digest_of(heads: Iterable[Any]) -> tuple[int, bytes]:
    count, digest = 0, hashlib.sha256()
    for head in heads:
        if head.process_id is not None:
            count += 1
            digest.update(f"{head.process_id}:{head.sequence}:{head.hash.hex()}\n".encode())
    return count, digest.digest()


def _signature(key: bytes, day: date, count: int, heads_hash: bytes, previous: bytes) -> bytes:
    signed = {
        "day": day.isoformat(),
        "count": count,
        "heads": heads_hash.hex(),
        "previous": previous.hex(),
    }
    return hmac.digest(key, canonical(signed), "sha256")


def _signed_already(session: Session, day: date, last: LedgerDigest) -> LedgerDigest:
    found = session.get(LedgerDigest, day)
    if found is None:
        raise LedgerError(f"{day} cannot be signed any more: {last.day} is signed already")
    return found


def _refuse_empty(key: bytes) -> None:
    if not key:
        raise LedgerError("the key that signs the ledger is empty: anybody could have signed with it")
