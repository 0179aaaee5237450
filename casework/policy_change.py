"""One policy in the place of another: which services it touches, and one case as it stands under either."""

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from sqlmodel import Session

from casework.policies import norms_of
from casework.situations import read_situation
from config.clock import london_day, utc_of_london
from records.ledger import facts_of
from records.tables import Process
from statute.policy import Policy
from statute.processes import timeline_of
from statute.situation import Situation


@dataclass(frozen=True, slots=True)
class PolicyChange:
    """From one policy to another, at a moment (aware)."""

    before: Policy
    after: Policy
    now: datetime

    @property
    def of_advice_alone(self) -> bool:
        """Whether nothing but what is asked of services differs."""
        same = {"advice": self.after.advice, "services": self.after.services}
        return self.before.model_copy(update=same) == self.after

    @property
    def until(self) -> datetime:
        """The last moment of tomorrow in London."""
        day = london_day(self.now) + timedelta(days=1)
        return utc_of_london(day, time(23, 59))

    def touches(self, service: str) -> bool:
        """Whether a service is asked, reminded or measured differently."""
        before, after = ((policy.advice_of(service), _norm(policy, service)) for policy in (self.before, self.after))
        return before != after


def _norm(policy: Policy, service: str) -> int | None:
    norms = policy.norms_of_services()
    return norms.get(service, norms.get(service.partition("/")[0]))


def both(session: Session, change: PolicyChange, process: Process) -> tuple[Situation, Situation]:
    """The situation under both policies, read once: with the services that were asked, if either needs them."""
    richer = change.after if change.after.services else change.before
    read = read_situation(session, process, richer, change.until).situation
    other = replace(read, policy=change.before if richer is change.after else change.after)
    if norms_of(change.before) != norms_of(change.after) or change.before.due_soon_days != change.after.due_soon_days:
        timeline = timeline_of(
            process.kind,
            facts_of(session, process.id),
            london_day(change.until),
            norms=norms_of(other.policy),
            due_soon_days=other.policy.due_soon_days,
            calendar=read.calendar,
        )
        other = replace(other, timeline=timeline)
    return (other, read) if richer is change.after else (read, other)
