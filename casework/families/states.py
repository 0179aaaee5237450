"""What can become of a letter to a family, by which way it goes, and why one was dropped."""

from collections.abc import Mapping
from types import MappingProxyType

DRAFT, APPROVED, SENDING, SENT, FAILED, DROPPED = "draft", "approved", "sending", "sent", "failed", "dropped"
EMAIL, LETTER = "email", "letter"
NOT_CHOSEN = ""
"""Nobody has said how this person wants to be written to."""

# Why the engine drops one. It comes back as a draft should that no longer be so.
DIED, ENDED, MET, LIFTED = "died", "ended", "met", "lifted"
DAY_CHANGED, DAY_PASSED = "day_changed", "day_passed"
DO_NOT_CONTACT, CONTACT_GONE = "do_not_contact", "contact_gone"
BY_ITSELF = frozenset({DIED, ENDED, MET, LIFTED, DAY_CHANGED, DAY_PASSED, DO_NOT_CONTACT, CONTACT_GONE})

BY_SOMEBODY: Mapping[str, str] = MappingProxyType(
    {
        "told_otherwise": "The family was told in another way",
        "in_time": "It will be done in time",
        "not_suitable": "A letter is not right for this family",
        "not_theirs": "This person should not have it",
        "other": "Another reason",
    }
)
"""Why a caseworker drops one: a code, because a reason in words would outlive the child's other texts."""

# Why one that was approved could not go.
NO_ADDRESS, REFUSED, GIVEN_UP, CAME_BACK = "no_address", "refused", "given_up", "came_back"
CANNOT_BE_WRITTEN = "cannot_be_written"

# What makes a case one whose letters nobody but a person may send.
RESTRICTED, LOOKED_AFTER, CONFIDENTIAL = "restricted", "looked_after", "confidential"
