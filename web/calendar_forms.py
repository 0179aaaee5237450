"""Changes of the calendar as they are typed, and as they are kept between the preview and the change."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from starlette.datastructures import UploadFile

from casework.calendar_edits import AddDays, Edit, RemoveDays, RemoveTerm, TakeTerms
from casework.calendars import BANK_HOLIDAY, CLOSURE, WORKING
from casework.errors import Refused
from casework.term_files import TermFile, TermRow
from casework.uploads import read_term_upload
from web.faults import Faults
from web.forms import Form, read_day

URN_DIGITS = range(5, 9)


def read_edit(name: str, form: Form, faults: Faults) -> Edit | None:
    """The change that a form asks for; None, with faults, when it cannot be read."""
    match name:
        case "terms":
            return _uploaded(form, faults)
        case "working":
            return _taken_away(form, faults)
        case "bank_holiday":
            first, called = read_day(form, "first", faults, "The day"), _named(form, faults)
            return AddDays(BANK_HOLIDAY, first, first, called) if first else None
        case _:
            return _span(name, form, faults)


def _span(name: str, form: Form, faults: Faults) -> Edit | None:
    """A closure or a term: from the first to the last day."""
    first = read_day(form, "first", faults, "The first day")
    last = read_day(form, "last", faults, "The last day", needed=name == "term") or first
    called = _named(form, faults)
    if first is None or last is None:
        return None
    if last < first:
        faults.say("last", "The last day must be the same as or after the first day")
        return None
    return AddDays(CLOSURE, first, last, called) if name == CLOSURE else _typed_term(form, faults, first, last, called)


def _named(form: Form, faults: Faults) -> str:
    name = form.get("name")
    if not name:
        faults.say("name", "Enter what it is called, for example Christmas closure")
    elif len(name) > 100:
        faults.say("name", "What it is called must be 100 characters or fewer")
    return name


def _taken_away(form: Form, faults: Faults) -> Edit | None:
    try:
        day = date.fromisoformat(form.get("first"))
    except ValueError:
        faults.say("first", "Choose the bank holiday that is not kept")
        return None
    return AddDays(WORKING, day, day)


def _typed_term(form: Form, faults: Faults, first: date, last: date, name: str) -> Edit | None:
    urn = form.get("setting_urn")
    if urn and not (urn.isdecimal() and len(urn) in URN_DIGITS):
        faults.say("setting_urn", "The school's URN must be 5 to 8 figures, or blank for all schools")
        return None
    return TakeTerms(TermFile([TermRow(urn, first, last, name)]))


def _uploaded(form: Form, faults: Faults) -> Edit | None:
    sent = form.files.get("file")
    if sent is None or not sent.filename:
        faults.say("file", "Choose a file with term dates")
        return None
    try:
        return TakeTerms(_read(sent, form.get("setting_urn")))
    except Refused as refusal:
        for message in refusal.messages:
            faults.say("file", message)
        return None


def _read(sent: UploadFile, urn: str) -> TermFile:
    return read_term_upload(sent.filename or "", sent.file.read(), urn)


def read_removal(form: Form) -> Edit | None:
    """The day or term that a button of the calendar's page names; None when it names none."""
    try:
        first = date.fromisoformat(form.get("first"))
    except ValueError:
        return None
    if form.get("kind") == "term":
        return RemoveTerm(first, form.get("setting_urn"))
    kind = form.get("kind").replace("-", "_")
    return RemoveDays(kind, first, first) if kind in (BANK_HOLIDAY, CLOSURE, WORKING) else None


def kept_edit(edit: Edit) -> dict[str, Any]:
    """A change as a draft keeps it."""
    if isinstance(edit, TakeTerms):
        rows = [{name: str(value) for name, value in asdict(term).items()} for term in edit.file.terms]
        return {"edit": "terms", "terms": rows, "notes": edit.file.notes}
    if isinstance(edit, RemoveTerm):
        return {"edit": "remove_term", "first": edit.first.isoformat(), "setting_urn": edit.setting_urn}
    assert isinstance(edit, AddDays | RemoveDays)
    days = {"kind": edit.kind, "first": edit.first.isoformat(), "last": edit.last.isoformat()}
    named = {"name": edit.name} if isinstance(edit, AddDays) else {}
    return {"edit": "add" if isinstance(edit, AddDays) else "remove", **days, **named}


def edit_of(kept: Mapping[str, Any]) -> Edit:
    """The change that a draft keeps."""
    if kept["edit"] == "terms":
        rows = [
            TermRow(
                each["setting_urn"], date.fromisoformat(each["first"]), date.fromisoformat(each["last"]), each["name"]
            )
            for each in kept["terms"]
        ]
        return TakeTerms(TermFile(rows, list(kept["notes"])))
    first = date.fromisoformat(kept["first"])
    if kept["edit"] == "remove_term":
        return RemoveTerm(first, kept["setting_urn"])
    last = date.fromisoformat(kept["last"])
    if kept["edit"] == "remove":
        return RemoveDays(kept["kind"], first, last)
    return AddDays(kept["kind"], first, last, kept["name"])
