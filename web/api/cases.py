"""One case: open it, and read everything that is known of it."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse

from casework.case import chronology, explain, timeline
from casework.case_card import card
from casework.correspondence import messages
from casework.opening import Opened, Opening, open_case
from casework.shown import process_of
from statute.report import as_json
from statute.timeline import Timeline
from web.api import answers
from web.api.asked import OpenCase
from web.api.declared import ONE_CASE, WRITE
from web.api.desks import ApiReader, ApiWorker
from web.api.problems import FieldsWrong
from web.api.shapes import AsOf, Key, KnownOn, Line, Name, Ref
from web.api.writing import by_key, made
from web.place import Desk

router = APIRouter(tags=["Cases"])


@router.post("/cases", status_code=201, response_model=answers.Opened, responses=WRITE)
def open_a_case(at: ApiWorker, body: OpenCase, key: Key) -> JSONResponse:
    """Open a case and start its clocks: letters may go at once.

    A child who has an open case gets no second one: 409 `needs-confirmation` names it, and with `confirm` the request
    is recorded there as a further one, which moves no clock.
    """
    fields = body.fields()
    if faults := Opening.faults(fields):
        raise FieldsWrong(faults)
    once = by_key(at, key, body, 201, _opened)
    done = open_case(at.db, Opening.read(fields), at.actor, at.now, confirm=body.confirm, once=once)
    return made(once, done)


def _opened(done: Opened) -> answers.Opened:
    return answers.Opened.model_validate(done)


@router.get("/cases/{ref:path}/timeline", responses=ONE_CASE)
def read_the_timeline(at: ApiReader, ref: Ref, as_of: AsOf = None, known_on: KnownOn = None) -> answers.Timeline:
    """Every limit of the case: when it falls due, how it stands, and why."""
    found = timeline(at.db, ref, at.actor, at.now, as_of=as_of, known_on=known_on)
    _saw(at, "timeline", ref)
    return timeline_shown(found)


@router.get("/cases/{ref:path}/explain", responses=ONE_CASE)
def explain_a_date(
    at: ApiReader,
    ref: Ref,
    limit: Annotated[Name, Query(description="The limit's id.", examples=["reg13_final_plan"])],
    subject: Annotated[Line, Query(description="Whose advice, where the limit has several.")] = "",
    as_of: AsOf = None,
    known_on: KnownOn = None,
) -> answers.Explanations:
    """Why a date is what it is, with the paragraph of the law."""
    found = explain(at.db, ref, limit, subject, at.actor, at.now, as_of=as_of, known_on=known_on)
    _saw(at, "explain", ref)
    return answers.Explanations(
        items=tuple(
            answers.Explanation(
                limit=each.limit,
                subject=each.subject,
                citation=each.citation,
                legal_due=each.legal_due,
                state=each.state.value,
                explanation=each.explain(),
            )
            for each in found
        )
    )


@router.get("/cases/{ref:path}/chronology", responses=ONE_CASE)
def read_the_chronology(at: ApiReader, ref: Ref) -> answers.Chronology:
    """Everything that happened, who recorded it and when, letters and free text included."""
    found = chronology(at.db, ref, at.actor, at.now)
    _saw(at, "chronology", ref)
    return answers.Chronology(items=tuple(answers.ChronologyEntry(**entry) for entry in found))


@router.get("/cases/{ref:path}/messages", responses=ONE_CASE)
def read_the_messages(at: ApiReader, ref: Ref) -> answers.Messages:
    """What was sent, to whom, what waits, what failed, and why something was not sent."""
    found = messages(at.db, at.actor, case=ref)
    _saw(at, "messages", ref)
    return answers.Messages(items=tuple(answers.Message(**row) for row in found))


def timeline_shown(found: Timeline) -> answers.Timeline:
    """A timeline as JSON."""
    plain: dict[str, Any] = as_json(found)
    return answers.Timeline(**plain, warnings=found.warnings)


def _saw(at: Desk, what: str, ref: str) -> None:
    at.saw(f"api: {what}", [process_of(at.db, ref, at.actor)])


# The last of them: a reference may hold a slash (PLAN-2026-0064/R1), and would take the others' addresses for its own.
whole = APIRouter(tags=["Cases"])


@whole.get("/cases/{ref:path}", responses=ONE_CASE)
def read_a_case(at: ApiReader, ref: Ref) -> answers.Case:
    """The child, whose case it is, and its ledger as recorded."""
    found = card(at.db, ref, at.actor)
    at.saw("api: case", [found.head.id])
    return answers.Case.of(found)
