"""The contact log of a case: who was spoken or written to, and what was said."""

from typing import Annotated
from uuid import uuid4

from fastapi import APIRouter, Query
from fastapi.responses import Response

from casework.contacts_log import PAGE, WAYS, WITH_WHOM, Note, log_contact, log_of
from casework.errors import Refused
from web.case_refs import CaseRef
from web.desks import Reader, Worker
from web.faults import Faults
from web.forms import Form, Posted, number_of, read_day
from web.recording.fields import DAY_HINT, Field
from web.recording.messages import place
from web.recording.reading import read_texts

router = APIRouter()

_ON = Field("on", "When were you in contact?", DAY_HINT, "day", needed=True)
_WAY = Field("way", "How?", "", "radios", list(WAYS.items()), needed=True)
_WITH = Field("with_whom", "With whom?", "", "radios", list(WITH_WHOM.items()), needed=True)
_TEXT = Field(
    "text",
    "What was said?",
    "A few sentences, as the family may ask to read them. They are kept with the case and never sent.",
    "text",
    needed=True,
)
_FIELDS = (_ON, _WAY, _WITH, _TEXT)


@router.get("/cases/{ref}/contact")
def show(at: Reader, ref: CaseRef, after: Annotated[int, Query(ge=0, le=100_000)] = 0) -> Response:
    """The log, the latest contact first, and the form to add to it."""
    return _page(at, ref, Form({}), Faults(), after)


@router.post("/cases/{ref}/contact")
def add(at: Worker, ref: CaseRef, form: Posted) -> Response:
    """Add a contact; the same form twice adds one."""
    faults = Faults()
    day = read_day(form, "on", faults, "The day")
    said = read_texts(form, _FIELDS[1:], faults)
    if faults or day is None:
        return _page(at, ref, form, faults)
    note = Note(day, said["way"], said["with_whom"], said["text"])
    try:
        log_contact(at.db, ref, note, at.actor, at.now, number_of(form))
    except Refused as refused:
        place(refused.messages, _FIELDS, faults)
        return _page(at, ref, form, faults)
    return at.go(f"/cases/{ref}/contact", "The contact was added to the log.")


def _page(at: Reader, ref: str, form: Form, faults: Faults, after: int = 0) -> Response:
    log = log_of(at.db, ref, at.actor, after)
    at.saw("contact log", [log.process_id])
    return at.page(
        "recording/contact.html",
        title=f"Contact log, {log.mail_ref}",
        faults=faults,
        form=form,
        log=log,
        fields=_FIELDS,
        ways=WAYS,
        whom=WITH_WHOM,
        number=number_of(form) or uuid4(),
        may_write=at.me.role != "auditor",
        next_page=f"/cases/{log.mail_ref}/contact?after={after + PAGE}" if log.more else "",
        first_page=f"/cases/{log.mail_ref}/contact" if after else "",
    )
