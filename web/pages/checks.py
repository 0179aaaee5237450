"""What the nightly check found, whether all is well now, and who has read which children's records."""

from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import Response

from casework.errors import UnknownCase
from casework.health import examine_records
from casework.read_log import PAGE, reads
from casework.rounds_run import rounds_run
from casework.shown import process_of
from web.desks import Overseer
from web.faults import Faults
from web.forms import Posted
from web.house_tabs import tabs
from web.place import Desk

router = APIRouter()

PAGES = {
    "rows not timed": ("/overdue/not-timed", "See what is wrong with them"),
    "mail not delivered": ("/people/bounces", "See which addresses"),
    "calendar": ("/calendar", "Open the calendar"),
}
"""Where one sees more of what a check found."""


@router.get("/checks")
def checks(at: Overseer) -> Response:
    """The checks of this moment, the last nights, the last post rounds."""
    nights = rounds_run(at.db, "nightly")
    return at.page(
        "checks/checks.html",
        title="Checks",
        tabs=tabs(at),
        findings=examine_records(at.db, at.now),
        nights=nights,
        pages=PAGES,
        rounds=rounds_run(at.db, "post"),
        last=next((night for night in nights if night.finished_at), None),
    )


@router.get("/reads")
def read_log(at: Overseer, username: str = "", before: int = 0) -> Response:
    """Who was shown which records, the newest first; of one of the staff, if asked."""
    return _reads(at, username=username.strip()[:100], before=before if 0 < before < 2**62 else 0)


@router.post("/reads")
def reads_of_case(at: Overseer, form: Posted) -> Response:
    """Who was shown one case. The reference is sent, not written in an address: it may say who the child is."""
    faults = Faults()
    reference = form.get("ref")
    try:
        process = process_of(at.db, reference, at.actor) if reference else None
    except UnknownCase:
        process = None
    if process is None:
        faults.say("ref", "No case has that reference. Check it, or find the case first.")
    return _reads(at, username=form.get("username"), ref=reference, process=process, faults=faults)


def _reads(
    at: Desk,
    *,
    username: str,
    before: int = 0,
    ref: str = "",
    process: UUID | None = None,
    faults: Faults | None = None,
) -> Response:
    # Where no case was found nothing is shown: without one, this would be the log of everybody.
    found = () if faults else reads(at.db, at.actor, username=username, process=process, before=before or None)
    more = found[-1].id if len(found) == PAGE and not ref else None
    return at.page(
        "checks/reads.html",
        title="Who read what",
        tabs=tabs(at),
        faults=faults,
        reads=found,
        username=username,
        ref=ref,
        more=more,
    )
