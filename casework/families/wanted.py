"""What a family ought to be told in one process at one moment: the law's days, and whether they will be kept."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from post.family import ACKNOWLEDGEMENT, DELAY
from statute.kind import ASSESSMENT
from statute.mornings import jitter
from statute.situation import Situation
from statute.timeline import OPEN, Deadline

DECIDE, NO_PLAN, PLAN = "reg5_decide", "reg10_refuse_plan", "reg13_final_plan"
TOLD_OF: Mapping[str, tuple[str, ...]] = {
    ASSESSMENT: (DECIDE, NO_PLAN, PLAN),
    "annual-review": ("reg20_decision", "reg22_final"),
}
"""The limits of whose delay a family is told: the authority's own."""


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing to tell a family of while it is true: a request with its days, or a limit that may not be kept.

    `rung` names the moment at which it fell due to be said, empty before that; `about` holds days and codes.
    """

    kind: str
    limit: str
    due: date
    rung: str
    about: Mapping[str, str]

    @property
    def name(self) -> tuple[str, str, date]:
        """What letters about it have in common."""
        return (self.kind, self.limit, self.due)


def matters(situation: Situation, *, imported: bool) -> list[Matter]:
    """Everything that may be told. Nothing once the process has ended."""
    if situation.timeline.ended_on is not None:
        return []
    request = None if imported else _request(situation)
    return [*([request] if request else []), *_delays(situation)]


def next_wake(situation: Situation) -> datetime | None:
    """The next moment (aware) at which a delay notice falls due to be drafted, if none of what binds is met by then."""
    if situation.timeline.ended_on is not None:
        return None
    rungs = situation.policy.families.delay
    mornings = [situation.near(due, rung) for _, due in _open(situation) for rung in rungs]
    coming = [at for at in mornings if at > situation.now]
    if not coming:
        return None
    return min(coming) + jitter(situation.process, situation.policy.hours.jitter_minutes)


def _request(situation: Situation) -> Matter | None:
    """The request, while it can still be acknowledged: no decision is out, and the days for it run."""
    decide = situation.timeline.get(DECIDE)
    if decide is None or decide.state not in OPEN or decide.legal_due is None or situation.today > decide.legal_due:
        return None
    days = {"decide": DECIDE, "no_plan": NO_PLAN, "plan": PLAN}
    found = {name: situation.timeline.get(limit) for name, limit in days.items()}
    said = {name: each.legal_due.isoformat() for name, each in found.items() if each and each.legal_due}
    return Matter(ACKNOWLEDGEMENT, DECIDE, decide.legal_due, "once", {**_start(situation, decide), **said})


def _delays(situation: Situation) -> Iterator[Matter]:
    for deadline, due in _open(situation):
        yield Matter(DELAY, deadline.limit, due, _rung(situation, due), _start(situation, deadline))


def _open(situation: Situation) -> Iterator[tuple[Deadline, date]]:
    for limit in TOLD_OF.get(situation.timeline.process, ()):
        deadline = situation.open(limit)
        if deadline is not None and deadline.legal_due is not None:
            yield deadline, deadline.legal_due


def _rung(situation: Situation, due: date) -> str:
    """The last rung that has come. What had passed before the case was armed stays unsaid, but a warning in time."""
    found = ""
    for rung in situation.policy.families.delay:
        at = situation.near(due, rung)
        still = situation.today <= due if rung <= 0 else situation.armed_from <= at
        if at <= situation.now and still:
            found = str(rung)
    return found


def _start(situation: Situation, deadline: Deadline) -> dict[str, str]:
    """From which day it counts, and whether that is the day of a request."""
    if deadline.start is None:
        return {}
    asked = any(fact.kind == "request_received" and fact.day == deadline.start for fact in situation.facts)
    return {"start": deadline.start.isoformat(), "began": "request" if asked else "responsible"}
