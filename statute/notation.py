"""Facts as text: `kind[:subject]=DAY[;attribute=value...]`, on the command line, in files and in tests.

For example `draft_plan_sent=2024-12-16;served=2024-12-18;reps_until=2025-01-06`. A `;` or `\\` inside a value is
written `\\;` or `\\\\`, a line break `\\n`.
"""

import re
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from statute.errors import FactError
from statute.facts import NO_ATTRIBUTES, Fact

# Nobody means a day beyond these, and a day near the last of the calendar cannot be counted from.
FIRST_YEAR, LAST_YEAR = 1900, 2199

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_PARTS = re.compile(r"((?:[^;\\]|\\.)*)(?:;|$)", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_SHAPE = "Write kind=YYYY-MM-DD or kind:subject=YYYY-MM-DD;attribute=value"


def parse_day(text: str) -> date:
    """A day written YYYY-MM-DD. Raises FactError when it is written otherwise, does not exist or cannot be meant."""
    text = text.strip()
    if not _ISO_DAY.fullmatch(text):
        raise FactError(f"{text!r} is not a day. Write it as YYYY-MM-DD.")
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise FactError(f"The day {text} does not exist.") from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise FactError(f"{text} cannot be meant: a day lies between the years {FIRST_YEAR} and {LAST_YEAR}.")
    return day


def parse_fact(text: str) -> Fact:
    """Read one fact. Raises FactError, saying what is wrong and how to write it.

    Only the shape is read here: whether the kind, its subject and attributes are known is for `judge`.
    """
    head, *rest = _split(text)
    what, equals, day = head.partition("=")
    kind, _, subject = what.strip().partition(":")
    if not equals or not kind.strip():
        raise FactError(f"{text!r} is not a fact. {_SHAPE}.")
    attributes = _attributes(rest, text)
    return Fact(kind.strip(), parse_day(day), subject.strip(), attributes)


def format_fact(fact: Fact) -> str:
    """The text that `parse_fact` reads back as the same kind, subject, day and attributes."""
    parts = [f"{name}={_escape(value)}" for name, value in fact.attributes.items()]
    return ";".join([f"{fact.name}={fact.day.isoformat()}", *parts])


def _attributes(parts: list[str], text: str) -> Mapping[str, str]:
    attributes: dict[str, str] = {}
    for part in parts:
        name, equals, value = part.partition("=")
        name = name.strip()
        if not equals or not name:
            raise FactError(f"{part.strip()!r} in {text!r} is not an attribute. Write attribute=value.")
        if name in attributes:
            raise FactError(f"The attribute {name} is given twice in {text!r}. Give it once.")
        attributes[name] = _unescape(value.strip())
    return MappingProxyType(attributes) if attributes else NO_ATTRIBUTES


def _split(text: str) -> list[str]:
    parts = [match.group(1) for match in _PARTS.finditer(text.strip())]
    while len(parts) > 1 and not parts[-1].strip():  # a closing `;` is no attribute
        parts.pop()
    return parts or [""]


def _escape(value: str) -> str:
    return value.replace("\\", "\\\\").replace(";", "\\;").replace("\n", "\\n")


def _unescape(value: str) -> str:
    return _ESCAPED.sub(lambda found: "\n" if found[1] == "n" else found[1], value)
