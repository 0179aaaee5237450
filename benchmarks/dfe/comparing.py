"""Published rows beside counted ones: equal to the digit, or named with the reason that is known for it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

Cells = Mapping[str, int | float | str | None]


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell that was counted otherwise than it was published."""

    year: int
    authority: str
    table: str
    column: str
    published: object
    counted: object
    why: str


def differences(
    year: int, authority: str, table: str, published: Cells, counted: Cells, known: Mapping[str, str]
) -> Iterator[Difference]:
    """Every cell of a published row that differs. `known` are the reasons of those that no set of cases can produce.

    What was not published as a number, and what the ledger does not keep, is compared with nothing.
    """
    for column, said in published.items():
        if not isinstance(said, int | float) or counted.get(column) is None:
            continue
        if counted[column] != said:
            yield Difference(year, authority, table, column, said, counted[column], known.get(column, ""))
