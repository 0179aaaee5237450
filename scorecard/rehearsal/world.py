"""What every case of a rehearsal is seen in: the policy, the calendar, the terms and the directories, read once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from casework.cover import Covers
from casework.recipients import Directory
from casework.situations import as_followed
from records.tables import Cover
from statute.calendar import Calendar
from statute.policy import Policy
from statute.terms import NO_TERMS, Terms


@dataclass(frozen=True, slots=True)
class Rules:
    """The policy in force until the rehearsal begins, and the one that is rehearsed (the same, if none other is)."""

    before: Policy
    rehearsed: Policy
    since: datetime

    @property
    def changed(self) -> bool:
        """Whether another policy is rehearsed than the one in force."""
        return self.before != self.rehearsed

    @property
    def policy(self) -> Policy:
        """The policy that is followed from the first day on."""
        return as_followed(self.rehearsed)

    def at(self, instant: datetime) -> Policy:
        """The policy that was in force at an instant (aware)."""
        return as_followed(self.rehearsed if instant >= self.since else self.before)


@dataclass(slots=True)
class World:
    """Everything that is not one case's own.

    `own_terms`: of settings that have their own; `by_link`: whether letters can carry links; `paper`: whether letters
    on paper are posted for us; `services`: category and code of each.
    """

    rules: Rules
    calendar: Calendar
    directory: Directory
    covers: Sequence[Cover]
    terms: Mapping[str, Terms]
    own_terms: Mapping[str, Terms]
    by_link: bool
    paper: bool
    policy: Policy = field(init=False)
    services: Mapping[UUID, str] = field(init=False)
    _days: dict[date, Directory] = field(init=False, default_factory=dict[date, Directory])

    def __post_init__(self) -> None:
        """Work out once what is asked for again and again: reading the settings alone takes milliseconds."""
        self.policy = self.rules.policy
        self.services = {body.id: f"{body.category}/{body.code}" for body in self.directory.bodies.values()}

    def directory_on(self, day: date) -> Directory:
        """The directories with whoever stands in for somebody on that day."""
        if day not in self._days:
            self._days[day] = self._covered(tuple(row for row in self.covers if row.first <= day <= row.last))
        return self._days[day]

    def terms_of(self, urn: str | None) -> Terms:
        """The terms of a setting, or the authority's."""
        return self.terms.get(urn or "", self.terms.get("", NO_TERMS))

    def _covered(self, rows: Sequence[Cover]) -> Directory:
        if not rows:
            return self.directory
        covered = Directory(self.directory.session, self.directory.authority)
        covered.__dict__.update(self.directory.__dict__)
        covered.covers = Covers(rows)
        return covered
