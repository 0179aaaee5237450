"""Published rows beside counted ones: equal to the digit, or named with the reason that is known for it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from scorecard.synthetic.bridges import Unmet
from scorecard.synthetic.filling import not_kept

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


def compared(published: Cells, counted: Cells) -> list[str]:
    """The columns that were published as a number and that the ledger keeps, also where nothing was to be counted."""
    return [
        name
        for name, said in published.items()
        if isinstance(said, int | float) and name in counted and not not_kept(name)
    ]


def differences(
    year: int, authority: str, table: str, published: Cells, counted: Cells, known: Mapping[str, Unmet]
) -> Iterator[Difference]:
    """Every cell of a published row that differs. `known` are those that no set of cases can produce: a reason holds
    only for the figure that was said of them beforehand.

    What was not published as a number, and what the ledger does not keep, is compared with nothing.
    """
    for column in compared(published, counted):
        if counted[column] != published[column]:
            said = known.get(column)
            why = said.why if said is not None and said.value == counted[column] else ""
            yield Difference(year, authority, table, column, published[column], counted[column], why)
