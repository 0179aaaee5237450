"""Letters to the family of a child: what waits for approval, what went, who gets them and who does not."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import Response

from casework.errors import Refused
from casework.families import drafts
from casework.families.reading import Shown, letter, letters_of_family
from casework.families.states import BY_SOMEBODY
from casework.mailing import house_of, posts_paper
from post.family import reasons
from web import family_words
from web.case_frame import frame
from web.case_refs import CaseRef
from web.desks import Reader, Worker
from web.faults import Faults
from web.forms import Form, Posted, day_values, read_day
from web.place import Desk

router = APIRouter()


@router.get("/cases/{ref}/letters")
def letters(at: Reader, ref: CaseRef) -> Response:
    """Every letter to the family, the latest first."""
    found = letters_of_family(at.db, ref, at.actor, at.now)
    at.saw("letters to a family", [found.head.id])
    return at.page(
        "family_letters/letters.html",
        title=f"Letters to family of {found.head.mail_ref}",
        found=found,
        letter_words=family_words,
        by_hand=not posts_paper(at.place.settings),
        **frame(at, found.head, "letters"),
    )


@router.post("/cases/{ref}/letters")
def look_again(at: Worker, ref: CaseRef, form: Posted) -> Response:
    """Draft what is due, and drop what is no longer true, without waiting for the case's clock."""
    try:
        drafts.look_again(at.db, ref, at.actor, at.now)
    except Refused as refused:
        return at.go(f"/cases/{ref}/letters", *refused.messages, warning=True)
    return at.go(f"/cases/{ref}/letters", "The letters are up to date.")


@router.get("/cases/{ref}/letters/{letter_id}")
def one(at: Reader, ref: CaseRef, letter_id: UUID) -> Response:
    """One letter exactly as it goes, with what can be done about it."""
    return _page(at, ref, letter_id, Form({}), Faults())


@router.post("/cases/{ref}/letters/{letter_id}")
def save(at: Worker, ref: CaseRef, letter_id: UUID, form: Posted) -> Response:
    """Change a draft."""
    faults = Faults()
    target = read_day(form, "target", faults, "The new target day", needed=False)
    change = drafts.Change(form.get("way"), form.get("reason"), target, form.get("words"))
    if not faults:
        try:
            drafts.save(at.db, ref, letter_id, change, at.actor, at.now)
        except Refused as refused:
            _place(refused, faults)
    if faults:
        return _page(at, ref, letter_id, form, faults)
    return at.go(f"/cases/{ref}/letters/{letter_id}", "Saved. Read the letter as it will go, then approve it.")


@router.post("/cases/{ref}/letters/{letter_id}/approve")
def approve(at: Worker, ref: CaseRef, letter_id: UUID, form: Posted) -> Response:
    """Approve exactly what was shown."""
    house, faults = house_of(at.place.settings), Faults()
    try:
        done = drafts.approve(at.db, ref, letter_id, form.get("seen"), house, at.actor, at.now)
    except Refused as refused:
        _place(refused, faults)
        return _page(at, ref, letter_id, Form({}), faults)
    return _back(at, ref, done)


@router.post("/cases/{ref}/letters/{letter_id}/drop")
def drop(at: Worker, ref: CaseRef, letter_id: UUID, form: Posted) -> Response:
    """Decide against a letter."""
    faults = Faults()
    try:
        done = drafts.drop(at.db, ref, letter_id, form.get("why"), at.actor, at.now)
    except Refused as refused:
        faults.say("why", " ".join(refused.messages))
        return _page(at, ref, letter_id, form, faults)
    return _back(at, ref, done)


@router.post("/cases/{ref}/letters/{letter_id}/posted")
def posted(at: Worker, ref: CaseRef, letter_id: UUID, form: Posted) -> Response:
    """A letter on paper was posted by hand."""
    faults = Faults()
    day = read_day(form, "posted", faults, "The day on which it was posted")
    if day is not None:
        try:
            return _back(at, ref, drafts.mark_posted(at.db, ref, letter_id, day, at.actor, at.now))
        except Refused as refused:
            faults.say("posted", " ".join(refused.messages))
    return _page(at, ref, letter_id, form, faults)


@router.get("/cases/{ref}/letters/{letter_id}/print")
def to_print(at: Reader, ref: CaseRef, letter_id: UUID) -> Response:
    """The letter alone, to be printed: nothing of the case stands on it."""
    shown = _shown(at, ref, letter_id)
    at.saw("a letter to a family", [shown.head.id])
    title = f"Letter to print, {shown.head.mail_ref}"
    return at.page("family_letters/print.html", title=title, shown=shown, day=shown.letter.sent_at or at.now)


def _shown(at: Desk, ref: str, letter_id: UUID) -> Shown:
    return letter(at.db, ref, letter_id, house_of(at.place.settings), at.actor, at.now)


def _page(at: Desk, ref: str, letter_id: UUID, form: Form, faults: Faults) -> Response:
    shown = _shown(at, ref, letter_id)
    at.saw("a letter to a family", [shown.head.id])
    row, may_write = shown.letter, at.me.role != "auditor"
    return at.page(
        "family_letters/letter.html",
        title=f"{family_words.name(row.kind, row.limit)}, {shown.head.mail_ref}",
        faults=faults,
        shown=shown,
        letter=row,
        form=_values(shown) | dict(form.values),
        letter_words=family_words,
        reasons={code: text or family_words.REASONS[code] for code, text in reasons().items()},
        drops=BY_SOMEBODY,
        by_hand=not posts_paper(at.place.settings),
        may_change=may_write and row.status in ("draft", "failed"),
        may_drop=may_write and row.status in ("draft", "approved", "failed"),
        **frame(at, shown.head, "letters"),
    )


def _values(shown: Shown) -> dict[str, Any]:
    row = shown.letter
    return {"way": row.way, "reason": row.why, "words": row.words, **day_values("target", row.target)}


_FIELDS = (("target day", "target"), ("how the letter goes", "way"), ("reason", "reason"))


def _place(refused: Refused, faults: Faults) -> None:
    """Each sentence beside the field that it is about; the others beside the words, or the letter."""
    for message in refused.messages:
        field = next((name for sign, name in _FIELDS if sign in message), "words")
        faults.say(field if "changed since" not in message else "letter", message)


def _back(at: Desk, ref: str, done: drafts.Done) -> Response:
    return at.go(f"/cases/{ref}/letters", done.said, warning=not done.well)
