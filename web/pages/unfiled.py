"""Mail that came back and waits for a person: the list, one mail, and filing it."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import Response

from casework.contacts_log import WITH_WHOM
from casework.errors import NeedsConfirmation, Refused, UnknownCase
from casework.filed_checks import not_looked_at
from casework.read_log import note_read
from casework.unfiled import PAGE, Mail, mail_of, unfiled
from casework.unfiled_filing import file_answer, file_contact, say_case, set_aside
from config.clock import london_day
from web.desks import Worker
from web.faults import Faults
from web.forms import Form, Posted, day_values
from web.place import Desk
from web.roles import MANAGE
from web.unfiled_forms import CASE, CONFIRM, REASON, WITH, answer_fields, day_of_mail, read_filing

router = APIRouter()

_READ = "mail to file"


@router.get("/unfiled")
def waiting(at: Worker, after: Annotated[int, Query(ge=0, le=100_000)] = 0) -> Response:
    """What waits, the oldest first."""
    found = unfiled(at.db, at.actor, manages=_manages(at), passing_over=after)
    at.saw(_READ, {row.process_id for row in found.rows if row.process_id})
    return at.page(
        "unfiled/list.html",
        title="Mail to file",
        found=found,
        next_page=f"/unfiled?after={after + PAGE}" if found.more else "",
        first_page="/unfiled" if after else "",
    )


@router.get("/unfiled/{mail_id}")
def look(at: Worker, mail_id: UUID) -> Response:
    """One mail, and what can be done with it."""
    return _page(at, mail_id, None, Faults())


@router.post("/unfiled/{mail_id}/case")
def case(at: Worker, mail_id: UUID, form: Posted) -> Response:
    """Say which case it is about."""
    faults = Faults()
    try:
        say_case(at.db, mail_id, form.get("ref"), at.actor, manages=_manages(at))
    except (UnknownCase, Refused) as unknown:
        faults.say("ref", " ".join(unknown.messages))
        return _page(at, mail_id, form, faults)
    return at.go(f"/unfiled/{mail_id}", "The mail belongs to this case now.")


@router.post("/unfiled/{mail_id}/answer")
def answer(at: Worker, mail_id: UUID, form: Posted) -> Response:
    """File it as what was answered to a request."""
    faults = Faults()
    filing = read_filing(form, mail_of(at.db, mail_id, at.actor, manages=_manages(at)), faults)
    if filing is None:
        return _page(at, mail_id, form, faults)
    confirm = form.asked(CONFIRM)
    try:
        ref = file_answer(at.db, mail_id, filing, at.actor, at.now, manages=_manages(at), confirm=confirm)
    except NeedsConfirmation as doubt:
        faults.say(CONFIRM, "Look at this before you file it")
        return _page(at, mail_id, form, faults, doubts=doubt.messages)
    except Refused as refused:
        _say(faults, "kind", refused.messages)
        return _page(at, mail_id, form, faults)
    said = f"The mail was filed as an answer in {ref}. Nobody has been written to."
    unseen = not_looked_at(filing)
    return at.go("/unfiled", f"{said} {_unseen(unseen)}" if unseen else said, warning=bool(unseen))


@router.post("/unfiled/{mail_id}/contact")
def contact(at: Worker, mail_id: UUID, form: Posted) -> Response:
    """Put it into the contact log of its case."""
    faults = Faults()
    if form.get("with_whom") not in WITH_WHOM:
        faults.say("with_whom", "Say who wrote it")
    day = day_of_mail(form, faults)
    if faults or day is None:
        return _page(at, mail_id, form, faults)
    try:
        ref = file_contact(at.db, mail_id, form.get("with_whom"), day, at.actor, at.now, manages=_manages(at))
    except Refused as refused:
        _say(faults, "with_whom", refused.messages)
        return _page(at, mail_id, form, faults)
    return at.go("/unfiled", f"The mail was put into the contact log of {ref}.")


@router.post("/unfiled/{mail_id}/aside")
def aside(at: Worker, mail_id: UUID, form: Posted) -> Response:
    """Nothing is to be done with it."""
    faults = Faults()
    try:
        set_aside(at.db, mail_id, form.get("aside"), at.actor, at.now, manages=_manages(at))
    except Refused as refused:
        _say(faults, "aside", refused.messages)
        return _page(at, mail_id, form, faults)
    return at.go("/unfiled", "The mail was set aside.")


def _manages(at: Desk) -> bool:
    return at.me.role in MANAGE.roles


def _unseen(what: Sequence[str]) -> str:
    listed = f"{', '.join(what[:-1])} and {what[-1]}"
    return (
        f"Nothing has looked at {listed}: read it yourself. If something is missing, record on the case that the "
        "advice was found insufficient."
    )


def _say(faults: Faults, field: str, messages: Sequence[str]) -> None:
    for message in messages:
        faults.say(field, message)


def _page(at: Desk, mail_id: UUID, form: Form | None, faults: Faults, doubts: Sequence[str] = ()) -> Response:
    mail = mail_of(at.db, mail_id, at.actor, manages=_manages(at))
    known = [mail.row.process_id] if mail.row.process_id else []
    note_read(at.db, at.actor, _READ, known, at.now, unknown=True)
    return at.page(
        "unfiled/mail.html",
        title="A mail to file",
        faults=faults,
        form=_filled(mail, form or Form({})),
        mail=mail,
        case_field=CASE,
        answer_fields=answer_fields(mail),
        contact_field=WITH,
        aside_field=REASON,
        doubts=doubts,
    )


def _filled(mail: Mail, form: Form) -> Form:
    """What is known, and over it what was typed: the page has four forms, and one of them was sent."""
    came = london_day(mail.row.received_at)
    known = {"ref": mail.row.mail_ref, "subject": mail.about}
    return Form({**known, **day_values("on", came), **day_values("came", came), **form.values}, form.lists)
