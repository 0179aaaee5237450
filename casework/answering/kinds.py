"""What can be answered to a request for advice, what it is about, and what keeps it waiting for a person."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Answer(StrEnum):
    """What somebody answered."""

    RECEIVED = "received"  # the advice
    PART = "part"  # a part of it: the clock runs on
    NIL = "nil"  # nothing to say
    COLLEAGUE = "colleague"  # somebody else in the same service: the clock runs on
    ANOTHER_BODY = "another_body"  # another service: this request closes, and theirs begins
    DECLINED = "declined"  # section 31(2), with reasons in writing
    EXPECTED = "expected"  # cannot by then; recorded, and no relief
    MISSED = "missed"  # an appointment that was not kept: regulation 8(2)(c), which a caseworker decides
    ALREADY_GIVEN = "already_given"  # earlier advice is enough: regulation 6(4), which three must agree to


class Waits(StrEnum):
    """For what a caseworker is needed. Empty where the fact was recorded."""

    COLLEAGUE = "colleague"  # whether that address may be asked
    BODY = "body"  # which service of the directory is meant
    MISSED = "missed"  # whether it is an exception
    REUSE = "reuse"  # whether the family and the authority agree
    CLOSED = "closed"  # it came when the case was closed
    CANCELLED = "cancelled"  # ... when nobody wanted the request any more
    PASSED_ON = "passed_on"  # ... when somebody else was asked
    ANSWERED = "answered"  # ... when the request was answered
    RECORDING = "recording"  # the ledger would not take it


CAME_TOO_LATE = frozenset({Waits.CLOSED, Waits.CANCELLED, Waits.PASSED_ON, Waits.ANSWERED, Waits.RECORDING})
"""It could not be recorded as it came: a person records it, or sets it aside."""

FACT: Mapping[Answer, str] = MappingProxyType(
    {
        Answer.RECEIVED: "advice_received",
        Answer.PART: "advice_part",
        Answer.NIL: "advice_nil",
        Answer.COLLEAGUE: "advice_reassigned",
        Answer.ANOTHER_BODY: "advice_reassigned",
        Answer.DECLINED: "advice_declined",
        Answer.EXPECTED: "advice_expected",
        Answer.ALREADY_GIVEN: "advice_reused",
    }
)
"""What the ledger calls each. A missed appointment is none of its facts before a caseworker makes it an exception."""

NOTHING = ("not_known", "no_needs", "other")
"""Why there is nothing to say."""
GROUNDS = ("incompatible", "adverse")
"""Section 31(2): incompatible with the body's own duties, or an adverse effect on the exercise of its functions."""
SECTIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "health": ("C", "E", "F", "G"),
        "educational_psychology": ("B", "E", "F"),
        "social_care": ("D", "E", "H1", "H2"),
        "education": ("B", "E", "F"),
    }
)
ALL_SECTIONS = ("B", "C", "D", "E", "F", "G", "H1", "H2")


def sections_of(category: str) -> tuple[str, ...]:
    """The sections of a plan (regulation 12(1)) that advice of this category can be for."""
    return SECTIONS.get(category, ALL_SECTIONS)
