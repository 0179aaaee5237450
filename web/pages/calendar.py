"""The calendar: what is in it, and changing it, with everything that would move shown first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from fastapi import APIRouter, HTTPException
from fastapi.responses import RedirectResponse, Response

from casework.calendar_changes import apply, work_out
from casework.calendar_edits import Edit
from casework.calendar_report import report
from casework.calendar_words import FIELD_WORDS
from casework.calendars import BANK_HOLIDAY, CLOSURE, WORKING
from casework.drafts import keep_draft, read_draft, take_draft
from casework.errors import Refused
from statute.calendar import ENGLAND
from web.calendar_forms import edit_of, kept_edit, read_edit, read_removal
from web.desks import Manager, Reader
from web.faults import Faults
from web.forms import Form, Posted
from web.place import Desk
from web.words import day

router = APIRouter()

SHOWN = 100
"""Moved days on the page of a preview; the chronology of each case has its own."""
AHEAD = timedelta(days=730)


@dataclass(frozen=True, slots=True)
class Kind:
    """One way of changing the calendar: its address, its title, and what it does to the clocks."""

    url: str
    title: str
    effect: str
    span: bool = False


KINDS: dict[str, Kind] = {
    CLOSURE: Kind(
        "closure",
        "Close the offices",
        "No legal limit moves. The last day on which your team can act before each limit does.",
        span=True,
    ),
    BANK_HOLIDAY: Kind(
        "bank-holiday",
        "Add a bank holiday",
        "For a holiday proclaimed once, or new in law. Limits counted in working days move.",
    ),
    WORKING: Kind(
        "working-day",
        "Take a bank holiday away",
        "For a bank holiday moved to another day, or not kept this year.",
    ),
    "term": Kind(
        "term",
        "Add a school term",
        "Term dates decide when lists of reviews go out, and when schools are written to. No legal limit moves.",
        span=True,
    ),
    "terms": Kind(
        "terms",
        "Upload term dates",
        "A list (CSV or Excel) with the columns setting_urn, first, last and name; or a calendar file (.ics).",
    ),
}
BY_URL = {kind.url: name for name, kind in KINDS.items()}


@router.get("/calendar")
def calendar(at: Reader) -> Response:
    """Bank holidays, closures and terms; when each runs out; every change and who made it."""
    found = report(at.db)
    ahead = [each for each in sorted(ENGLAND.bank_holidays) if at.today <= each <= at.today + AHEAD]
    ends = [(what, until, until is None or until - at.today < timedelta(days=365)) for what, until in found.until]
    return at.page(
        "calendar/calendar.html",
        title="Calendar",
        found=found,
        england=ahead,
        ends=ends,
        kinds=KINDS.values(),
        may_change=at.me.role in ("manager", "admin"),
    )


@router.get("/calendar/add/{url}")
def adding(at: Manager, url: str) -> Response:
    """The form for one kind of change."""
    return _form(at, _kind(url), Faults(), Form({}))


@router.post("/calendar/add/{url}")
def add(at: Manager, url: str, form: Posted) -> Response:
    """Read the form, work out what would move, and show it."""
    name = _kind(url)
    faults = Faults()
    edit = read_edit(name, form, faults)
    if edit is not None and not faults:
        try:
            return _to_preview(at, edit, form.get("because"))
        except Refused as refusal:
            for message in refusal.messages:
                faults.say("first" if name != "terms" else "file", message)
    return _form(at, name, faults, form)


@router.post("/calendar/remove")
def remove(at: Manager, form: Posted) -> Response:
    """Take something out of the calendar again: what would move is shown first."""
    edit = read_removal(form)
    if edit is None:
        return RedirectResponse("/calendar", status_code=303)
    return _to_preview(at, edit, "")


@router.get("/calendar/changes/{number}")
def preview(at: Manager, number: str) -> Response:
    """What a change would move, before it is made."""
    kept = read_draft(at.db, at.me.username, "calendar", number)
    if kept is None:
        return at.go("/calendar", "That change was made or given up already. Look at the changes below.")
    plan = work_out(at.db, edit_of(kept), at.actor, at.now)
    moves = plan.moves
    at.saw("calendar preview", {move.process_id for move in moves[:SHOWN]})
    return at.page(
        "calendar/preview.html",
        title="Check what would change",
        plan=plan,
        fields=FIELD_WORDS,
        shown=moves[:SHOWN],
        cases=len({move.process_id for move in moves}),
        number=number,
        because=kept["because"],
    )


@router.post("/calendar/changes/{number}")
def make(at: Manager, number: str, form: Posted) -> Response:
    """Make the change that was looked at, or give it up. What the calendar was meanwhile changed to is shown again."""
    if form.asked("give_up"):
        take_draft(at.db, at.me.username, "calendar", number)
        return at.go("/calendar", "Nothing was changed.")
    kept = read_draft(at.db, at.me.username, "calendar", number)
    if kept is None:
        return at.go("/calendar", "That change was made or given up already. Look at the changes below.")
    plan = work_out(at.db, edit_of(kept), at.actor, at.now)
    if str(plan.after) != form.get("after"):
        said = "Somebody else changed the calendar meanwhile. Look again at what would move."
        return at.go(f"/calendar/changes/{number}", said, warning=True)
    applied = apply(at.db, plan, at.actor, at.now, form.get("because"))
    take_draft(at.db, at.me.username, "calendar", number)
    cases = len({move.process_id for move in applied.moves})
    return at.go("/calendar", f"The calendar was changed (change {applied.number}). Days moved in {cases} cases.")


def _kind(url: str) -> str:
    if url not in BY_URL:
        raise HTTPException(404)
    return BY_URL[url]


def _to_preview(at: Desk, edit: Edit, because: str) -> Response:
    """Worked out once here, so that what cannot be is said beside the form that asked for it."""
    plan = work_out(at.db, edit, at.actor, at.now)
    if not plan.what:
        return at.go("/calendar", *(plan.notes or ("The calendar is so already.",)))
    number = keep_draft(at.db, at.me.username, "calendar", {**kept_edit(edit), "because": because}, at.now)
    return RedirectResponse(f"/calendar/changes/{number}", status_code=303)


def _form(at: Desk, name: str, faults: Faults, form: Form) -> Response:
    kind = KINDS[name]
    holidays: Sequence[date] = [each for each in sorted(ENGLAND.bank_holidays) if at.today <= each <= at.today + AHEAD]
    return at.page(
        "calendar/add.html",
        title=kind.title,
        faults=faults,
        kind=kind,
        name=name,
        form=form.values,
        holidays=[{"value": each.isoformat(), "text": day(each)} for each in holidays],
    )
