"""What the operations of the scorecard answer with: the same names as `ehcp scorecard --json`."""

from collections.abc import Mapping
from datetime import date, datetime

from pydantic import Field

from web.api.answers import Answer

Number = int | float | None


class FigureOfPart(Answer):
    """A figure of one part: a service, a band, a ground. What is fed may be of other days than the month's."""

    part: str
    numerator: int | None
    denominator: int | None
    value: Number
    first: date
    last: date


class Told(Answer):
    """A figure as it was frozen."""

    numerator: int | None
    denominator: int | None
    value: Number
    target: Number
    definition: str


class Measure(Answer):
    """What a measure is. `definition_id` changes with its definition; `reading` is ours where it is not verified."""

    id: str
    name: str
    group: str
    definition: str
    definition_id: str
    shape: str = Field(examples=["share", "count", "mean", "median", "fed"])
    unit: str
    better: str
    source: str
    cadence: str
    verified: bool
    reading: str
    overlaps: bool = Field(
        description="Whether months in a row count the same cases (a year so far, twelve months back): a difference of "
        "two is no signal. Compare a month with the same one of the year before."
    )


class Line(Measure):
    """One measure in one month: the figure, of the days from `first` to `last`, what it is held against, and what was
    said and told."""

    first: date
    last: date
    numerator: int | None
    denominator: int | None
    value: Number = Field(description="Per cent for a share; null where nothing was to be counted.")
    no_figure: str | None = Field(
        description="Why there is no figure, in words: no case had begun by then, or nothing was fed."
    )
    parts: tuple[FigureOfPart, ...]
    target: Number
    owner: str
    rag: str = Field(examples=["green", "amber", "red", "none"])
    action: str | None = Field(examples=["not_started", "some_action", "advanced", "outcome_reached"])
    narrative: str
    told: Told | None = Field(description="The frozen figure of the month.")
    restated: bool = Field(description="Whether more is known now than was told.")


class Card(Answer):
    """The scorecard of a month. Figures by officer are not in it: they go to line managers only."""

    month: str
    over: bool
    counted_at: datetime
    frozen_at: datetime | None
    measures: tuple[Line, ...]


class Measures(Answer):
    """Every measure of the scorecard."""

    items: tuple[Measure, ...]


class LineOfMonth(Line):
    """One measure in one month, with the moment at which it was counted."""

    month: str
    counted_at: datetime


class CaseBehind(Answer):
    """One case behind a figure. `days` are those that the measure looks at, `why` says why a case is left out."""

    case_ref: str
    mail_ref: str
    subject: str
    days: int | None
    counted: bool
    why: str
    officer: str | None
    team: str | None


class CasesBehind(Answer):
    """A page of the cases behind a figure."""

    items: tuple[CaseBehind, ...]
    hidden: int | None = Field(
        description="How many are counted that are restricted to others; of a part null where they are fewer than five."
    )
    next: str | None = Field(description="Give it as `cursor` for the next page.")


class Months(Answer):
    """The months that were frozen, the newest first."""

    items: tuple[str, ...]


class FrozenFigure(Told):
    """One figure of a frozen month."""

    id: str
    part: str


class NowFigure(Answer):
    """A figure by today's knowledge."""

    numerator: int | None
    denominator: int | None
    value: Number


class Restated(Answer):
    """A frozen figure that would be another today. `redefined`: definitions changed since."""

    id: str
    part: str
    told: Told | None
    now: NowFigure | None
    redefined: bool


class Snapshot(Answer):
    """A frozen month. `intact`: it says what was hashed when it was taken. `late`: it was taken when the month after
    was over too, and says what was known then."""

    month: str
    taken_at: datetime
    late: bool
    taken_by: str
    definitions: str
    hash: str
    intact: bool
    figures: tuple[FrozenFigure, ...]
    restated: tuple[Restated, ...]


class AsPublished(Answer):
    """A calendar year in the department's own columns; null for a table that it does not publish of that year, and
    for a column that is not kept here: `notes` say why."""

    authority: str
    year: int
    tables: Mapping[str, Mapping[str, Number] | None]
    notes: tuple[str, ...]


class Noted(Answer):
    """What holds for the measure from that month on."""

    id: str
    month: str
    owner: str
    target: Number
    action: str | None
    narrative: str


class Fed(Answer):
    """The figure was taken."""

    number: int = Field(description="Its number on record.")
