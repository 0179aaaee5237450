"""The hash of a snapshot, and the name of the definitions that it was made by."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

from scorecard.measure import Measure
from scorecard.populations import POPULATIONS


def definitions_of(measures: Sequence[Measure]) -> str:
    """A name for the definitions in force: it changes with the first word of any of them, and with what is counted."""
    said = json.dumps([_defined(each) for each in measures])
    return sha256(said.encode()).hexdigest()[:16]


def _defined(each: Measure) -> Sequence[str]:
    counted = (each.among, each.counted, each.amount, each.parts, POPULATIONS.get(each.population, ""))
    return each.id, each.definition, each.shape, each.span, *counted


def hash_of(
    taken: tuple[date, datetime, str],
    definitions: str,
    figures: Sequence[Mapping[str, Any]],
    cases: bytes,
) -> bytes:
    """The hash over everything that a snapshot says: `taken` is of which month, when, and by whom; `cases` as
    `said_of` says them."""
    month, when, who = taken
    hashed = sha256(json.dumps([f"{month}", when.astimezone(UTC).isoformat(), who, definitions]).encode())
    for row in figures:
        said = [str(row[name]) for name in ("number", "measure_id", "part", "numerator", "denominator", "value")]
        hashed.update(json.dumps([*said, str(row["target"]), row["definition"]]).encode())
    hashed.update(cases)
    return hashed.digest()


def said_of(cases: Sequence[tuple[bytes, list[int], list[int]]]) -> bytes:
    """What a snapshot says of its cases, in their order: each pseudonym with the numbers of its figures."""
    return b"".join(pseudonym + json.dumps([among, counts]).encode() for pseudonym, among, counts in cases)
