"""What stands between the published tables, and what no set of cases can make: said of every council."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bridge:
    """A difference between two published counts, so many cases, and how this council makes up for it.

    It is our way of making cases, never the department's definition.
    """

    between: str
    cases: int
    how: str


@dataclass(frozen=True, slots=True)
class Filled:
    """A cell without a published figure, and what this council has in it. `sign` is x, z or c, or "" where there is
    no such row."""

    table: str
    column: str
    sign: str
    value: int
    how: str


@dataclass(frozen=True, slots=True)
class Unmet:
    """A published figure that this council does not have, because no set of cases can have it beside the others."""

    table: str
    column: str
    published: int | float
    value: int | float | None
    why: str


@dataclass(frozen=True, slots=True)
class Bridges:
    """All that is to be known of how a council comes to its counts."""

    bridges: tuple[Bridge, ...]
    filled: tuple[Filled, ...]
    unmet: tuple[Unmet, ...]
    not_kept: tuple[str, ...]
