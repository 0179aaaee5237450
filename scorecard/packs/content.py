"""What a pack says, whatever it is printed as."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from scorecard.charts.trend import Point
from scorecard.control import Limits
from scorecard.measure import Measure
from scorecard.packs.hiding import Shown
from scorecard.packs.kinds import Kind
from scorecard.period import Period
from scorecard.status import Rag


@dataclass(frozen=True, slots=True)
class Part:
    """A figure of one part of a measure: a service, a band, a ground."""

    name: str
    figure: Shown | None


@dataclass(frozen=True, slots=True)
class Month:
    """One month of a trend."""

    last: date
    figure: Shown | None
    frozen: bool
    point: Point


@dataclass(frozen=True, slots=True)
class Trend:
    """The months of a measure that are over, oldest first, with the limits of chance (None: `why` there are none)."""

    months: Sequence[Month]
    limits: Limits | None
    says: str
    why: str


@dataclass(frozen=True, slots=True)
class Compared:
    """What the department published, in words: `who` and when, and the figure."""

    who: str
    figure: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One measure in a pack. `figure` is None where there is none for its days; `definition` is that of its figure."""

    measure: Measure
    definition: str
    days: Period
    figure: Shown | None
    parts: Sequence[Part]
    target: Decimal | None
    rag: Rag
    owner: str
    action: str
    narrative: str
    trend: Trend | None
    compared: Sequence[Compared]
    beside: Sequence[str]
    at_length: bool


@dataclass(frozen=True, slots=True)
class Section:
    """The measures under one heading."""

    heading: str
    entries: Sequence[Entry]


@dataclass(frozen=True, slots=True)
class Restatement:
    """A figure that is known better than when it was told, in words."""

    month: str
    measure: str
    told: str
    now: str


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack: `draft` says why it is one, empty where every month in it was frozen."""

    kind: Kind
    council: str
    title: str
    period: str
    made: datetime
    public: bool
    draft: str
    basis: str
    sections: Sequence[Section]
    restated: Sequence[Restatement]
    notes: Sequence[str]

    @property
    def entries(self) -> Sequence[Entry]:
        """All measures."""
        return [each for section in self.sections for each in section.entries]

    @property
    def standing(self) -> Mapping[Rag, int]:
        """How many measures there are of each status."""
        return {rag: sum(each.rag is rag for each in self.entries) for rag in Rag}
