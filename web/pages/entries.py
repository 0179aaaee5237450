"""One entry of a case: what it says, what it said first, and what can be done when it is wrong."""

from typing import Annotated

from fastapi import APIRouter, HTTPException, Path
from fastapi.responses import Response

from casework.at_hand import at_hand
from casework.entries import Entry, Standing, entry
from statute.facts import Fact
from statute.kinds import ABOUT_THE_RECORD, KINDS, VOIDS
from statute.standing import as_now_known
from statute.words import day_words
from web.case_refs import CaseRef
from web.desks import Reader, Worker
from web.faults import Faults
from web.forms import Form, Posted
from web.recording.entries import CHANNELS, correction, in_rows, retraction, title_of_entry
from web.recording.fields import Field, fields_of
from web.recording.kinds import SHOWN, sentence, words_of
from web.recording.reading import form_of, read_back, read_said, read_texts
from web.recording.sending import BACK, Sending, case_url, form_page, headed, seen_of, send

router = APIRouter()

Sequence = Annotated[int, Path(ge=1, le=2_000_000)]

_NOTHING = "Nothing is different. Change the day or one of the answers, or go back to the entry."
_ALREADY = "The entry says so already."
_WHY = Field("note", "Why was it wrong?", "The next person reads it beside the entry.", "text", needed=True)
_NEVER = Field("reasons", "Why is it taken out?", "The next person reads it beside the entry.", "text", needed=True)
_RETRACTING = (
    "The entry no longer counts: what it met runs again, and what it closed is open again.",
    "It stays in the chronology, crossed out, with your reason.",
)


@router.get("/cases/{ref}/correct")
@router.get("/cases/{ref}/facts")
def entries(at: Reader, ref: CaseRef) -> Response:
    """Every entry that stands, to choose the one that is wrong."""
    hand = at_hand(at.db, ref, at.actor, at.now)
    at.saw("entries", [hand.process_id])
    known = [fact for fact in as_now_known(hand.facts) if fact.kind not in ABOUT_THE_RECORD]
    rows = [(case_url(hand, "facts", str(each.sequence)), title_of_entry(each, hand), each.day) for each in known]
    rows.sort(key=lambda row: row[2], reverse=True)
    return at.page("recording/entries.html", **headed("Which entry is wrong?", hand), hand=hand, rows=rows)


@router.get("/cases/{ref}/facts/{sequence}")
def show(at: Reader, ref: CaseRef, sequence: Sequence) -> Response:
    """One entry with its history."""
    found = _entry(at, ref, sequence)
    hand, stands = found.hand, found.standing in (Standing.STANDS, Standing.CORRECTED)
    closes = hand.ended_on is not None and found.said.fact.kind == hand.timeline.ended_by
    return at.page(
        "recording/entry.html",
        **headed(f"Entry {sequence}: {_lowered(title_of_entry(found.said.fact, hand))}", hand),
        hand=hand,
        entry=found,
        stands=stands,
        original=in_rows(found.said.fact, found.said.texts, hand),
        current=in_rows(found.now, {}, hand) if found.now and found.later else (),
        later=[(title_of_entry(each.fact, hand), in_rows(each.fact, each.texts, hand), each) for each in found.later],
        channels=CHANNELS,
        closes=closes and found.said.fact.kind not in VOIDS,
        may_correct=found.now is not None and found.said.fact.kind not in ABOUT_THE_RECORD,
    )


@router.get("/cases/{ref}/facts/{sequence}/correct")
def ask_correction(at: Worker, ref: CaseRef, sequence: Sequence) -> Response:
    """The entry's form as it now stands, to put right."""
    found = _standing(_entry(at, ref, sequence))
    form = form_of(found[1], _fields(found[0]))
    return _correction_page(at, found[0], form, Faults(), found[0].hand.version)


