"""From a message as it is kept to an item of a letter. No child is named: there is no field for it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from casework.recipients import Recipients
from post.items import Item, Kind, Late
from records.tables import Message, Process
from statute.kind import ANNUAL_REVIEW
from statute.ladder import Role

_DAYS = ("start", "due", "working_due", "norm_due", "meeting", "legal_due", "final", "came")
_OWN = frozenset({Role.CASEWORKER.value, Role.MANAGER.value, Role.HEAD_OF_SERVICE.value})
# Where a message about a review says of no limit what it is about.
_REVIEW = "review"


def item_of(message: Message, process: Process, recipients: Recipients, link: str = "") -> Item:
    """What a message about one process says, with the link of whoever it goes to.

    Raises post.errors.ItemError when it lacks what it must say.
    """
    days: dict[str, Any] = {name: _day(message.about, name) for name in _DAYS}
    return Item(
        kind=Kind(message.kind),
        mail_ref=process.mail_ref,
        limit=message.about.get("limit") or (_REVIEW if process.kind == ANNUAL_REVIEW else ""),
        category=message.subject,
        own=message.role in _OWN,
        rung=int(message.rung) if message.rung.lstrip("-").isdigit() else None,
        team=process.team or "",
        service=recipients.service(message.subject) if message.subject else "",
        link=link,
        answer=message.about.get("answer", ""),
        missing=tuple(message.about.get("missing", ())),
        count=int(message.about.get("documents", 0)),
        **days,
    )


def weekly_item(message: Message, service: str) -> Item:
    """What a service's weekly summary says."""
    oldest = tuple(
        Late(mail_ref=late["mail_ref"], due=date.fromisoformat(late["due"])) for late in message.about["oldest"]
    )
    return Item(kind=Kind.WEEKLY, service=service, count=message.about["count"], oldest=oldest)


def _day(about: Mapping[str, Any], name: str) -> date | None:
    return date.fromisoformat(about[name]) if name in about else None
