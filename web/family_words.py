"""The words of letters to families on the pages of staff."""

from collections.abc import Mapping
from types import MappingProxyType

from casework.families.states import BY_SOMEBODY
from web.names import limit_words

KINDS: Mapping[str, str] = MappingProxyType({"acknowledgement": "Acknowledgement", "delay": "Notice of delay"})
WAYS: Mapping[str, str] = MappingProxyType({"email": "Email", "letter": "Letter on paper", "": "Not chosen yet"})
ROLES: Mapping[str, str] = MappingProxyType(
    {"parent": "Parent or carer", "young_person": "The young person", "representative": "Representative"}
)
REASONS: Mapping[str, str] = MappingProxyType({"other": "Only your own words below"})
"""Of reasons for a delay: what stands for those that say nothing by themselves."""
_STATUSES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "draft": ("Waits for approval", "yellow"),
        "approved": ("Approved, goes with the next post", "blue"),
        "sending": ("Being sent", "blue"),
        "sent": ("Sent", "green"),
        "failed": ("Could not be delivered", "red"),
        "dropped": ("Dropped", "grey"),
    }
)
_FATES: Mapping[str, str] = MappingProxyType({"delivered": "Delivered", "delayed": "Delayed on its way"})
_WHY: Mapping[str, str] = MappingProxyType(
    {
        **BY_SOMEBODY,
        "died": "Nobody is written to after a death",
        "ended": "The case has ended",
        "met": "It was done",
        "lifted": "An exception lifts the limit",
        "day_changed": "The day was corrected",
        "day_passed": "It was too late for it",
        "do_not_contact": "Asked not to be contacted",
        "contact_gone": "No longer a contact of this case",
        "choose_way": "Nobody has said how they want to be written to, or there is no address for it",
        "no_address": "There is no address for it any more",
        "refused": "The address was refused",
        "given_up": "It was tried for days and nobody took it",
        "came_back": "It came back, or was never delivered",
        "cannot_be_written": "It cannot be written as it is",
    }
)
_SENSITIVE: Mapping[str, str] = MappingProxyType(
    {
        "restricted": "the case is restricted to named staff",
        "looked_after": "the child is looked after, so think who has parental responsibility",
        "confidential": "an address in this family is confidential",
    }
)


def name(kind: str, limit: str) -> str:
    """What a letter is: `Notice of delay: decide whether to assess`."""
    what = KINDS.get(kind, kind)
    return what if kind == "acknowledgement" else f"{what}: {_small(limit_words(limit))}"


def status(status: str, fate: str = "") -> str:
    """How a letter stands, or what became of it since it went."""
    return _FATES.get(fate) or _STATUSES[status][0]


def status_colour(status: str) -> str:
    """The colour of its badge."""
    return _STATUSES[status][1]


def why(code: str) -> str:
    """Why a letter was dropped, could not go, or goes to nobody."""
    return _WHY.get(code, code)


def careful(code: str) -> str:
    """Why a person must look at every letter of the case, fit for the end of a sentence."""
    return _SENSITIVE[code]


def to_do(status: str) -> str:
    """What an officer has to do about a letter that waits."""
    return {
        "draft": "Read it, then approve or drop it",
        "failed": "It could not be delivered: correct the address, or tell them in another way",
    }.get(status, "Print it and post it")


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]
