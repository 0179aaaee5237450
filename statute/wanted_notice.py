"""What a notice of the law is: to whom it goes, when its time comes, what its letter must hold."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Who(StrEnum):
    """Somebody whom a notice must reach."""

    FAMILY = "family"
    SETTING = "setting"
    HEALTH = "health_commissioner"
    SOCIAL_CARE = "social_care"
    INVITED = "invited"


WHO_WORDS: Mapping[Who, str] = {
    Who.FAMILY: "the child's parent or the young person",
    Who.SETTING: "the head, principal or early years provider",
    Who.HEALTH: "the health commissioner",
    Who.SOCIAL_CARE: "the officers for social care",
    Who.INVITED: "everyone invited to the meeting",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedNotice:
    """One notice that the law wants.

    `kinds` are the facts by any of which it is recorded (none: the ledger has no entry for it); `after` the facts by
    any of which its time has come, `unless` those after which it is not wanted at all. A `patient` one has no day of
    its own, so that it is never missing. `contents` say what the letter must hold, `contents_of` for one kind of it.
    """

    name: str
    what: str
    law: str
    link: str
    to: tuple[Who, ...]
    kinds: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    patient: bool = False
    contents: tuple[str, ...] = ()
    contents_of: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])


APPEAL = (
    "the right to appeal to the First-tier Tribunal, and the time limits for it",
    "mediation: that an adviser must be contacted first, and how (reg 32)",
)
HELP = (
    "arrangements for resolving disagreements",
    "the information, advice and support service (SENDIASS)",
)
