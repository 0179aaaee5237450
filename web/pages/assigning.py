"""Giving one case to another officer."""

from fastapi import APIRouter
from fastapi.responses import Response

from casework.assigning import Whose, whose
from casework.errors import Refused
from casework.reassigning import Reassigned, reassign
from casework.takers import Taker, takers
from statute.words import listed
from web.case_refs import CaseRef
from web.desks import Worker
from web.faults import Faults
from web.forms import Posted
from web.place import Desk

router = APIRouter()


@router.get("/cases/{ref}/assign")
def ask(at: Worker, ref: CaseRef) -> Response:
    """Who could have it, with what each has in hand."""
    case = whose(at.db, ref, at.actor)
    return _page(at, case, Faults(), case.officer, "")


@router.post("/cases/{ref}/assign")
def give(at: Worker, ref: CaseRef, form: Posted) -> Response:
    """Give it, with the open reviews of its plan."""
    case, faults, staff = whose(at.db, ref, at.actor), Faults(), takers(at.db, at.actor)
    officer, team = form.get("officer"), form.get("team")
    chosen = next((each for each in staff if each.username == officer), None)
    if chosen is None:
        faults.say("officer", "Choose who will have the case")
    if team not in ("", case.team, *(each.team for each in staff)):
        faults.say("team", "Choose a team from the list")
    if chosen is None or faults:
        return _page(at, case, faults, officer, team)
    try:
        done = reassign(at.db, case.mail_ref, officer, at.actor, at.now, team=team)
    except Refused as refused:
        faults.say("officer", " ".join(refused.messages))
        return _page(at, case, faults, officer, team)
    return at.go(f"/cases/{case.mail_ref}", _said(chosen, done))


def _said(chosen: Taker, done: Reassigned) -> str:
    if not done.case_refs:
        return f"{chosen.name} has this case already. Nothing was changed."
    return f"Given to {chosen.name}{f' in team {done.team}' if done.team else ''}: {listed(done.case_refs)}."


def _page(at: Desk, case: Whose, faults: Faults, officer: str, team: str) -> Response:
    at.saw("giving a case to another officer", [case.process_id])
    staff = takers(at.db, at.actor)
    return at.page(
        "assigning/assign.html",
        title="Give this case to another officer",
        faults=faults,
        case=case,
        now=next((each.name for each in staff if each.username == case.officer), case.officer),
        staff=staff,
        teams=sorted({each.team for each in staff if each.team}),
        officer=officer,
        team=team,
    )
