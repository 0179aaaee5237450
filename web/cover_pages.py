"""Cover for officers as two pages have it: one's own, and everybody's."""

from uuid import UUID

from fastapi.responses import Response

from casework.cover import add_cover, covers_known, state_of
from casework.cover_ends import end_cover
from casework.errors import Refused
from casework.staff import MAY_HAVE_CASES, staff
from web.faults import Faults
from web.forms import Form, read_day
from web.pages.team import tabs
from web.place import Desk
from web.words import day

STATES = {"holds": "Now", "to_come": "To come", "over": "Over", "taken_back": "Taken back"}


def cover_page(at: Desk, form: Form, faults: Faults, *, own: bool) -> Response:
    """The cover there is (`own`: of whoever is signed in alone), and the form for more."""
    people = staff(at.db, MAY_HAVE_CASES, left=True)
    rows = covers_known(at.db, at.today, who=at.me.username if own else None)
    return at.page(
        "team/cover.html",
        title="When you are away" if own else "Cover",
        faults=faults,
        form=form.values,
        covers=[(row, state_of(row, at.today)) for row in rows],
        states=STATES,
        names={each.username: each.name for each in people},
        staff=people,
        own=own,
        tabs=() if own else tabs(at),
    )


def noted(at: Desk, form: Form, faults: Faults, who: str) -> str:
    """Note cover as it was typed; the sentence to say, empty when there are faults."""
    stand_in = form.get("stand_in")
    if not stand_in:
        faults.say("stand_in", "Choose who stands in")
    first = read_day(form, "first", faults, "The first day")
    last = read_day(form, "last", faults, "The last day")
    if not first or not last or faults:
        return ""
    try:
        row = add_cover(at.db, who, stand_in, first, last, at.actor, at.now)
    except Refused as refusal:
        for message in refusal.messages:
            faults.say("last" if "day" in message.lower() else "stand_in", message)
        return ""
    names = {each.username: each.name for each in staff(at.db)}
    return f"{names[row.stand_in]} stands in from {day(row.first)} to {day(row.last)}."


def taken_back(at: Desk, form: Form, *, own: bool) -> tuple[str, bool]:
    """End cover; what is to be said, and whether it is a warning."""
    try:
        end_cover(at.db, UUID(form.get("end")), at.actor, at.now, who=at.me.username if own else None)
    except (Refused, ValueError) as refusal:
        said = refusal.messages[0] if isinstance(refusal, Refused) else "There is no such cover. Reload the page."
        return said, True
    return "The cover was taken back: it holds no more from today.", False
