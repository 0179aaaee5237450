"""Every kind of fact that can be recorded, as data: what it is about and what can be said with it.

The shape is that of the ledger; the effect on the clocks is in the modules named after the thing affected.
Attributes hold days, codes and ids; words go to the attributes of TEXT_ATTRIBUTES, which are kept apart.
"""

from collections.abc import Mapping
from types import MappingProxyType

from statute.kind import (
    ANNUAL_REVIEW,
    ASSESSMENT,
    CATEGORIES,
    CODE,
    COMMON,
    DAY,
    PAST,
    TEXT_ATTRIBUTES,
    YES_NO,
    About,
    Allowed,
    Kind,
    Value,
    split_subject,
)
from statute.kinds_of_assessments import KINDS_OF_ASSESSMENTS, WHY
from statute.kinds_of_reviews import ARRANGERS, KINDS_OF_REVIEWS, TRANSFERS

__all__ = [
    "ABOUT_THE_RECORD",
    "ARRANGERS",
    "CATEGORIES",
    "COMMON",
    "ENDS",
    "GROUNDS",
    "KINDS",
    "MAY_LIE_AHEAD",
    "REFUSALS",
    "STARTS",
    "STARTS_OF",
    "TEXT_ATTRIBUTES",
    "TRANSFERS",
    "VOIDS",
    "About",
    "Allowed",
    "Kind",
    "Value",
    "split_subject",
]

GROUNDS = (
    "closed_school",
    "closed_early_years",
    "personal",
    "absent_4w",
    "coronavirus",
    "exceptional",
    "missed_appointment",
)

_RELIEF: dict[str, Allowed] = {
    "limit": CODE,
    "subject": CODE,
    "ground": GROUNDS,
    "from": DAY,
    "to": DAY,
    "approver": CODE,
    "family_told_on": PAST,
    "target": DAY,
    "confirmed": YES_NO,
    "first_closed": DAY,
    "reopens": DAY,
    "advice_requested": PAST,
}
_HOLD: dict[str, Allowed] = {"from": DAY, "to": DAY, "reason": CODE}
_ANY_PROCESS = frozenset({ASSESSMENT, ANNUAL_REVIEW})


def _anywhere(
    name: str,
    words: str,
    attributes: dict[str, Allowed],
    about: About = About.NOTHING,
    *,
    required: tuple[str, ...] = (),
    ends: bool = False,
) -> Kind:
    return Kind(name, words, about, attributes, required, ends=ends, processes=_ANY_PROCESS)


_KINDS_OF_ANY_PROCESS = (
    _anywhere("relief", "a relief was recorded", _RELIEF, required=("ground",)),
    # The end, and what is said about the record itself
    _anywhere("moved_away", "the family moved away", {"to_authority": CODE}, ends=True),
    _anywhere("died", "the child or young person died", {}, ends=True),
    _anywhere("attained_26", "the young person turned 26", {}, ends=True),
    _anywhere("mail_hold", "letters were put on hold", _HOLD),
    _anywhere("opened_in_error", "the case was found to have been opened in error", WHY, ends=True),
    _anywhere("merged_into", "the case was merged into another", {"process": CODE}, ends=True),
    _anywhere("reopened", "the case was reopened", WHY),
    _anywhere("corrected", "an entry was corrected", {"was": DAY}, About.KIND),
    _anywhere("retracted", "an entry was retracted", WHY, About.KIND),
)
_ALL = (*KINDS_OF_ASSESSMENTS, *KINDS_OF_REVIEWS, *_KINDS_OF_ANY_PROCESS)

KINDS: Mapping[str, Kind] = MappingProxyType({kind.name: kind for kind in _ALL})

STARTS = frozenset(kind.name for kind in _ALL if kind.starts)
STARTS_OF: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        process: tuple(kind.name for kind in _ALL if kind.starts and process in kind.processes)
        for process in _ANY_PROCESS
    }
)
ENDS = frozenset(kind.name for kind in _ALL if kind.ends)
# A day to come can be recorded of these, and they count whatever day it is.
MAY_LIE_AHEAD = frozenset(kind.name for kind in _ALL if kind.ahead)
# These leave no process behind: nothing was ever owed.
VOIDS = frozenset({"opened_in_error", "merged_into"})
REFUSALS = frozenset({"decision_not_to_assess", "decision_not_to_issue"})
ABOUT_THE_RECORD = frozenset({"corrected", "retracted"})
