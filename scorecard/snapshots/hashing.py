"""The hash of a snapshot, and the name of the definitions that it was made by."""

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from scorecard.measure import Measure


def definitions_of(measures: Sequence[Measure]) -> str:
    """A name for the definitions in force: it changes with the first word of any of them."""
    said = json.dumps([[each.id, each.definition, each.among, each.counted, each.amount] for each in measures])
    return sha256(said.encode()).hexdigest()[:16]


def hash_of(definitions: str, figures: Sequence[Mapping[str, Any]], cases: Sequence[tuple[Any, ...]]) -> bytes:
    """The hash over everything that a snapshot says."""
    hashed = sha256(definitions.encode())
    for row in figures:
        said = [str(row[name]) for name in ("number", "measure_id", "part", "numerator", "denominator", "value")]
        hashed.update(json.dumps([*said, str(row["target"]), row["definition"]]).encode())
    for pseudonym, among, counts in cases:
        hashed.update(bytes(pseudonym) + json.dumps([list(among), list(counts)]).encode())
    return hashed.digest()
