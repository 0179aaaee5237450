"""One process on one day: the facts that count, and how it began and ended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from statute.advice import Request, requests
from statute.calendar import Calendar
from statute.endings import closes
from statute.facts import Fact
from statute.kinds import ENDS, REFUSALS, STARTS, VOIDS
from statute.standing import in_order, standing

_TURNS = ENDS | {"refusal_changed", "reopened"}


@dataclass(slots=True)
class Case:
    """What the limits of one process are computed from.

    `facts` are those that stand and count: up to `today` and, once the process has ended, up to that day.
    `reliefs` count whatever their day, because a relief may be granted after the limit was met or the process
    ended. `replaced` is the change of a refusal that put other limits in the place of the first ones.
    """

    today: date
    calendar: Calendar
    norms: Mapping[str, int]
    due_soon_days: int
    facts: Sequence[Fact]
    reliefs: Sequence[Fact]
    finals: Sequence[Fact]
    started: Fact | None = None
    ended: Fact | None = None
    void: bool = False
    replaced: Fact | None = None
    by_kind: dict[str, list[Fact]] = field(default_factory=lambda: {})
    requests: list[Request] = field(default_factory=lambda: [])

    def first(self, *kinds: str) -> Fact | None:
        """The earliest counted fact of any of these kinds."""
        found = [self.by_kind[kind][0] for kind in kinds if kind in self.by_kind]
        return min(found, key=in_order) if found else None

    def all(self, kind: str) -> list[Fact]:
        """The counted facts of that kind, in order."""
        return self.by_kind.get(kind, [])


def read_case(
    facts: Sequence[Fact], today: date, calendar: Calendar, norms: Mapping[str, int], due_soon_days: int
) -> Case:
    """Read the facts of one process as they stand on `today`."""
    stands = standing(facts, today)
    ended, void, replaced = turns(stands)
    counted = stands if ended is None else [fact for fact in stands if fact.day <= ended.day]
    reliefs = [fact for fact in stands if fact.kind == "relief"]
    finals = [fact for fact in stands if fact.kind == "final_plan_sent"]
    case = Case(today, calendar, norms, due_soon_days, counted, reliefs, finals, None, ended, void, replaced)
    for fact in counted:
        case.by_kind.setdefault(fact.kind, []).append(fact)
    case.started = case.first(*STARTS)
    case.requests = requests(counted)
    return case


def turns(stands: Sequence[Fact]) -> tuple[Fact | None, bool, Fact | None]:
    """What ended the process, whether that made it void, and the change that replaced its limits."""
    closings: list[Fact] = []
    refused, replaced = False, None
    for fact in stands:
        if fact.kind not in _TURNS:
            continue
        if fact.kind in VOIDS:
            return fact, True, replaced
        if fact.kind == "reopened":
            closings = []
        elif fact.kind != "refusal_changed":
            refused = refused or fact.kind in REFUSALS
            closings += [fact] if closes(fact, stands) else []
        elif refused:
            # A change undoes the refusal alone: a death or a move that was recorded since still ends the process.
            closings = [each for each in closings if each.kind not in REFUSALS]
            if not closings and not _of_its_own_accord(fact):
                replaced = fact
    return (closings[0] if closings else None), False, replaced


def _of_its_own_accord(change: Fact) -> bool:
    # A change of mind alone leaves the first 20 weeks running: R (W) v Hertfordshire [2023] EWHC 3138 (Admin).
    # Where it is not said why, that is the reading which hides no breach.
    return change.attributes.get("why", "own_accord") == "own_accord"
