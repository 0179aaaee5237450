"""Consultations of schools and other providers on a draft plan (ss.39(2) and 40(3)): asked and answered."""

from collections.abc import Iterable
from dataclasses import dataclass

from statute.facts import Fact


@dataclass(slots=True)
class Consultation:
    """One consultation of one provider; `key` is the provider's URN, UKPRN or our own id."""

    key: str
    asked: Fact
    answered: Fact | None = None


def consultations(facts: Iterable[Fact]) -> list[Consultation]:
    """The latest consultation of each provider; while one is unanswered a repeat does not restart it."""
    current: dict[str, Consultation] = {}
    early: dict[str, Fact] = {}
    for fact in facts:
        if fact.kind == "consulted":
            before = current.get(fact.subject)
            if before is None or before.answered is not None:
                current[fact.subject] = Consultation(fact.subject, fact, early.pop(fact.subject, None))
        elif fact.kind == "consultation_reply":
            _reply(current, early, fact)
    return list(current.values())


def _reply(current: dict[str, Consultation], early: dict[str, Fact], fact: Fact) -> None:
    asked = current.get(fact.subject)
    if asked is None:
        early[fact.subject] = fact
    elif asked.answered is None:
        asked.answered = fact
