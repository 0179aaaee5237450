"""What the forecast answers with: the same names as `ehcp scorecard forecast --json`. Shares are from 0 to 1."""

from datetime import date, datetime

from pydantic import Field

from web.api.answers import Answer

Share = float | None


class Spread(Answer):
    """What is expected, and the ends of the interval in which it lies with a chance of 80 %."""

    expected: float
    low: float
    high: float


class Month(Answer):
    """The cases whose last day lies in a month: what is known of them, and what is expected."""

    month: str = Field(examples=["2026-12"])
    in_time: int
    late: int
    open: int
    rests_on_too_few: int = Field(description="Open cases of which too few past ones were like them.")
    rate: Spread | None = Field(description="The share in time; null where nothing is due or too little is known.")
    expected_late: Spread | None


class OpenInBand(Answer):
    """Open cases whose chance lies in one fifth."""

    chance: str = Field(examples=["0 to 20%"])
    open: int


class OfLimit(Answer):
    """A limit, the open cases for which it is the next one, and its months to come."""

    limit: str = Field(examples=["reg13_final_plan"])
    name: str
    past_cases: int
    open: int
    bands: tuple[OpenInBand, ...]
    too_few_past_cases: int
    last_day_today: int
    late_already: int
    months: tuple[Month, ...]


class Came(Answer):
    """What came of a month."""

    in_time: int
    late: int
    rate: Share


class MonthHeld(Answer):
    """A month as it was forecast, and what came; `inside`: whether that lay in the interval."""

    forecast: Month
    came: Came
    inside: bool | None


class BandHeld(Answer):
    """Of the cases that were given a chance in one fifth, how many met their limit."""

    chance: str
    cases: int
    mean_chance: Share
    met: int


class Held(Answer):
    """The chances of one limit held against what came. The lower Brier's score the better; 0.25 is a thrown coin's."""

    limit: str
    name: str
    months: tuple[MonthHeld, ...]
    cases: int
    left: int = Field(description="Left before their last day, and were neither in time nor late.")
    without_chance: int
    brier: Share
    brier_of_rate_before: Share = Field(description="The score of giving everybody the rate of the quarter before.")
    rate_before: Share
    bands: tuple[BandHeld, ...]


class LastQuarter(Answer):
    """How the forecast of the last quarter did, made from what was known on `day`; `last` is its last day."""

    day: date
    last: date
    limits: tuple[Held, ...]


class Case(Answer):
    """An open case and the chance of its next limit; null where too little is known, or on the last day itself."""

    case_ref: str
    mail_ref: str
    officer: str | None
    team: str | None
    limit: str
    stage: str
    last_day: date
    days_left: int
    chance: Share
    rests_on: int = Field(description="Past cases that stood at the same stage with as many days left.")


class Forecast(Answer):
    """The forecast of a day, how the last one did, and a page of the open cases, the lowest chance first."""

    day: date
    since: date = Field(alias="from", description="The first day of the past that it rests on.")
    too_few: int = Field(description="With fewer past cases like it, a case is given no chance.")
    worked_out_at: datetime
    limits: tuple[OfLimit, ...]
    last_quarter: LastQuarter
    cases: tuple[Case, ...]
    hidden: int = Field(description="How many more are restricted to others; the figures count them.")
    next: str | None = Field(description="Give it as `cursor` for the next page.")
