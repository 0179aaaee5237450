"""The arithmetic of the ledger: what a fact's hash covers, and the HMAC that stands for its free text.

Changing anything here breaks every chain ever written. A new shape needs a new SCHEMA_VERSION beside the old.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC
from uuid import UUID

from records.tables import FactRow

SCHEMA_VERSION = 1
# What stands in place of a previous hash before the first fact of a process.
BEGINNING = b""


def hash_of(fact: FactRow) -> bytes:
    """SHA-256 over everything the ledger holds of `fact` except its own id and hash."""
    covered = {
        "authority": fact.authority,
        "process": str(fact.process_id),
        "sequence": fact.sequence,
        "kind": fact.kind,
        "subject": fact.subject,
        "day": fact.day.isoformat(),
        "recorded_at": fact.recorded_at.astimezone(UTC).isoformat(timespec="microseconds"),
        "recorded_by": fact.recorded_by,
        "channel": fact.channel,
        "attributes": fact.attributes,
        "supersedes": fact.supersedes,
        "schema_version": fact.schema_version,
        "text_hmac": fact.text_hmac.hex() if fact.text_hmac is not None else None,
        "text_person": str(fact.text_person_id) if fact.text_person_id else None,
        "previous": fact.previous_hash.hex(),
    }
    return hashlib.sha256(canonical(covered)).digest()


def text_hmac(key: bytes, process_id: UUID, sequence: int, texts: Mapping[str, str]) -> bytes:
    """HMAC-SHA256 of the texts of one fact; it names the fact, so that texts cannot change places unseen."""
    said = {"process": str(process_id), "sequence": sequence, "texts": dict(texts)}
    return hmac.digest(key, canonical(said), "sha256")


def canonical(value: Mapping[str, object]) -> bytes:
    """The one way we write JSON for hashing: keys sorted, no spaces, UTF-8."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
