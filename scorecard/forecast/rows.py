"""The rows that waits are read from: days as now known, whichever day the forecast is made for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID


class Requested(NamedTuple):
    """An assessment, as counted (records/tables/scorecard.py)."""

    process_id: UUID
    began: date
    inherited: bool = False
    first_decision: str | None = None
    first_decided_on: date | None = None
    changed_on: date | None = None
    replaced_on: date | None = None
    agreed_on: date | None = None
    outcome: str | None = None
    outcome_on: date | None = None
    draft_on: date | None = None
    plan_on: date | None = None
    ended_on: date | None = None


class Reviewed(NamedTuple):
    """A review, as counted. `due_on`: its last day where another rule than the twelve months gives it."""

    process_id: UUID
    began: date
    met_on: date | None = None
    decided_on: date | None = None
    outcome: str | None = None
    notice_on: date | None = None
    finished_on: date | None = None
    ceased_on: date | None = None
    due_on: date | None = None


class Moved(NamedTuple):
    """A move to another phase, with the days of the review in which it was named (`final_on`), or of the latest."""

    process_id: UUID
    began: date
    due_on: date
    met_on: date | None = None
    notice_on: date | None = None
    final_on: date | None = None
    ceased_on: date | None = None


class MovedIn(NamedTuple):
    """A plan that came from another authority, and when the family was told."""

    process_id: UUID
    began: date
    due_on: date
    told_on: date | None = None
    ceased_on: date | None = None


@dataclass(frozen=True, slots=True)
class Rows:
    """All that a forecast is made from."""

    assessments: Sequence[Requested] = ()
    reviews: Sequence[Reviewed] = ()
    moves: Sequence[Moved] = ()
    told: Sequence[MovedIn] = ()
