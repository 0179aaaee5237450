"""Facts and timelines in the words of the ledger, for tables of cases."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from statute.assessment import timeline
from statute.facts import Fact
from statute.norms import NO_NORMS
from statute.notation import parse_fact
from statute.timeline import Deadline, Timeline


def day(text: str) -> date:
    return date.fromisoformat(text)


def facts(*said: str) -> list[Fact]:
    """The facts as a ledger holds them: in the order in which they were recorded."""
    return [replace(parse_fact(text), sequence=number) for number, text in enumerate(said, start=1)]


def at(as_of: str, *said: str, norms: Mapping[str, int] = NO_NORMS) -> Timeline:
    return timeline(facts(*said), day(as_of), norms=norms)


def one(as_of: str, limit: str, *said: str, subject: str = "") -> Deadline:
    found = at(as_of, *said).get(limit, subject)
    assert found is not None, f"no row {limit} {subject}"
    return found


def state(as_of: str, limit: str, *said: str, subject: str = "") -> str:
    return one(as_of, limit, *said, subject=subject).state.value
