"""The statutory processes that can be timed, by name. Another joins by adding its line."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Protocol

from statute import annual_review, assessment
from statute.calendar import ENGLAND, Calendar
from statute.errors import ProcessError
from statute.facts import Fact
from statute.kind import ANNUAL_REVIEW, ASSESSMENT
from statute.norms import NO_NORMS
from statute.timeline import Timeline
from statute.words import listed, nearest


class TimelineOf(Protocol):
    """How every process answers for its limits."""

    def __call__(
        self,
        facts: Sequence[Fact],
        today: date,
        *,
        norms: Mapping[str, int] = NO_NORMS,
        due_soon_days: int = 14,
        calendar: Calendar = ENGLAND,
    ) -> Timeline:
        """Every limit of the process as it stands on `today`."""
        ...


PROCESSES: Mapping[str, TimelineOf] = MappingProxyType(
    {ASSESSMENT: assessment.timeline, ANNUAL_REVIEW: annual_review.timeline}
)


def timeline_of(
    process: str,
    facts: Sequence[Fact],
    today: date,
    *,
    norms: Mapping[str, int] = NO_NORMS,
    due_soon_days: int = 14,
    calendar: Calendar = ENGLAND,
) -> Timeline:
    """The timeline of a process by its name. Raises ProcessError for a name that is not known."""
    found = PROCESSES.get(process)
    if found is None:
        known = f"Known: {listed(PROCESSES)}."
        raise ProcessError(f"There is no process {process!r}.{nearest(process, PROCESSES)} {known}")
    return found(facts, today, norms=norms, due_soon_days=due_soon_days, calendar=calendar)
