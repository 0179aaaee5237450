"""Mail that came about a case, in words."""

from collections.abc import Mapping
from types import MappingProxyType

from casework.case_mail import Came
from web.words import day

_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "bounce": "A letter did not arrive",
        "delayed": "A letter is delayed",
        "automatic": "Automatic reply",
        "reply": "Reply",
        "unknown": "Mail that could not be read by itself",
    }
)


def kind(mail: Came) -> str:
    """What came: an automatic reply that says until when is out of office."""
    if mail.away_until:
        return f"Out of office until {day(mail.away_until)}"
    return _KINDS.get(mail.kind, "Mail")


def became(mail: Came) -> str:
    """What became of it."""
    if mail.status == "filed":
        return f"Filed by {mail.by}"
    if mail.status == "set_aside":
        return f"Set aside by {mail.by}: {mail.outcome}"
    return "Dealt with by itself"
