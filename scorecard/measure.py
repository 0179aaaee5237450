"""A measure as data: what it says in words, what it counts, and what it is held against."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from scorecard.period import Period


class Shape(StrEnum):
    """What kind of figure a measure gives."""

    COUNT = "count"  # how many of the population are `counted`
    SHARE = "share"  # how many of those `among` are `counted`, in per cent
    MEAN = "mean"  # of `amount` over those `counted`
    MEDIAN = "median"  # of `amount` over those `counted`
    MAX = "max"  # the greatest `amount` of those `counted`
    FED = "fed"  # entered or imported, not counted here


class Better(StrEnum):
    """In which direction a figure should go."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"  # to be looked at, never a target: refusals, withdrawals


class Cadence(StrEnum):
    """How often a measure is looked at."""

    MONTHLY = "monthly"
    TERMLY = "termly"
    YEARLY = "yearly"


class Span(StrEnum):
    """Which days the figure of a month is of."""

    MONTH = "month"  # the days of the month
    YEAR = "year"  # from the first of January to the end of the month: reviews are owed by the year
    DAY = "day"  # how things stood at the end of the month


class Source(StrEnum):
    """Where a measure comes from."""

    LAW = "the law"
    DFE = "Department for Education"
    LOCAL = "local plan"


class Group(StrEnum):
    """Under which heading a measure stands."""

    REQUESTS = "Requests and decisions to assess"
    PLANS = "Plans in twenty weeks"
    OPEN = "Open now"
    ADVICE = "Advice"
    REVIEWS = "Annual reviews"
    BALANCE = "Kept in balance"
    EXCEPTIONS = "Exceptions"
    TEAM = "The team"
    FED = "From outside"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Cases that a denominator leaves out: a condition on the population, and why, in words."""

    where: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One measure of the scorecard.

    `population` names one of `scorecard.populations`; `among`, `counted` and `amount` are SQL on its columns, of ours
    and never typed by anybody: the denominator, the numerator (always of those among), and what is averaged (`unit`).
    With `parts`, SQL too, there is a figure for each of its values beside the one for all (a service, a band, a
    ground). `target` is in the unit of the figure (per cent for a share) unless the authority has set its own.
    `verified` is false where the department has not published of whom it counts: then `reading` says ours.
    Figures of measures `for_managers` (by officer) go to line managers only, never into a pack.
    `columns` are the department's own columns that say the same: the numerator, then those that sum to the denominator.
    """

    id: str
    name: str
    definition: str
    group: Group
    shape: Shape
    population: str = ""
    among: str = "TRUE"
    counted: str = "TRUE"
    amount: str = ""
    unit: str = ""
    parts: str = ""
    source: Source
    cadence: Cadence = Cadence.MONTHLY
    span: Span = Span.MONTH
    better: Better = Better.NEITHER
    target: Decimal | None = None
    owner: str = "SEND manager"
    verified: bool = True
    reading: str = ""
    left_out: Sequence[LeftOut] = ()
    columns: Sequence[str] = ()
    for_managers: bool = False
    only_now: bool = False
    """Looks at what is known of today alone, such as the officer of a case: what was told is never restated by it."""
    rolling: bool = False
    """Of the twelve months up to the end of the period, whatever the span."""
    since: int = 0
    until: int = 9999
    """Reporting years of the department (the year after the calendar year) in which the definition holds."""

    @property
    def overlaps(self) -> bool:
        """Whether the figures of two months in a row count the same cases: their difference is what one month added."""
        return self.rolling or self.span is Span.YEAR


@dataclass(frozen=True, slots=True)
class Figure:
    """What a measure gives for one period: `part` is empty for all together.

    `value` is per cent for a share, the mean, median or greatest otherwise (`Measure.unit`), None where nothing was
    to be counted. A count has its `numerator` alone. What is fed says of which `days` it is.
    """

    measure: Measure
    part: str
    numerator: int | None
    denominator: int | None
    value: Decimal | None
    days: Period | None = None


Parameters = Mapping[str, object]
