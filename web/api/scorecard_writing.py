"""What programs write for the scorecard: what is said of a measure, and figures from outside the house."""

from decimal import Decimal
from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from pydantic import Field

from casework.once import done_once
from scorecard.fed.entering import enter
from scorecard.fed.entries import FedEntry, NotTaken
from scorecard.notes import Action, Note, change_note
from scorecard.noting import MOST, NARRATIVE_LONGEST, OWNER_LONGEST, NotNoted, noted
from scorecard.plain import number
from web.api import scorecard_answers as answers
from web.api.asked import Asked
from web.api.declared import WRITE, problems
from web.api.desks import ApiManager
from web.api.problems import FieldsWrong
from web.api.scorecard import NOT_THERE, MeasureId, figure_in
from web.api.shapes import Day, Key, Line, Words
from web.api.writing import by_key, made

router = APIRouter(tags=["Scorecard"])

WRITE_OF_MEASURE = {**problems(404, 409, 413, 415), **NOT_THERE}


class NewNote(Asked):
    """What is said of a measure for a month; what is left out or null stays as it was."""

    month: str = Field(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$", examples=["2026-10"])
    owner: Annotated[Line, Field(max_length=OWNER_LONGEST)] | None = Field(
        default=None, description="Who answers for it from that month on."
    )
    target: Annotated[float, Field(ge=0, le=float(MOST))] | None = Field(
        default=None,
        description="The authority's own target from that month on, in the figure's unit, with at most two decimals.",
    )
    action: Action | None = None
    narrative: Annotated[Words, Field(max_length=NARRATIVE_LONGEST)] | None = Field(
        default=None, description="Of that month alone. No child's name: boards read it."
    )


Whole = Annotated[int, Field(ge=0, lt=1_000_000_000)]


class NewFigure(Asked):
    """A figure from outside, of all together or one part, for a period that is over."""

    measure: str = Field(max_length=60, description="The id of a measure that is fed.", examples=["wait_autism"])
    part: Line = ""
    first_day: Day
    last_day: Day
    numerator: Whole | None = None
    denominator: Whole | None = None
    value: Annotated[float, Field(ge=0, lt=1_000_000_000)] | None = None
    owner: Line = Field(description="Who answers for the figure.", examples=["Integrated care board"])
    source: Line = Field(description="Where it comes from.", examples=["Monthly return of the trust"])

    def entry(self) -> FedEntry:
        """As the scorecard keeps it."""
        numbers = {name: getattr(self, name) for name in ("numerator", "denominator", "value")}
        exact = {name: None if each is None else Decimal(str(each)) for name, each in numbers.items()}
        return FedEntry(
            self.measure, self.first_day, self.last_day, self.owner.strip(), self.source.strip(), self.part.strip(),
            **exact,
        )  # fmt: skip


@router.post("/fed-figures", response_model=answers.Fed, responses=WRITE)
def enter_a_figure_from_outside(at: ApiManager, body: NewFigure, key: Key) -> JSONResponse:
    """Enter a figure from outside the house; the latest for the same measure, part and period holds."""

    def work() -> int:
        try:
            return enter(at.db, body.entry(), at.actor, at.now)
        except NotTaken as error:
            raise FieldsWrong(error.faults) from error

    # One that holds already is not put down twice: what was done and not answered is done again without harm.
    once = by_key(at, key, body, 200, _entered)
    return made(once, done_once(at.db, once, work))


@router.post("/measures/{measure_id}/notes", response_model=answers.Noted, responses=WRITE_OF_MEASURE)
def note_something_of_a_measure(at: ApiManager, measure_id: MeasureId, body: NewNote, key: Key) -> JSONResponse:
    """Say something of a measure for a month: owner, target, action, narrative; what was said before is kept."""
    month, wanted = figure_in(at, measure_id, body.month)
    target = None if body.target is None else Decimal(str(body.target))

    def change(held: Note) -> Note:
        try:
            return noted(
                held, wanted, month, owner=body.owner, target=target, action=body.action, narrative=body.narrative
            )
        except NotNoted as error:
            raise FieldsWrong(error.faults) from error

    once = by_key(at, key, body, 200, _answer)
    return made(once, change_note(at.db, wanted.id, month, change, at.actor, at.now, once))


def _entered(number: int) -> answers.Fed:
    return answers.Fed(number=number)


def _answer(note: Note) -> answers.Noted:
    return answers.Noted(
        id=note.measure_id,
        month=f"{note.month:%Y-%m}",
        owner=note.owner,
        target=number(note.target),
        action=note.action.value if note.action else None,
        narrative=note.narrative,
    )