@router.post("/cases/{ref}/facts/{sequence}/correct")
def correct(at: Worker, ref: CaseRef, sequence: Sequence, form: Posted) -> Response:
    """Record the correction; the original is kept and shown."""
    found = _entry(at, ref, sequence)
    if found.now is None:
        return _gone(at, found)
    found, now = _standing(found)
    fields, faults, hand = _fields(found), Faults(), found.hand
    said = None if form.asked(BACK) else read_said(form, fields, faults)
    fact = correction(found, said, fields) if said else None
    if said is not None and fact is None:
        if any(each.fact.sequence > seen_of(form, hand) for each in found.later):
            return at.go(_url(found), _ALREADY)  # the same form a second time
        faults.say("on", _NOTHING)
    if said is None or fact is None:
        return _correction_page(at, found, form, faults, seen_of(form, hand))
    return send(
        at,
        Sending(
            hand=hand,
            facts=[fact],
            texts=said.texts,
            form=form,
            fields=fields,
            said=f"Corrected: {_words(now)}, now {day_words(fact.day)}.",
            told=read_back(form, fields),
            again=lambda faults, seen: _correction_page(at, found, form, faults, seen),
        ),
    )


@router.get("/cases/{ref}/facts/{sequence}/retract")
def ask_retraction(at: Worker, ref: CaseRef, sequence: Sequence) -> Response:
    """What retracting does, and why it is done."""
    found, _ = _standing(_entry(at, ref, sequence))
    return _retraction_page(at, found, Form({}), Faults(), found.hand.version)


@router.post("/cases/{ref}/facts/{sequence}/retract")
def retract(at: Worker, ref: CaseRef, sequence: Sequence, form: Posted) -> Response:
    """Record that it never happened; the original is kept and shown."""
    found = _entry(at, ref, sequence)
    if found.now is None:
        return _gone(at, found)
    found, now = _standing(found)
    fields, faults, hand = (_NEVER,), Faults(), found.hand
    texts = read_texts(form, fields, faults)
    fact = retraction(found)
    if form.asked(BACK) or faults or fact is None:
        shown = Faults() if form.asked(BACK) else faults
        return _retraction_page(at, found, form, shown, seen_of(form, hand))
    return send(
        at,
        Sending(
            hand=hand,
            facts=[fact],
            texts=texts,
            form=form,
            fields=fields,
            said=f"Retracted: {_words(now)}, {day_words(now.day)}.",
            told=read_back(form, fields),
            again=lambda faults, seen: _retraction_page(at, found, form, faults, seen),
        ),
    )


def _entry(at: Reader, ref: str, sequence: int) -> Entry:
    found = entry(at.db, ref, sequence, at.actor, at.now)
    if found is None:
        raise HTTPException(404)
    at.saw("entry", [found.hand.process_id])
    return found


def _gone(at: Worker, found: Entry) -> Response:
    """The entry was retracted since its page was shown: by a colleague, or by the same form a moment ago."""
    return at.go(_url(found), "This entry is retracted. Nothing more was recorded.", warning=True)


def _standing(found: Entry) -> tuple[Entry, Fact]:
    """An entry that can be put right: of one that is gone, or is itself about another, there is no form."""
    if found.now is None or found.said.fact.kind in ABOUT_THE_RECORD:
        raise HTTPException(404)
    return found, found.now


def _lowered(title: str) -> str:
    return title[:1].lower() + title[1:]


def _words(fact: Fact) -> str:
    return words_of(KINDS[fact.kind])


def _fields(found: Entry) -> list[Field]:
    kind = KINDS[found.said.fact.kind]
    asked = fields_of(kind, found.hand, correcting=True)
    return [*(field for field in asked if field.name not in SHOWN[kind.name].texts), _WHY]


def _correction_page(at: Worker, found: Entry, form: Form, faults: Faults, seen: int) -> Response:
    subject = " What it is about cannot be changed: retract it and record it again." if found.said.fact.subject else ""
    return form_page(
        at,
        f"Correct: {_words(found.said.fact)}",
        _fields(found),
        form,
        faults,
        hand=found.hand,
        seen=seen,
        intro=[f"Put right what is wrong. The original entry is kept and shown beside it.{subject}"],
        action=_url(found, "correct"),
        back=_url(found),
        button="Record the correction",
    )


def _retraction_page(at: Worker, found: Entry, form: Form, faults: Faults, seen: int) -> Response:
    now = found.now or found.said.fact
    return form_page(
        at,
        f"This never happened: {_words(now)}",
        [_NEVER],
        form,
        faults,
        hand=found.hand,
        seen=seen,
        intro=[f"{sentence(title_of_entry(now, found.hand))}, {day_words(now.day)}."],
        will=_RETRACTING,
        action=_url(found, "retract"),
        back=_url(found),
        button="Retract the entry",
    )


def _url(found: Entry, *more: str) -> str:
    return case_url(found.hand, "facts", str(found.said.fact.sequence), *more)
