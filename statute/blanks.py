"""Sections of a plan that would stay blank: health or social care advice that nobody gave before the move to a plan.

Regulation 6(1)(c) and (e) want both sought, whatever the child's needs are thought to be: a plan that is all education
often comes of advice that was never asked for, or never pressed for. So the decision is not recorded as if nothing were
missing: a person says why, and that is kept with it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from statute.advice import ANSWERS, KINDS_OF_ADVICE, Request, category, requests
from statute.attributes import codes_of
from statute.docket import Docket
from statute.facts import Fact
from statute.kind import ASSESSMENT
from statute.words import listed, plain

NEVER_BLANK = ("health", "social_care")
"""The categories of advice without which sections C, D, G and H of a plan stay blank."""

MOVES = ("decision_to_issue", "draft_plan_sent", "final_plan_sent")
"""What moves an assessment to a plan: the decision, or where none is recorded what can only follow it."""

DECISION = "decision_to_issue"

_GIVEN = frozenset({"advice_declined", "advice_reused"})


@dataclass(frozen=True, slots=True)
class Blank:
    """Advice of one category that had not been given when an assessment moved to a plan; whether a person said why."""

    category: str
    moved: Fact
    said_why: bool


def blanks(stands: Sequence[Fact]) -> tuple[Blank, ...]:
    """What was missing when standing facts (in order) moved to a plan; nothing while they have not."""
    moved = next((fact for fact in stands if fact.kind in MOVES), None)
    if moved is None:
        return ()
    said = codes_of(moved, "without")
    return tuple(Blank(each, moved, each in said) for each in missing(stands, moved))


def missing(stands: Iterable[Fact], moved: Fact) -> tuple[str, ...]:
    """The categories that had been neither received nor returned as nil, declined or reused by the day of that fact."""
    known = [fact for fact in stands if fact.kind in KINDS_OF_ADVICE and fact.day <= moved.day]
    asked = requests(known)
    return tuple(each for each in NEVER_BLANK if not _given(each, known, asked))


def unexplained(docket: Docket) -> Iterator[str]:
    """What a person must say before a decision to issue is recorded: why it does not wait for that advice."""
    fact = docket.fact
    if fact is not None and fact.kind == DECISION and (lacks := _lacking(docket, fact)):
        yield (
            f"{_neither(lacks)} An assessment does not move to a decision to issue without it unless a person says "
            f"why: add without={','.join(lacks)} and because=."
        )


def moved_without(docket: Docket) -> Iterator[str]:
    """A plan that went out without that advice, and without a decision in which somebody could have said why.

    It went, so it is kept; only the case and the figures say what was missing.
    """
    fact = docket.fact
    if fact is not None and fact.kind in MOVES and fact.kind != DECISION and (lacks := _lacking(docket, fact)):
        yield f"{_neither(lacks)} The case is shown as moved to a plan without it, until somebody says why."


def _lacking(docket: Docket, fact: Fact) -> list[str]:
    if docket.process != ASSESSMENT or docket.target is not None or any(each.kind in MOVES for each in docket.others):
        return []  # said of a process of its own, put right, or decided before and asked about then
    return [each for each in missing(docket.others, fact) if each not in codes_of(fact, "without")]


def _neither(lacks: Sequence[str]) -> str:
    return f"No {listed([f'{plain(each)} advice' for each in lacks], 'and no')} is recorded, and no nil return."


def _given(wanted: str, known: Iterable[Fact], asked: Iterable[Request]) -> bool:
    mine = [each for each in asked if category(each.key) == wanted]
    if not mine:  # advice that came although nobody is recorded as having asked for it
        return any(fact.kind in ANSWERS and category(fact.subject) == wanted for fact in known)
    return any(each.answered or (each.closed and each.closed.kind in _GIVEN) for each in mine)
