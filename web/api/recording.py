"""Recording what happened, on one case or many."""

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from casework.once import done_once
from casework.recording import Line, Recorded, RecordedMany, record, record_many
from statute.notation import format_fact
from web.api import answers
from web.api.asked import RecordFacts, RecordMany, facts_in
from web.api.declared import WRITE, WRITE_ONE
from web.api.desks import ApiWorker
from web.api.shapes import Key, Ref
from web.api.writing import by_key, made

router = APIRouter(tags=["Recording"])


@router.post("/cases/{ref:path}/facts", status_code=201, response_model=answers.Recorded, responses=WRITE_ONE)
def record_facts(at: ApiWorker, ref: Ref, body: RecordFacts, key: Key) -> JSONResponse:
    """Record what happened: all the facts or none.

    What is impossible is refused (422); what is unlawful but may be real needs `confirm` (409). With `seen_version`
    nothing is recorded when others have recorded since (409).
    """
    once = by_key(at, key, body, 201, _recorded)
    facts = facts_in(body.facts)
    texts = {str(name): text for name, text in body.texts.items() if text}
    done = record(
        at.db, ref, facts, at.actor, at.now, confirm=body.confirm, texts=texts, seen=body.seen_version, once=once
    )
    return made(once, done)


@router.post("/facts", response_model=answers.RecordedMany, responses=WRITE)
def record_on_many_cases(at: ApiWorker, body: RecordMany, key: Key) -> JSONResponse:
    """Record facts on many cases, each case by itself: all of its lines or none.

    What stands already, word for word, is passed over. `refused` says which lines were not recorded, and why.
    """
    facts = facts_in([line.fact for line in body.lines], "lines")
    lines = [
        Line(number, line.case_ref, format_fact(fact), line.note)
        for number, (line, fact) in enumerate(zip(body.lines, facts, strict=True), start=1)
    ]
    once = by_key(at, key, body, 200, _recorded_many)
    done = done_once(at.db, once, lambda: record_many(at.db, lines, at.actor, at.now, confirm=body.confirm))
    return made(once, done)


def _recorded(done: Recorded) -> answers.Recorded:
    return answers.Recorded.model_validate(done)


def _recorded_many(done: RecordedMany) -> answers.RecordedMany:
    return answers.RecordedMany(
        recorded=done.recorded,
        unchanged=done.unchanged,
        refused=answers.as_said(done.refused),
        warnings=answers.as_said(done.warnings),
    )
