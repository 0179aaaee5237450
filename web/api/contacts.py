"""The contact log of a case."""

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from casework.case import called
from casework.case_card import contact_log
from casework.contacts_log import Note, log_contact
from casework.once import done_once
from web.api import answers
from web.api.asked import NewContactNote
from web.api.declared import ONE_CASE, WRITE_ONE
from web.api.desks import ApiReader, ApiWorker
from web.api.shapes import Key, Ref
from web.api.writing import by_key, made, number_of

router = APIRouter(tags=["Contacts"])


@router.get("/cases/{ref:path}/contact-notes", responses=ONE_CASE)
def read_the_contact_log(at: ApiReader, ref: Ref) -> answers.ContactNotes:
    """Contacts with the family and others about this case, the latest first."""
    process, found = contact_log(at.db, ref, at.actor)
    at.saw("api: contact notes", [process])
    return answers.ContactNotes(items=tuple(answers.ContactNote.model_validate(each) for each in found))


@router.post("/cases/{ref:path}/contact-notes", status_code=201, response_model=answers.Noted, responses=WRITE_ONE)
def note_a_contact(at: ApiWorker, ref: Ref, body: NewContactNote, key: Key) -> JSONResponse:
    """Put a contact down: on which day, how, with whom, and what was said."""
    once = by_key(at, key, body, 201, _noted)
    note = Note(body.day, body.way, body.with_whom, body.text)

    def work() -> str:
        log_contact(at.db, ref, note, at.actor, at.now, number_of(once))
        return called(at.db, ref, at.actor)

    return made(once, done_once(at.db, once, work))


def _noted(case_ref: str) -> answers.Noted:
    return answers.Noted(case_ref=case_ref)
