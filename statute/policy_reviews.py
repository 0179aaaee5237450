"""How annual reviews are chased and warned of: the tables `[reviews]` of a policy."""

import re
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field, StrictInt

from statute.policy_parts import Days, Part, Rungs, ascending

_MONTH_AND_DAY = re.compile(r"\d{2}-\d{2}")
# A common year: a day that comes every year.
_ANY_YEAR = 2001


def _month_and_day(text: str) -> str:
    try:
        if _MONTH_AND_DAY.fullmatch(text):
            date.fromisoformat(f"{_ANY_YEAR}-{text}")
            return text
    except ValueError:
        pass
    raise ValueError(f'{text!r} is not a day of every year; write "09-01"')


MonthAndDay = Annotated[str, AfterValidator(_month_and_day)]
After = Annotated[tuple[Annotated[StrictInt, Field(ge=1, le=365)], ...], AfterValidator(ascending)]
"""Days after the day they are about, never on it: what is said then would not be true before."""


class Arrange(Part):
    """The meeting still to be arranged: days from the day by which it is wanted."""

    setting: Rungs
    then_every: Days
    head: Rungs
    caseworker: Rungs


class Invite(Part):
    """Health and social care once the meeting has a day: days from the last day for the papers."""

    services: Rungs


class ReviewPapers(Part):
    """The papers of the meeting: days from the last day on which they may be sent."""

    setting: Rungs
    caseworker: Rungs


class Meeting(Part):
    """A planned day that has passed without a word of the meeting: days after it."""

    setting: After
    then_every: Days
    caseworker: After


class Report(Part):
    """The report of the meeting: days from its legal day, two weeks after the meeting."""

    setting: Rungs
    then_every: Days
    head: Rungs


class Warned(Part):
    """Warnings of limits of the authority's own: days from the legal day. After the day it is a breach."""

    caseworker: Rungs
    manager: Rungs


class Decision(Warned):
    """The decision after the meeting; the officer also on the local day, which follows the report."""

    local: Rungs
    transfer: Rungs


class Reminded(Part):
    """The officer, in days from the day it is about."""

    caseworker: Rungs


class RemindedAfter(Part):
    """The officer, in days after the day it is about."""

    caseworker: After


class Reviews(Part):
    """Annual reviews. `open_weeks` before a review is due its clock opens; a phase transfer's on a day of the year."""

    open_weeks: Annotated[StrictInt, Field(ge=8, le=40)]
    phase_transfer_opens: MonthAndDay
    arrange: Arrange
    invite: Invite
    papers: ReviewPapers
    meeting: Meeting
    report: Report
    decision: Decision
    notice: Reminded
    family_window: RemindedAfter
    final: Warned
    due: Warned
    early_years: Reminded
    hold_over: RemindedAfter

    def transfers_open_on(self, year: int) -> date:
        """The day of that year on which the reviews before the next year's phase transfers open."""
        return date.fromisoformat(f"{year}-{self.phase_transfer_opens}")
