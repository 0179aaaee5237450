"""How a column of the department's published tables is counted, or made of others."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from scorecard.figures import mean, share
from scorecard.measure import Measure

Value = Decimal | int | None
"""A whole number, or one with a decimal; None where the department would print that it has none."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many of a population: SQL of ours, as in a measure."""

    population: str
    where: str = "TRUE"

    @property
    def sql(self) -> str:
        """What is asked of the population."""
        return f"count(*) FILTER (WHERE {self.where})"


@dataclass(frozen=True, slots=True)
class Average:
    """The mean of an amount over some of a population, with one decimal."""

    population: str
    amount: str
    where: str = "TRUE"

    @property
    def sql(self) -> str:
        """What is asked of the population; numeric is rounded half up."""
        return f"round({mean(self.amount, self.where)}, 1)"


@dataclass(frozen=True, slots=True)
class Percent:
    """A column in per cent of others together, with one decimal, halves up; None of nothing."""

    counted: str
    of: tuple[str, ...]

    def made_of(self, row: Mapping[str, Value]) -> Value:
        """The value, from columns that are there."""
        counted, of = row[self.counted], [row[name] for name in self.of]
        return share(int(counted or 0), sum(int(each or 0) for each in of))


@dataclass(frozen=True, slots=True)
class Sum:
    """Columns together, less others: what the department derives, whether it makes sense or not."""

    of: tuple[str, ...]
    less: tuple[str, ...] = ()

    def made_of(self, row: Mapping[str, Value]) -> Value:
        """The value, from columns that are there; None where none of them has one."""
        if all(row[name] is None for name in self.of):
            return None
        return sum(int(row[name] or 0) for name in self.of) - sum(int(row[name] or 0) for name in self.less)


@dataclass(frozen=True, slots=True)
class NotKept:
    """A column of something that the ledger does not keep."""

    why: str


Column = Count | Average | Percent | Sum | NotKept
Columns = Mapping[str, Column]


def numerator(measure: Measure) -> Count:
    """Those that a measure counts."""
    return Count(measure.population, f"({measure.among}) AND ({measure.counted})")


def average(measure: Measure) -> Average:
    """What a measure averages."""
    return Average(measure.population, measure.amount, measure.among)
