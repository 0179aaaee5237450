"""Giving cases to officers."""

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from casework.once import done_once
from casework.reassigning import Reassigned, reassign, reassign_all
from web.api import answers
from web.api.asked import Assign, AssignAll
from web.api.declared import WRITE, WRITE_ONE
from web.api.desks import ApiManager, ApiWorker
from web.api.shapes import Key, Ref
from web.api.writing import by_key, made

router = APIRouter(tags=["Assigning"])


@router.post("/cases/{ref:path}/assignment", response_model=answers.Assigned, responses=WRITE_ONE)
def assign_a_case(at: ApiWorker, ref: Ref, body: Assign, key: Key) -> JSONResponse:
    """Give a case to an officer, with the open reviews of its plan."""
    once = by_key(at, key, body, 200, _assigned)
    work = lambda: reassign(at.db, ref, body.officer, at.actor, at.now, team=body.team)  # noqa: E731
    return made(once, done_once(at.db, once, work))


@router.post("/assignments", response_model=answers.Assigned, responses=WRITE)
def assign_all_of_an_officer(at: ApiManager, body: AssignAll, key: Key) -> JSONResponse:
    """Give every open case of one officer to another, so that nobody's is left without."""
    once = by_key(at, key, body, 200, _assigned)
    work = lambda: reassign_all(  # noqa: E731
        at.db, body.from_officer, body.officer, at.actor, at.now, team=body.team
    )
    return made(once, done_once(at.db, once, work))


def _assigned(done: Reassigned) -> answers.Assigned:
    return answers.Assigned.model_validate(done)
