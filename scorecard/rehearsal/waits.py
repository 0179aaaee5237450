"""How long things take: in this council where it has done them often enough, else as stated here."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import log
from random import Random

from scorecard.survival import Step, Wait, steps
from statute.facts import Fact
from statute.kind import ANNUAL_REVIEW
from statute.standing import standing

ENOUGH = 20
"""Below so many finished waits nothing is learnt from them."""

STATED: Mapping[str, tuple[int, int]] = {
    "decided": (14, 56),
    "advice": (14, 70),
    "families": (7, 28),
    "papers": (0, 3),
    "drafted": (42, 105),
    "finished": (16, 45),
    "meeting": (-28, 28),
    "report": (3, 21),
    "review_decided": (7, 42),
    "notice": (0, 28),
    "amended": (16, 70),
}
"""Days from one thing to the next where the council's own are too few: any day between the two, all as likely (for
`meeting`: from four weeks before the day by which the review is due)."""

SHARES: Mapping[str, float] = {"assess": 0.75, "issue": 0.95, "amend": 0.35}
"""How often a decision goes one way: to assess, to issue a plan, to amend it."""

# Where the longest wait that was ever seen is over, another four weeks on average.
_TAIL = 28.0

_LEARNT: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "decided": (
        frozenset({"request_received", "became_responsible"}),
        frozenset({"decision_to_assess", "decision_not_to_assess"}),
    ),
    "drafted": (frozenset({"decision_to_assess"}), frozenset({"draft_plan_sent", "decision_not_to_issue"})),
    "finished": (frozenset({"draft_plan_sent"}), frozenset({"final_plan_sent"})),
    "report": (frozenset({"review_meeting"}), frozenset({"review_report_received"})),
    "review_decided": (
        frozenset({"review_meeting"}),
        frozenset({"decision_maintain", "decision_amend", "decision_cease"}),
    ),
    "notice": (frozenset({"decision_amend"}), frozenset({"amendment_notice_sent"})),
    "amended": (frozenset({"amendment_notice_sent"}), frozenset({"amended_plan_sent"})),
}
_ANSWERS = frozenset({"advice_received", "advice_nil"})


@dataclass(frozen=True, slots=True)
class Waits:
    """The steps of each kind of wait, those that were learnt here, and the shares of decisions."""

    steps: Mapping[str, Sequence[Step]]
    learnt: frozenset[str]
    shares: Mapping[str, float] = field(default_factory=lambda: SHARES)

    def drawn(self, name: str, waited: int, dice: Random) -> int:
        """Days from the beginning of such a wait to its end, of one that has lasted `waited` days already."""
        known = self.steps.get(name) or self.steps[name.partition(":")[0]]
        open_now = next((step.open for step in reversed(known) if step.days <= waited), 1.0)
        share = dice.random()
        found = next((step.days for step in known if step.days > waited and step.open <= share * open_now), None)
        if found is not None:
            return found
        return max(waited, known[-1].days) + 1 + int(-_TAIL * log(1 - dice.random()))


def learn(ledgers: Iterable[tuple[str, Sequence[Fact]]], today: date) -> Waits:
    """What the ledgers (kind of process, facts) say of how long things took, those that still wait counted as such."""
    seen: defaultdict[str, list[Wait]] = defaultdict(list)
    told: defaultdict[str, list[bool]] = defaultdict(list)
    for kind, facts in ledgers:
        stands = standing(facts, today)
        _between(stands, today, seen)
        if kind != ANNUAL_REVIEW:
            _advice(stands, today, seen)
        _decisions(stands, told)
    learnt = {name for name, waits in seen.items() if sum(wait.finished for wait in waits) >= ENOUGH}
    stated = {name: steps(Wait(day, True) for day in range(first, last + 1)) for name, (first, last) in STATED.items()}
    shares = {name: sum(said) / len(said) for name, said in told.items() if len(said) >= ENOUGH}
    return Waits({**stated, **{name: steps(seen[name]) for name in learnt}}, frozenset(learnt), {**SHARES, **shares})


def _between(stands: Sequence[Fact], today: date, seen: dict[str, list[Wait]]) -> None:
    for name, (begins, ends) in _LEARNT.items():
        first = next((fact.day for fact in stands if fact.kind in begins), None)
        if first is None:
            continue
        last = next((fact.day for fact in stands if fact.kind in ends and fact.day >= first), None)
        # Whatever else ended it, it was seen to wait no longer than until the last thing that is known.
        until = stands[-1].day if _is_over(stands) else today
        seen[name].append(Wait(((last or max(until, first)) - first).days, last is not None))


def _advice(stands: Sequence[Fact], today: date, seen: dict[str, list[Wait]]) -> None:
    for asked in (fact for fact in stands if fact.kind == "advice_requested"):
        answers = (each.day for each in stands if each.kind in _ANSWERS and each.subject == asked.subject)
        day = next((answer for answer in answers if answer >= asked.day), None)
        until = stands[-1].day if _is_over(stands) else today
        wait = Wait(((day or max(until, asked.day)) - asked.day).days, day is not None)
        seen[f"advice:{asked.subject.partition('/')[0]}"].append(wait)
        seen["advice"].append(wait)


def _decisions(stands: Sequence[Fact], told: dict[str, list[bool]]) -> None:
    said = {fact.kind for fact in stands}
    for name, one, other in (
        ("assess", "decision_to_assess", {"decision_not_to_assess"}),
        ("issue", "final_plan_sent", {"decision_not_to_issue"}),
        # Only of reviews that are over: those under way whose decision is known have been decided to amend.
        ("amend", "amended_plan_sent", {"decision_maintain", "decision_cease"}),
    ):
        if one in said or other & said:
            told[name].append(one in said)


def _is_over(stands: Sequence[Fact]) -> bool:
    return any(fact.kind in {"withdrawn", "moved_away", "died", "final_plan_sent"} for fact in stands)
