"""Reading what an attribute of a fact says."""

from datetime import date

from statute.facts import Fact
from statute.notation import parse_day


def day_of(fact: Fact, name: str) -> date | None:
    """An attribute that is a day, or None where it is not given. Raises FactError when it is no day."""
    text = fact.attributes.get(name)
    return parse_day(text) if text else None


def codes_of(fact: Fact, name: str) -> frozenset[str]:
    """An attribute that lists codes with commas between them."""
    text = fact.attributes.get(name, "")
    return frozenset(part.strip() for part in text.split(",") if part.strip())
