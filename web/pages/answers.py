"""What was answered by links in one case, and what a caseworker does with it."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from uuid import UUID

from fastapi import APIRouter, HTTPException
from fastapi.responses import Response

from casework.answering import deeds
from casework.answering.case_answers import case_answers
from casework.case_head import head_of
from casework.errors import Refused
from web.advice import words
from web.case_frame import frame
from web.case_refs import CaseRef
from web.desks import Reader, Worker
from web.faults import Faults
from web.forms import Form, Posted
from web.place import Desk

router = APIRouter()

_BOTH = ("family", "authority")


@router.get("/cases/{ref}/answers")
def answers(at: Reader, ref: CaseRef) -> Response:
    """The answers, the newest first; those that wait for a person have their buttons."""
    return _page(at, ref, Faults())


@router.post("/cases/{ref}/answers/{answer_id}/{deed}")
def do(at: Worker, ref: CaseRef, answer_id: UUID, deed: str, form: Posted) -> Response:
    """Do one thing with one answer."""
    if deed not in _DEEDS:
        raise HTTPException(404)
    faults = Faults()
    try:
        said = _DEEDS[deed](at, ref, answer_id, form)
    except Refused as refused:
        for message in refused.messages:
            faults.say(f"answer-{answer_id}", message)
        return _page(at, ref, faults)
    return at.go(f"/cases/{ref}/answers", said)


def _accept(at: Desk, ref: str, answer_id: UUID, form: Form) -> str:
    deeds.accept(at.db, ref, answer_id, at.actor, at.now)
    return "The advice is accepted as it is. It counts from the day on which it came."


def _agree(at: Desk, ref: str, answer_id: UUID, form: Form) -> str:
    if not all(each in form.many("agreed") for each in _BOTH):
        raise Refused("Earlier advice is reused only when the family and the council agree too (regulation 6(4)).")
    deeds.agree(at.db, ref, answer_id, at.actor, at.now)
    return "Recorded: the earlier advice is reused. Nobody asks for it again."


def _pass_on(at: Desk, ref: str, answer_id: UUID, form: Form) -> str:
    deeds.pass_on(at.db, ref, answer_id, at.actor, at.now, form.get("body"))
    return "The request was passed on. The letter goes at once."


def _file(at: Desk, ref: str, answer_id: UUID, form: Form) -> str:
    deeds.file(at.db, ref, answer_id, at.actor, at.now)
    return "The answer is on record, on the day on which it came."


def _done(at: Desk, ref: str, answer_id: UUID, form: Form) -> str:
    deeds.set_aside(at.db, ref, answer_id, at.actor, at.now)
    return "Nothing more is to be done about this answer."


def _withdraw(at: Desk, ref: str, answer_id: UUID, form: Form) -> str:
    if form.get("sure") != "yes":
        raise Refused("Tick that it is not about this child: what it met runs again, and its documents are not shown.")
    deeds.set_aside(at.db, ref, answer_id, at.actor, at.now, withdraw=True)
    return "The answer is taken out: what it met runs again, and its documents are shown no more. Tell whoever sent it."


_DEEDS: Mapping[str, Callable[[Desk, str, UUID, Form], str]] = MappingProxyType(
    {
        "accept": _accept,
        "agree": _agree,
        "pass-on": _pass_on,
        "file": _file,
        "done": _done,
        "withdraw": _withdraw,
    }
)


def _page(at: Desk, ref: str, faults: Faults) -> Response:
    head, found = head_of(at.db, ref, at.actor), case_answers(at.db, ref, at.actor)
    at.saw("answers of a case", [head.id])
    return at.page(
        "answers/answers.html",
        title=f"Answers in {head.mail_ref}",
        faults=faults,
        answers=found,
        advice_words=words,
        **frame(at, head, "answers"),
    )
