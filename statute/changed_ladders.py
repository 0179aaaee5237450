"""What a change of the policy makes of rungs whose day has passed: they are not said all at once.

A rung is said if the policy that was in force when it came had it. One that a later policy brought, for a day already
past, is passed over: the ladder goes on with its next. Only the last of a ladder is said all the same, once, for
otherwise whoever it is for would never hear of the matter.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

from statute.ladder import Step, ladder_of
from statute.policy import Policy
from statute.situation import Situation
from statute.steps import steps

CHANGED = "its day had passed when the policy was changed"
_YEAR = timedelta(days=366)

InForceAt = Callable[[datetime], Policy]
"""The policy that was in force at an instant (aware)."""


class Rung(Protocol):
    """A step, or what is made of one."""

    @property
    def key(self) -> str:
        """The key of the step."""
        ...

    @property
    def at(self) -> datetime:
        """The instant (aware) from which it is to be said."""
        ...


def brought_late(situation: Situation, due: Iterable[Rung], in_force_at: InForceAt) -> frozenset[str]:
    """The keys of those steps due in the situation that are to be passed over."""
    late = [step for step in due if ladder_of(step.key) and not _had(situation, step, in_force_at(step.at))]
    if not late:
        return frozenset()
    ahead = {ladder_of(step.key) for step in _said(replace(situation, now=situation.now + _YEAR), situation.now)}
    return frozenset(step.key for step in late if ladder_of(step.key) in ahead)


def _had(situation: Situation, step: Rung, policy: Policy) -> bool:
    """Whether that rung was one of the policy's own. When it came, it had come by now too."""
    if policy == situation.policy:
        return True
    return any(each.key == step.key for each in _said(replace(situation, policy=policy)))


def _said(situation: Situation, after: datetime | None = None) -> Iterator[Step]:
    """Every rung that has come by the situation's moment, and after another."""
    found = steps(situation)
    for step in (*found.due, *(each.step for each in found.passed)):
        if after is None or step.at > after:
            yield step
