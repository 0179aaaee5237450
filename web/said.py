"""Sentences to show once on the next page, after a form was taken: kept in the database, never in the address."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypedDict

from casework.drafts import keep_draft, take_draft
from web.without_commands import without_commands

if TYPE_CHECKING:
    from web.place import Desk


class Said(TypedDict):
    """What is shown on top of a page, once."""

    sentences: list[str]
    warning: bool


def keep_said(at: "Desk", url: str, sentences: Sequence[str], warning: bool) -> str:
    """The address with the number of what is to be said there."""
    answers = {"sentences": [without_commands(each) for each in sentences], "warning": warning}
    draft = keep_draft(at.db, at.keeper, "said", answers, at.now)
    path, hash_, rest = url.partition("#")
    return f"{path}{'&' if '?' in path else '?'}said={draft}{hash_}{rest}"


def take_said(at: "Desk") -> Said | None:
    """What is to be said on this page; it is gone afterwards."""
    number = at.request.query_params.get("said", "")
    if not number or not at.keeper:
        return None
    answers = take_draft(at.db, at.keeper, "said", number)
    return Said(sentences=answers["sentences"], warning=answers["warning"]) if answers else None
