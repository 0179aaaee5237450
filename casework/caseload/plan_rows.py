"""One row of a plans file, understood: what it says of the plan, its last review and the one under way."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from casework.caseload.child_rows import ChildRow

FIVE = 5
"""The age below which the Code (9.178) asks for a review every three to six months."""


@dataclass(frozen=True, slots=True)
class Transfer:
    """A phase transfer that somebody says is coming (reg 18): its kind, its day, and where to ("" when not known)."""

    kind: str
    day: date
    receiving: str


@dataclass(slots=True)
class PlanRow(ChildRow):
    """A row of a plan that can be timed, from the day it was made. Codes are empty where the file says none."""

    WHAT: ClassVar[str] = "the plan"
    BEGAN: ClassVar[str] = "was made"

    outcome: str = ""
    names_setting: str = ""
    aligned: str = ""
    arranged_by: str = ""
    recommends: str = ""
    changed_needs: str = ""
    no_place: str = ""
    transfer: Transfer | None = None
    from_authority: str = ""
    to_authority: str = ""
    ceased_reason: str = ""
    meeting_withdrawn: bool = False
    """Whether the file had the meeting of this decision in `decided_meeting`, and has no meeting of it any more."""

    @property
    def decided(self) -> date | None:
        """The day on which the decision of the last review was sent: from then on the next one is due."""
        return self.days.get("last_review_decision")

    @property
    def last_meeting(self) -> date | None:
        """The meeting of the last review that was decided, None when the file tells of a later one or of none."""
        return self.days.get("decided_meeting") or self.meeting_by_decision

    @property
    def meeting(self) -> date | None:
        """The meeting whose decision is outstanding: one after the last decision, or without any."""
        return None if self.meeting_by_decision else self.days.get("last_review_meeting")

    @property
    def report(self) -> date | None:
        """The report of the current review."""
        return None if self._report_is_of_last else self.days.get("report_received")

    @property
    def last_report(self) -> date | None:
        """The report of the last review, however late it came."""
        return self.days.get("report_received") if self._report_is_of_last else None

    @property
    def meeting_by_decision(self) -> date | None:
        """The last review meeting, where it lies on or before the last decision and so belongs to that review."""
        meeting = self.days.get("last_review_meeting")
        return meeting if meeting and self.decided and meeting <= self.decided else None

    @property
    def _report_is_of_last(self) -> bool:
        report = self.days.get("report_received")
        by_the_decision = bool(self.decided and report and report <= self.decided)
        return by_the_decision or (self.last_meeting is not None and self.meeting is None)

    @property
    def kept(self) -> Mapping[str, str]:
        """Also kept: of which decision the file had the meeting in a cell of its own."""
        if "decided_meeting" not in self.present:
            return {}
        told = self.decided if "decided_meeting" in self.days else None
        return {"decided_meeting": told.isoformat() if told else ""}

    @property
    def has_ended(self) -> bool:
        """Whether the plan is no longer this authority's, or no longer a plan."""
        return bool(self.days.keys() & {"transferred_out", "ceased"})

    def under_five(self, day: date) -> bool:
        """Whether the child had not turned five by that day."""
        born = self.date_of_birth
        return born is not None and (day.year - FIVE, day.month, day.day) < (born.year, born.month, born.day)
