"""The directories: staff with their roles, services that give advice, schools and settings, and who refuses mail."""

from collections.abc import Mapping
from typing import Any, TypeVar

from fastapi import APIRouter, HTTPException
from fastapi.responses import Response

from casework.directory_entries import save_entry
from casework.directory_lists import PAGE, OfficerLine, ServiceLine, SettingLine, officers, refusing, services, settings
from casework.errors import Refused
from casework.sessions import end_sessions_of
from casework.staff import staff
from casework.tokens import revoke_tokens_of
from web.desks import Admin, Manager, Overseer
from web.directory_forms import FORMS, EntryForm, cells_of, typed
from web.faults import Faults
from web.forms import Posted
from web.house_tabs import tabs
from web.place import Desk

router = APIRouter()

Line = TypeVar("Line", OfficerLine, ServiceLine, SettingLine)


@router.get("/people")
def everybody(at: Overseer) -> Response:
    """Everybody in the directory of officers, with the cases they hold."""
    return _list(
        at, "people/officers.html", "Staff", officers=officers(at.db, at.actor), may_change=at.me.role == "admin"
    )


@router.get("/people/services")
def bodies(at: Overseer) -> Response:
    """Every body that can be asked for advice, and where its letters go."""
    return _list(at, "people/services.html", "Services", services=services(at.db, at.today), may_change=_may(at))


@router.get("/people/settings")
def schools(at: Overseer, part: str = "", name: str = "", urn: str = "", silent: str = "") -> Response:
    """Schools and settings by name, a page at a time; those without an address alone, if asked."""
    found = settings(at.db, part.strip()[:100], after=(name, urn), silent=bool(silent))
    return _list(
        at,
        "people/settings.html",
        "Schools and settings",
        settings=found,
        part=part,
        silent=silent,
        more=found[-1] if len(found) == PAGE else None,
        may_change=_may(at),
    )


@router.get("/people/bounces")
def bounces(at: Overseer) -> Response:
    """Addresses that refused their last letter for good."""
    return _list(at, "people/bounces.html", "Mail refused", refusing=refusing(at.db))


@router.get("/people/officers/add")
def new_officer(at: Admin) -> Response:
    """The form for somebody new."""
    return _entry(at, FORMS["officers"], {}, Faults(), new=True)


@router.post("/people/officers/add")
def add_officer(at: Admin, form: Posted) -> Response:
    """Add somebody to the staff."""
    known = {each.username.lower() for each in staff(at.db, left=True)}
    return _save(at, FORMS["officers"], form.values, {}, taken=form.get("username").lower() in known)


@router.get("/people/officers/{username}")
def officer(at: Admin, username: str) -> Response:
    """One of the staff, to be changed."""
    return _entry(at, FORMS["officers"], typed(_officer(at, username)), Faults())


@router.post("/people/officers/{username}")
def change_officer(at: Admin, username: str, form: Posted) -> Response:
    """Change one of the staff; whoever is made inactive is signed out everywhere."""
    kept = _officer(at, username)
    if form.asked("sign_out"):
        ended = end_sessions_of(at.db, kept.username, at.now)
        return at.go("/people", f"{kept.name} was signed out of {ended} browser{'' if ended == 1 else 's'}.")
    answer = _save(at, FORMS["officers"], form.values, {"username": kept.username})
    if answer.status_code == 303 and form.get("active") == "no":
        end_sessions_of(at.db, kept.username, at.now)
        revoke_tokens_of(at.db, kept.username, at.now)
        if kept.open_cases:
            said = f"{kept.name} is no longer active and still holds {kept.open_cases} open cases. Give them to others."
            return at.go("/team", said, warning=True)
    return answer


@router.get("/people/services/add")
def new_service(at: Manager) -> Response:
    """The form for a new service."""
    return _entry(at, FORMS["services"], {"section_31": "yes", "active": "yes"}, Faults(), new=True)


@router.post("/people/services/add")
def add_service(at: Manager, form: Posted) -> Response:
    """Add a service; requests that waited for somebody to ask go to it."""
    key = (form.get("who"), form.get("body").lower())
    known = {(each.category, each.code.lower()) for each in services(at.db, at.today)}
    return _save(at, FORMS["services"], form.values, {}, taken=key in known)


@router.get("/people/services/{category}/{code}")
def service(at: Manager, category: str, code: str) -> Response:
    """One service, to be changed."""
    return _entry(at, FORMS["services"], typed(_service(at, category, code)), Faults())


@router.post("/people/services/{category}/{code}")
def change_service(at: Manager, category: str, code: str, form: Posted) -> Response:
    """Change one service."""
    kept = _service(at, category, code)
    return _save(at, FORMS["services"], form.values, {"who": kept.category, "body": kept.code})


@router.get("/people/settings/add")
def new_setting(at: Manager) -> Response:
    """The form for a new school or setting."""
    return _entry(at, FORMS["settings"], {}, Faults(), new=True)


@router.post("/people/settings/add")
def add_setting(at: Manager, form: Posted) -> Response:
    """Add a school or setting."""
    taken = any(each.urn == form.get("urn") for each in settings(at.db, form.get("urn"))) if form.get("urn") else False
    return _save(at, FORMS["settings"], form.values, {}, taken=taken)


@router.get("/people/settings/{urn}")
def setting(at: Manager, urn: str) -> Response:
    """One school or setting, to be changed."""
    return _entry(at, FORMS["settings"], typed(_setting(at, urn)), Faults())


@router.post("/people/settings/{urn}")
def change_setting(at: Manager, urn: str, form: Posted) -> Response:
    """Change one school or setting."""
    return _save(at, FORMS["settings"], form.values, {"urn": _setting(at, urn).urn})


def _may(at: Desk) -> bool:
    return at.me.role in ("manager", "admin")


def _list(at: Desk, template: str, title: str, **context: Any) -> Response:
    return at.page(template, title=title, tabs=tabs(at), **context)


def _entry(at: Desk, form: EntryForm, values: Mapping[str, str], faults: Faults, *, new: bool = False) -> Response:
    title = f"Add {form.one}" if new else f"Change {form.one}"
    return at.page("people/entry.html", title=title, faults=faults, entry=form, form=values, new=new)


def _save(
    at: Desk, form: EntryForm, values: Mapping[str, str], key: Mapping[str, str], *, taken: bool = False
) -> Response:
    """Keep an entry, or show the form again with what is wrong beside each field and everything typed."""
    faults = Faults()
    said = {**values, **key}
    if taken:
        faults.say(form.fields[0].name, f"There is {form.one} of that name already: change that one instead.")
    else:
        try:
            save_entry(at.db, form.directory, cells_of(form, said), at.actor, at.now)
            return at.go(form.url, f"{said.get('name', '')} was saved.")
        except Refused as refusal:
            form.place(refusal.messages, faults)
    return _entry(at, form, said, faults, new=not key)


def _officer(at: Desk, username: str) -> OfficerLine:
    # Whose cases they are is not said here, and a restricted one must not be left with nobody unnoticed.
    return _the_one([each for each in officers(at.db, None) if each.username == username])


def _service(at: Desk, category: str, code: str) -> ServiceLine:
    return _the_one([each for each in services(at.db, at.today) if (each.category, each.code) == (category, code)])


def _setting(at: Desk, urn: str) -> SettingLine:
    return _the_one([each for each in settings(at.db, urn) if each.urn == urn])


def _the_one(found: list[Line]) -> Line:
    if not found:
        raise HTTPException(404)
    return found[0]
