"""Which facts stand, after everything that was later said about the record itself.

Corrections and retractions are knowledge: they hold for every day one looks back at. A reopening is an event: it
undoes the closings before it, from its own day on.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from statute.endings import closes
from statute.facts import Fact
from statute.kinds import ABOUT_THE_RECORD, MAY_LIE_AHEAD, REFUSALS, split_subject
from statute.notation import parse_day

# What a correction says about itself rather than about the fact it corrects.
OWN_ATTRIBUTES = frozenset({"was", "file", "line", "note"})


def standing(facts: Sequence[Fact], today: date | None = None) -> tuple[Fact, ...]:
    """The facts that stand on `today` (None: whatever their day), ordered by day, then as recorded.

    What may lie ahead, a phase transfer, stands on every day.
    """
    kinds = {fact.kind for fact in facts}
    if not ABOUT_THE_RECORD.isdisjoint(kinds):
        facts = as_now_known(facts)
    known = facts
    if today is not None:
        known = [fact for fact in facts if fact.day <= today or fact.kind in MAY_LIE_AHEAD]
    ordered = sorted(known, key=in_order)
    if "reopened" in kinds:
        ordered = _reopened(ordered)
    return tuple(ordered)


def undone_by_reopening(fact: Fact, among: Iterable[Fact] = ()) -> bool:
    """Whether a later reopening undoes the fact: a closing (`among` the facts it stands with), but no refusal.

    The letter of a refusal was sent and met its limit; only its closing effect is undone.
    """
    return fact.kind not in REFUSALS and closes(fact, among)


def target_of(facts: Sequence[Fact], about: Fact) -> Fact | None:
    """The fact (of those as now known) that a correction or retraction is about, or None.

    It is the one with the sequence in `supersedes`, if that stands; else, among those of the kind and subject
    named, the one of the day named (a retraction's own day, a correction's `was`); else, for a correction, the latest.
    """
    if about.supersedes is not None:
        named = next((fact for fact in facts if fact.sequence == about.supersedes), None)
        if named is not None:
            return named
    kind, subject = split_subject(about.subject)
    same = [fact for fact in facts if fact.kind == kind and fact.subject == subject]
    said = about.day if about.kind == "retracted" else _was(about)
    if said is not None:
        same = [fact for fact in same if fact.day == said]
    return max(same, key=in_order, default=None)


def corrected(fact: Fact, correction: Fact) -> Fact:
    """The fact as the correction has it: its day, and its attributes laid over (an empty value removes one)."""
    attributes = dict(fact.attributes)
    attributes.update((k, v) for k, v in correction.attributes.items() if k not in OWN_ATTRIBUTES)
    kept = {name: value for name, value in attributes.items() if value}
    return replace(fact, day=correction.day, attributes=MappingProxyType(kept))


def in_order(fact: Fact) -> tuple[date, int]:
    """Facts in the order in which they happened, then as recorded."""
    return (fact.day, fact.sequence)


def _was(about: Fact) -> date | None:
    was = about.attributes.get("was")
    return parse_day(was) if was else None


def as_now_known(facts: Sequence[Fact]) -> list[Fact]:
    """The facts after every correction and retraction, in the order recorded, with what a reopening has undone."""
    known: list[Fact] = []
    for fact in sorted(facts, key=lambda fact: fact.sequence):
        if fact.kind not in ABOUT_THE_RECORD:
            known.append(fact)
            continue
        target = target_of(known, fact)
        if target is None:
            continue
        place = next(index for index, each in enumerate(known) if each is target)
        known[place : place + 1] = [corrected(target, fact)] if fact.kind == "corrected" else []
    return known


def _reopened(ordered: Sequence[Fact]) -> list[Fact]:
    kept: list[Fact] = []
    for fact in ordered:
        if fact.kind == "reopened":
            kept = [each for each in kept if not undone_by_reopening(each, kept)]
        kept.append(fact)
    return kept
