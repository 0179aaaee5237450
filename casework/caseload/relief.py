"""The relief that a row claims from the authority's own limits (regulations 5(4), 10(4) and 13(3))."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from casework.days import read_day

GROUNDS = {"personal": "personal", "absent_4w": "absent_4w"}
"""The grounds a case file can hold, and the ledger's word for each: exceptional personal circumstances of the child,
parent or young person; absence from the area for at least four weeks in a row."""


@dataclass(frozen=True, slots=True)
class Relief:
    """A ground and its period, both ends counted."""

    ground: str
    first: date
    last: date


def read_relief(cells: Mapping[str, str], as_of: date) -> Relief | None:
    """The relief of a row, None when it claims none. Raises ValueError with what is wrong with it.

    The period may end after `as_of` (a family that is away until then), but not begin after it.
    """
    ground = cells.get("relief_ground", "").lower().replace(" ", "_")
    first, last = (_day(cells, column) for column in ("relief_from", "relief_to"))
    if not ground:
        if first or last:
            raise ValueError("relief has days but no ground")
        return None
    if ground not in GROUNDS:
        raise ValueError(f"relief ground {ground!r} is not known ({' or '.join(GROUNDS)})")
    if first is None or last is None:
        raise ValueError("relief has a ground but not both its first and last day")
    if last < first:
        raise ValueError(f"relief ends on {last}, before it begins on {first}")
    if first > as_of:
        raise ValueError(f"relief begins on {first}, which is in the future (after {as_of})")
    return Relief(GROUNDS[ground], first, last)


def _day(cells: Mapping[str, str], column: str) -> date | None:
    try:
        return read_day(cells.get(column, ""))
    except ValueError as error:
        raise ValueError(f"{column}: {error}") from error
