"""When schools are not chased. Not the law: no limit of the Regulations stops for a school holiday."""

import re
from datetime import date, timedelta
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

_YEARLY = re.compile(r"(\d{2})-(\d{2})")
# A leap year, so that 29 February can be written.
_ANY_YEAR = 2000


def _check(value: object) -> object:
    text = value.isoformat() if isinstance(value, date) else value
    if not isinstance(text, str):
        raise ValueError('write a day as "07-25" (every year) or "2026-10-26" (once)')
    try:
        date.fromisoformat(f"{_ANY_YEAR}-{text}" if _YEARLY.fullmatch(text) else text)
    except ValueError:
        raise ValueError(f'{text!r} is not a day; write "07-25" (every year) or "2026-10-26" (once)') from None
    return text


Day = Annotated[str, BeforeValidator(_check)]


class SchoolHoliday(BaseModel):
    """Days from and to, both inclusive: `MM-DD` for every year (it may run over New Year), ISO for once."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    first: Day = Field(alias="from")
    last: Day = Field(alias="to")

    def last_day_around(self, day: date) -> date | None:
        """The holiday's last day if `day` falls in it, else None."""
        for year in (day.year - 1, day.year):
            first = _in_year(self.first, year)
            last = _in_year(self.last, year)
            if last < first:
                last = _in_year(self.last, year + 1)
            if first <= day <= last:
                return last
        return None


def _in_year(text: str, year: int) -> date:
    if not _YEARLY.fullmatch(text):
        return date.fromisoformat(text)
    month, day = int(text[:2]), int(text[3:])
    try:
        return date(year, month, day)
    except ValueError:  # 29 February in a common year
        return date(year, month, day - 1)


def back_at_school(day: date, holidays: tuple[SchoolHoliday, ...]) -> date:
    """`day` itself in term, else the first day after the holidays (they may adjoin one another)."""
    while last := next((end for each in holidays if (end := each.last_day_around(day))), None):
        day = last + timedelta(days=1)
    return day
