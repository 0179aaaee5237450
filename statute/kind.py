"""What a kind of fact is: what it is about, what can be said with it, and in which processes it can be recorded."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

ASSESSMENT = "assessment"
ANNUAL_REVIEW = "annual-review"
A_PROCESS: Mapping[str, str] = MappingProxyType({ASSESSMENT: "an assessment", ANNUAL_REVIEW: "a plan and its review"})


class About(StrEnum):
    """What the subject of a fact names."""

    NOTHING = "nothing"
    CATEGORY = "category"
    PROVIDER = "provider"
    KIND = "kind"
    TRANSFER = "transfer"
    ARRANGER = "arranger"


class Value(StrEnum):
    """What an attribute can hold."""

    DAY = "day"  # a day, past or to come
    PAST = "past day"  # a day that has happened, within the process
    ARRIVAL = "arrival"  # a day on which something sent arrives: within the process, may still be to come
    OLD = "earlier day"  # a day that has happened, perhaps before the process
    CODE = "code"
    TEXT = "text"
    YES_NO = "yes or no"


CATEGORIES = ("education", "health", "educational_psychology", "social_care", "other")

Allowed = Value | tuple[str, ...]
"""A kind of value, or the closed list of codes. A name ending in `*` in a list may be combined with commas."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of fact.

    `words` say it happened ("the request was received"); `ends` whether it can close the process (a final or
    amended plan only when it went to the family); `starts` whether a process can begin with it; `required` the
    attributes without which it means nothing; `processes` the processes in which it can be recorded. The own day
    of one that may lie `ahead` can be a day to come, and it counts whatever day it is.
    """

    name: str
    words: str
    about: About = About.NOTHING
    attributes: Mapping[str, Allowed] = field(default_factory=dict[str, Allowed])
    required: tuple[str, ...] = ()
    starts: bool = False
    ends: bool = False
    ahead: bool = False
    processes: frozenset[str] = frozenset({ASSESSMENT})


DAY, PAST, ARRIVAL, OLD, CODE, TEXT, YES_NO = Value

METHODS = ("email", "hand", "post")
FAMILY = ("parent*", "young_person*", "representative*")
RECIPIENTS = ("family*", "parent*", "young_person*", "representative*", "setting*", "health_commissioner*")

# Said with any fact: the free text beside it, and where an imported fact came from.
COMMON: Mapping[str, Allowed] = MappingProxyType(
    {"because": TEXT, "evidence": TEXT, "note": TEXT, "reasons": TEXT, "file": CODE, "line": CODE}
)
TEXT_ATTRIBUTES = frozenset({"because", "evidence", "note", "reasons"})


def split_subject(subject: str) -> tuple[str, str]:
    """`corrected:advice_requested:health` has the subject `advice_requested:health`: kind and subject of that."""
    kind, _, rest = subject.partition(":")
    return kind, rest
