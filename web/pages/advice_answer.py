"""The page of one request for advice, for whoever was asked by a link: what is asked, and every way to answer it."""

from collections.abc import Sequence
from uuid import UUID, uuid4

from fastapi import APIRouter, HTTPException
from fastapi.responses import RedirectResponse, Response

from casework.answering.asked import Asked, asked
from casework.answering.done import done
from casework.answering.given import Given
from casework.answering.giving import give, taken_before
from casework.documents import paper_of
from casework.mailing import house_of
from casework.secure_links.making import Opens
from casework.secure_links.visits import Opened
from web.advice import words
from web.advice.choices import BY_SLUG, DECLINE, GIVE, Choice, offered
from web.advice.fields import fields_for
from web.advice.late import PerhapsLate, opened_perhaps_late
from web.advice.reading import Read, filled, read
from web.advice.uploads import LIMITS, Uploaded, uploaded
from web.document_forms import archive_at
from web.faults import Faults
from web.forms import Form, Posted, number_of
from web.giving_out import given_out
from web.visitors import NoVisit, Visitor, VisitorDesk

router = APIRouter()

REQUEST = "/advice/{link_id:uuid}"
_CHOOSE = "Choose how you want to answer"


@router.get(REQUEST)
def request_page(at: Visitor, link_id: UUID) -> Response:
    """Who the child is, what is asked by which day and why, the papers, and the choice of answers."""
    return _request_page(at, at.opened(link_id, Opens.REQUEST), Faults())


@router.get(f"{REQUEST}/answer")
def choose(at: Visitor, link_id: UUID, answer: str = "") -> Response:
    """On to the form of the answer that was chosen."""
    opened = at.opened(link_id, Opens.REQUEST)
    if answer in BY_SLUG:
        return RedirectResponse(f"/advice/{link_id}/{answer}", status_code=303)
    faults = Faults()
    faults.say("answer", _CHOOSE)
    return _request_page(at, opened, faults)


@router.get(f"{REQUEST}/papers/{{document_id:uuid}}")
def paper(at: Visitor, link_id: UUID, document_id: UUID) -> Response:
    """One of the papers that go with the request (reg 6(3)), to be saved."""
    opened = at.opened(link_id, Opens.REQUEST)
    if opened.process_id is None:
        raise NoVisit
    return given_out(paper_of(at.db, archive_at(at), opened.process_id, document_id, at.actor, at.now))


@router.get(f"{REQUEST}/answers/{{answer_id:uuid}}")
def answered(at: PerhapsLate, link_id: UUID, answer_id: UUID) -> Response:
    """What came, what that does to the request, and what is missing; nothing of the child."""
    opened, late = opened_perhaps_late(at, link_id)
    found = done(at.db, opened, answer_id, at.now)
    if found is None:
        raise NoVisit
    title = f"{'We have your advice, not complete' if found.faults else 'We have your answer'}, {found.mail_ref}"
    return at.page("advice/done.html", title=title, done=found, late=late, link_id=link_id, words=words)


@router.get(f"{REQUEST}/{{answer}}")
def ask(at: Visitor, link_id: UUID, answer: str) -> Response:
    """The short form of one answer."""
    opened, choice = at.opened(link_id, Opens.REQUEST), _choice(answer)
    found = _asked(at, opened)
    _must_be_offered(choice, found)
    form = Form({})
    if choice.slug == GIVE and found.sent_back:
        form = filled(found.sent_back.form, found.sent_back.said)
    return _form_page(at, found, choice, form, Faults(), uuid4(), ())


@router.post(f"{REQUEST}/{{answer}}")
def take(at: PerhapsLate, link_id: UUID, answer: str, form: Posted) -> Response:
    """Take the answer, or show its form again with what is wrong and everything that was typed and taken.

    Of a request that is over nothing more is shown: what can be read of the answer is kept for a caseworker.
    """
    (opened, late), choice = opened_perhaps_late(at, link_id), _choice(answer)
    found, number, faults = _asked(at, opened), number_of(form) or uuid4(), Faults()
    # A form that comes again is not read again: what it may leave out can have changed with its own first coming.
    if before := taken_before(at.db, opened, number):
        return _to_answer(link_id, before)
    _must_be_offered(choice, found)
    if choice.slug == DECLINE and not found.bound and not late:
        return _form_page(at, found, choice, form, faults, number, ())
    needed = choice.documents and not (choice.slug == GIVE and found.sent_back and found.sent_back.documents)
    documents = uploaded(at, link_id, number, form, faults, needed=needed and not late) if choice.documents else ()
    said = read(choice.slug, found, form, opened.recipient, at.today, faults)
    if faults and not late:
        return _form_page(at, found, choice, form, faults, number, documents)
    return _given(at, opened, said, number, documents)


def _given(at: VisitorDesk, opened: Opened, said: Read, number: UUID, documents: Sequence[Uploaded]) -> Response:
    laid = [each.laid_by for each in documents]
    return _to_answer(opened.link_id, give(at.db, opened, Given(said.kind, number, said.form, said.said, laid), at.now))


def _to_answer(link_id: UUID, answer_id: UUID) -> Response:
    return RedirectResponse(f"/advice/{link_id}/answers/{answer_id}", status_code=303)


def _choice(slug: str) -> Choice:
    if slug not in BY_SLUG:
        raise HTTPException(404)
    return BY_SLUG[slug]


def _must_be_offered(choice: Choice, found: Asked) -> None:
    if choice not in offered(found):
        raise HTTPException(404)


def _asked(at: VisitorDesk, opened: Opened) -> Asked:
    return asked(at.db, opened, house_of(at.place.settings), at.now)


def _request_page(at: VisitorDesk, opened: Opened, faults: Faults) -> Response:
    found = _asked(at, opened)
    at.saw("a request by link", [found.process_id])
    return at.page(
        "advice/request.html",
        title=f"Request for advice {found.mail_ref}",
        faults=faults,
        asked=found,
        choices=offered(found),
        words=words,
        contact=house_of(at.place.settings).contact,
    )


def _form_page(
    at: VisitorDesk,
    found: Asked,
    choice: Choice,
    form: Form,
    faults: Faults,
    number: UUID,
    documents: Sequence[Uploaded],
) -> Response:
    at.saw("a request by link", [found.process_id])
    return at.page(
        "advice/form.html",
        title=f"{choice.label}, {found.mail_ref}",
        faults=faults,
        asked=found,
        choice=choice,
        fields=fields_for(choice.slug, found),
        form=form,
        number=number,
        documents=documents,
        limits=LIMITS,
        not_a_ground=choice.slug == DECLINE and not found.bound,
        words=words,
        contact=house_of(at.place.settings).contact,
    )
