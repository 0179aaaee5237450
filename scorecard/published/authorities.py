"""The department's three-digit number of an authority (`EHCP_AUTHORITY`), and its codes in the published tables."""

import csv
from functools import cache
from pathlib import Path

NUMBERS = Path(__file__).parent / "data" / "authorities.csv"


@cache
def _areas() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    with NUMBERS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["authority"]] = (*found.get(row["authority"], ()), row["area"])
    return found


def areas_of(authority: str) -> tuple[str, ...]:
    """The codes (Office for National Statistics) that an authority of that number has or had; none for an unknown one.

    Boundaries change and take new codes with them, while the number stays: North Yorkshire is 815 under two codes.
    """
    return _areas().get(authority, ())
