"""What is said of a measure, written by programs."""

from decimal import Decimal
from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from pydantic import Field

from scorecard.notes import Action, Note, write_note
from scorecard.noting import noted
from scorecard.plain import number
from web.api import scorecard_answers as answers
from web.api.asked import Asked
from web.api.declared import problems
from web.api.desks import ApiManager
from web.api.scorecard import NOT_THERE, MeasureId, day_in, known
from web.api.shapes import Key, Line, Words
from web.api.writing import by_key, made

router = APIRouter(tags=["Scorecard"])

WRITE_OF_MEASURE = {**problems(404, 409, 413, 415), **NOT_THERE}


class NewNote(Asked):
    """What is said of a measure for a month; what is left out or null stays as it was."""

    month: str = Field(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$", examples=["2026-10"])
    owner: Line | None = Field(default=None, description="Who answers for it from that month on.")
    target: Annotated[float, Field(ge=0, lt=1_000_000_000)] | None = Field(
        default=None, description="The authority's own target from that month on, in the figure's unit."
    )
    action: Action | None = None
    narrative: Words | None = Field(default=None, description="Of that month alone. No child's name: boards read it.")


@router.post("/measures/{measure_id}/notes", response_model=answers.Noted, responses=WRITE_OF_MEASURE)
def note_something_of_a_measure(at: ApiManager, measure_id: MeasureId, body: NewNote, key: Key) -> JSONResponse:
    """Say something of a measure for a month: owner, target, action, narrative; what was said before is kept."""
    wanted, month = known(measure_id), day_in(at, body.month)
    target = None if body.target is None else Decimal(str(body.target))
    note = noted(at.db, wanted, month, owner=body.owner, target=target, action=body.action, narrative=body.narrative)
    once = by_key(at, key, body, 200, _answer)
    return made(once, write_note(at.db, note, at.actor, at.now, once))


def _answer(note: Note) -> answers.Noted:
    return answers.Noted(
        id=note.measure_id,
        month=f"{note.month:%Y-%m}",
        owner=note.owner,
        target=number(note.target),
        action=note.action.value if note.action else None,
        narrative=note.narrative,
    )
