"""Term lists: which there are, the names on one, the file that is sent, and the word that it was sent."""

import re
from datetime import date
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException
from fastapi.responses import Response

from casework.errors import Refused
from casework.term_children import SIZE
from casework.term_exports import names, term_lists
from casework.term_lists import SERVICES, mark_sent
from casework.term_names import processes_on
from web.desks import Reader, Worker
from web.faults import Faults
from web.forms import Form, Posted, day_values, read_day
from web.names import service_words
from web.place import Desk
from web.review_filters import page_number, tabs
from web.spreadsheets import File, spreadsheet
from web.words import day

router = APIRouter()

COLUMNS = {
    "reference": "Reference",
    "surname": "Surname",
    "forename": "Forename",
    "date_of_birth": "Date of birth",
    "setting_urn": "Setting URN",
    "setting": "Setting",
    "meeting_by": "Meeting by",
    "review_due": "Review due",
    "phase_transfer_due": "Phase transfer due",
    "caseworker": "Caseworker",
}
_RECIPIENT = re.compile(r"[A-Za-z0-9]{1,20}")


@router.get("/reviews/term-lists")
def lists(at: Reader, page: str = "") -> Response:
    """Every list of the terms to come and of the last, the first due first."""
    found = sorted(term_lists(at.db, at.today), key=lambda each: (each.due_on, each.recipient not in SERVICES))
    number = page_number(page)
    return at.page(
        "reviews/term_lists.html",
        title="Term lists",
        tabs=tabs(at),
        lists=[(each, _called(each.recipient, each.name)) for each in found[SIZE * (number - 1) : SIZE * number]],
        number=len(found),
        next=f"/reviews/term-lists?page={number + 1}" if len(found) > SIZE * number else "",
        first="/reviews/term-lists" if number > 1 else "",
    )


@router.get("/reviews/term-lists/{recipient}")
def one(at: Reader, recipient: str, term: str = "", page: str = "") -> Response:
    """The children on one list."""
    return _list(at, _known(recipient), _day(term), page_number(page), Form({}), Faults())


@router.get("/reviews/term-lists/{recipient}/file.{kind}")
def file(at: Reader, recipient: str, kind: File, term: str = "") -> Response:
    """One list as the file that is sent by a secure way."""
    found = names(at.db, _known(recipient), at.actor, at.today, _day(term))
    at.saw(f"term list {recipient}.{kind}", processes_on(at.db, found.children))
    title = f"Reviews {found.term_start}"
    return spreadsheet(kind, f"term-list-{recipient}-{found.term_start}", title, COLUMNS, found.children)


@router.post("/reviews/term-lists/{recipient}")
def sent(at: Worker, recipient: str, form: Posted) -> Response:
    """Record that a list was sent, so that nobody is reminded of it any more."""
    faults, term = Faults(), _day(form.get("term"))
    on = read_day(form, "on", faults, "The day it was sent")
    if on and term:
        try:
            row = mark_sent(at.db, _known(recipient), term, on, at.actor, at.today)
            return at.go("/reviews/term-lists", f"The list was recorded as sent on {day(row.sent_on)}.")
        except Refused as refusal:
            for message in refusal.messages:
                faults.say("on", message)
    return _list(at, _known(recipient), term, 1, form, faults)


def _list(at: Desk, recipient: str, term: date | None, page: int, form: Form, faults: Faults) -> Response:
    found = names(at.db, recipient, at.actor, at.today, term, page=page)
    at.saw(f"term list {recipient}", processes_on(at.db, found.children))
    here = f"/reviews/term-lists/{recipient}"
    asked = {"term": found.term_start.isoformat()}
    return at.page(
        "reviews/term_list.html",
        title=f"Term list of {_called(recipient, found.called)}",
        faults=faults,
        form=form.values or day_values("on", at.today),
        found=found,
        here=here,
        query=urlencode(asked),
        next=f"{here}?{urlencode({**asked, 'page': page + 1})}" if found.number > SIZE * page else "",
        first=f"{here}?{urlencode(asked)}" if page > 1 else "",
        may_send=at.me.role != "auditor",
    )


def _known(recipient: str) -> str:
    """A URN or a service as an address names it. Raises 404 for what can be neither."""
    if recipient not in SERVICES and not _RECIPIENT.fullmatch(recipient):
        raise HTTPException(404)
    return recipient


def _called(recipient: str, name: str) -> str:
    """`Health`, or the name of the setting with its URN."""
    if recipient in SERVICES:
        return service_words(recipient)
    return f"{name} ({recipient})" if name else recipient


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None
