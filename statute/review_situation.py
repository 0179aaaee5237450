"""One annual review as its ladder sees it: what is known of the meeting, and by when it is wanted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import takewhile

from statute.amendment import current_amendment
from statute.attributes import day_of
from statute.facts import Fact
from statute.phase_transfer import backward
from statute.review_case import arranger, present
from statute.review_standing import held_meeting, planned_meeting
from statute.situation import Situation
from statute.timeline import OPEN, Deadline

REVIEW_DUE = ("s44_review", "reg27_review", "reg15_review")
"""The limits of which one at a time says by when the decision of the review must have been sent."""
TRANSFER = "reg18_phase_transfer"
EARLY_YEARS = "code_early_years"
DECISION = "reg20_decision"

# Reg 20(10): four weeks from the meeting to the decision, which completes the review.
_TO_DECIDE = timedelta(weeks=4)
# From the summer before on, a review is about the transfer too: 18 weeks before its meeting would be wanted.
_ABOUT_TRANSFER = timedelta(weeks=18)
# The review itself is owed however late it is.
NO_END = date.max
_DECISIONS = frozenset({"decision_amend", "decision_cease"})


@dataclass(frozen=True, slots=True)
class Wanted:
    """A day by which the meeting is wanted, the limit that wants it, and the days after and up to which it counts.

    Nobody is asked for a meeting in time for what has passed: then the next such day counts.
    """

    by: date
    row: Deadline
    after: date
    until: date


@dataclass(frozen=True)
class Review:
    """The review of a situation."""

    situation: Situation

    @cached_property
    def facts(self) -> Sequence[Fact]:
        """The facts that stand, without those of an earlier review."""
        return present(self.situation.facts)

    @cached_property
    def decided(self) -> Fact | None:
        """The last decision to amend or cease; one to keep the plan as it is ends the process."""
        return self.last(*_DECISIONS)

    @cached_property
    def held(self) -> date | None:
        """The day of the meeting."""
        return held_meeting(self.facts)

    @cached_property
    def planned(self) -> date | None:
        """The day planned for the meeting while it is not recorded as held."""
        return None if self.held else planned_meeting(self.facts)

    @cached_property
    def by_authority(self) -> bool:
        """Whether the authority itself arranges the review (reg 21)."""
        said = self.last("review_arranged_by")
        return said is not None and arranger(said) == "authority"

    @cached_property
    def notice_is_out(self) -> bool:
        """Whether a notice of proposed amendments is out that nothing has ended yet."""
        amendment = current_amendment(self.facts)
        return bool(amendment.notices) and amendment.ended is None

    @property
    def invited_on(self) -> date | None:
        """The day on which the invitations to the planned day went out; if it was planned before, the last time."""
        named = [fact for fact in self.facts if fact.kind == "review_invited" and "meeting" in fact.attributes]
        planned = self.planned.isoformat() if self.planned else ""
        to_it = takewhile(lambda fact: fact.attributes["meeting"] == planned, reversed(named))
        return min((fact.day for fact in to_it), default=None)

    def last(self, *kinds: str) -> Fact | None:
        """The last of the standing facts of those kinds."""
        return next((fact for fact in reversed(self.facts) if fact.kind in kinds), None)

    def binding(self, *limits: str) -> list[tuple[Deadline, date]]:
        """The rows of those limits that bind today, with their legal days, in the order of the limits."""
        rows = [row for row in self.situation.timeline.deadlines if row.limit in limits and row.state in OPEN]
        rows.sort(key=lambda row: limits.index(row.limit))
        return [(row, row.legal_due) for row in rows if row.legal_due]

    def due(self, limit: str) -> date | None:
        """The legal day of that limit if it binds today."""
        return next((due for _, due in self.binding(limit)), None)

    def wanted(self) -> Iterator[Wanted]:
        """By when the meeting is wanted, the earliest first: for the review itself, transfers, a child under five."""
        after = date.min
        for by, row, until in sorted(self._wanted(), key=lambda wanted: wanted[0]):
            if until > after:
                yield Wanted(by, row, after, until)
                after = until

    def _wanted(self) -> Iterator[tuple[date, Deadline, date]]:
        for row, due in self.binding(*REVIEW_DUE, EARLY_YEARS, TRANSFER):
            if row.limit == TRANSFER and self._spoken_of(due):
                continue
            by = backward(due).meeting if row.limit == TRANSFER else due - _TO_DECIDE
            yield by, row, NO_END if row.limit in REVIEW_DUE else due

    def _spoken_of(self, transfer_due: date) -> bool:
        """Whether the last review was about that transfer: what is late then is the plan, not another meeting."""
        reviewed = self.last("last_review")
        if reviewed is None:
            return False
        met = day_of(reviewed, "meeting") or reviewed.day
        return met >= backward(transfer_due).meeting - _ABOUT_TRANSFER
