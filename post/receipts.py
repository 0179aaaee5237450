"""What a receipt says of advice that is not complete: words for codes, so that nothing that was written slips in."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from statute.words import listed

MISSING: Mapping[str, str] = MappingProxyType(
    {
        "old_report": "the report is older than we may use",
        "no_needs": "the needs are not described",
        "no_outcomes": "the outcomes are not described",
        "no_provision": "the provision is not described",
        "no_sections": "it does not say which sections of the plan it is for",
    }
)
"""Why advice is sent back, fit for the middle of a sentence."""


def missing_words(codes: Iterable[str]) -> str:
    """`the needs are not described and the outcomes are not described`; what has no words of its own is left out."""
    return listed([MISSING[code] for code in codes if code in MISSING])
