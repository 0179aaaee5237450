"""The family of a child: contacts, how each wants to be written to, and who among the staff may see the child."""

from collections.abc import Mapping
from uuid import uuid4

from fastapi import APIRouter, HTTPException
from fastapi.responses import Response

from casework.contacts import Family, change_contact, family, remove_contact
from casework.people import NewContact, add_contact, restrict
from casework.staff import staff
from web.case_refs import CaseRef
from web.desks import Manager, Reader, Worker
from web.faults import Faults
from web.forms import Form, Posted, number_of
from web.place import Desk

router = APIRouter()

ROLES = {"parent": "Parent or carer", "young_person": "The young person", "representative": "Representative"}
PREFERRED = {"": "", "email": "Email", "post": "Letter", "phone": "Phone"}
LONGEST = {"name": 200, "email": 200, "phone": 50, "address": 1000}


@router.get("/cases/{ref}/family")
def contacts(at: Reader, ref: CaseRef) -> Response:
    """Everybody on record for the child, and who may see the case."""
    found = _family(at, ref)
    return at.page(
        "family/family.html",
        title=f"Family and contacts, {found.mail_ref}",
        family=found,
        roles=ROLES,
        preferred=PREFERRED,
        may_write=at.me.role != "auditor",
        may_restrict=at.me.role in ("manager", "admin"),
    )


@router.get("/cases/{ref}/family/add")
def new_contact(at: Worker, ref: CaseRef) -> Response:
    """The form for a new contact."""
    return _form(at, _family(at, ref), {}, Faults())


@router.post("/cases/{ref}/family/add")
def add(at: Worker, ref: CaseRef, form: Posted) -> Response:
    """Add a contact; the same form twice adds one."""
    found, faults = _family(at, ref), Faults()
    contact = _read(form, faults)
    if faults:
        return _form(at, found, form.values, faults)
    add_contact(at.db, found.mail_ref, contact, at.actor, number_of(form))
    return at.go(f"/cases/{found.mail_ref}/family", f"{contact.name} was added.")


@router.get("/cases/{ref}/family/{number}")
def contact(at: Worker, ref: CaseRef, number: str) -> Response:
    """One contact, to be changed."""
    found = _family(at, ref)
    known = [each.contact for each in found.contacts if str(each.id) == number]
    if not known:
        raise HTTPException(404)
    values = {name: getattr(known[0], name) for name in (*LONGEST, "role", "preferred")}
    ticked = {name: "yes" for name in ("do_not_contact", "confidential") if getattr(known[0], name)}
    return _form(at, found, {**values, **ticked}, Faults(), number)


@router.post("/cases/{ref}/family/{number}")
def change(at: Worker, ref: CaseRef, number: str, form: Posted) -> Response:
    """Change a contact, or remove one that was written down by mistake."""
    found, faults = _family(at, ref), Faults()
    if form.asked("remove"):
        remove_contact(at.db, found.mail_ref, number, at.actor)
        return at.go(f"/cases/{found.mail_ref}/family", "The contact was removed.")
    contact = _read(form, faults)
    if faults:
        return _form(at, found, form.values, faults, number)
    change_contact(at.db, found.mail_ref, number, contact, at.actor)
    return at.go(f"/cases/{found.mail_ref}/family", f"{contact.name} was changed.")


@router.get("/cases/{ref}/family-access")
def access(at: Manager, ref: CaseRef) -> Response:
    """Who may see the child: everybody, or only those named."""
    found = _family(at, ref)
    named = list(found.restricted_to) or [at.me.username]
    return _access(at, found, "restricted" if found.restricted else "ordinary", named, Faults())


@router.post("/cases/{ref}/family-access")
def restrict_access(at: Manager, ref: CaseRef, form: Posted) -> Response:
    """Restrict the child to named staff, or lift it. Whoever names others without themselves is asked first."""
    found, faults = _family(at, ref), Faults()
    who, named = form.get("who"), list(form.many("named"))
    known = {each.username for each in staff(at.db)}
    if who not in ("ordinary", "restricted"):
        faults.say("who", "Choose who may see this child")
    elif who == "restricted" and not (named and set(named) <= known):
        faults.say("named", "Choose at least one member of staff who may see this child")
    elif who == "restricted" and at.me.username not in named and not form.asked("without_me"):
        faults.say("without_me", "You would no longer see this case yourself: tick the box if that is right")
    if faults:
        return _access(at, found, who, named, faults)
    restrict(at.db, found.mail_ref, named, at.actor, ordinary=who == "ordinary")
    said = "Everybody on the team can see this child." if who == "ordinary" else "Only those named can see this child."
    gone = who == "restricted" and at.me.username not in named
    return at.go("/" if gone else f"/cases/{found.mail_ref}/family", said)


def _family(at: Desk, ref: str) -> Family:
    found = family(at.db, ref, at.actor)
    at.saw("family", [found.process_id])
    return found


def _read(form: Form, faults: Faults) -> NewContact:
    if form.get("role") not in ROLES:
        faults.say("role", "Choose who this is: a parent, the young person or a representative")
    if not form.get("name"):
        faults.say("name", "Enter a name")
    for name, longest in LONGEST.items():
        if len(form.get(name)) > longest:
            faults.say(name, f"This must be {longest} characters or fewer")
    if form.get("email") and "@" not in form.get("email"):
        faults.say("email", "Enter a mail address like name@example.com")
    if form.get("preferred") not in PREFERRED:
        faults.say("preferred", "Choose how they want to be told")
    return NewContact(
        form.get("role"),
        form.get("name"),
        form.get("email"),
        form.get("phone"),
        form.get("address"),
        form.get("preferred"),
        do_not_contact=form.asked("do_not_contact"),
        confidential=form.asked("confidential"),
    )


def _form(at: Desk, found: Family, values: Mapping[str, str], faults: Faults, number: str = "") -> Response:
    title = "Change a contact" if number else "Add a contact"
    once = number_of(Form(values)) or uuid4()
    return at.page(
        "family/contact.html",
        title=title,
        faults=faults,
        family=found,
        form=values,
        number=number,
        once=once,
        roles=_choices(ROLES),
        preferred=_choices(PREFERRED),
    )


def _choices(words: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"value": value, "text": text} for value, text in words.items() if value]


def _access(at: Desk, found: Family, who: str, named: list[str], faults: Faults) -> Response:
    return at.page(
        "family/access.html",
        title="Who may see this child",
        faults=faults,
        family=found,
        who=who,
        named=named,
        staff=[{"value": each.username, "text": f"{each.name} ({each.username})"} for each in staff(at.db)],
    )
