"""What happened? Recording one fact on one case."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Path
from fastapi.responses import RedirectResponse, Response

from casework.at_hand import AtHand, at_hand
from statute.expected import Next
from statute.kinds import KINDS, Kind
from statute.words import day_words
from web.case_refs import CaseRef
from web.desks import Worker
from web.faults import Faults
from web.forms import Form, Posted
from web.recording.fields import advice_words, fields_of
from web.recording.kinds import ELSEWHERE, SHOWN, grouped, sentence, title_of
from web.recording.reading import read_back, read_said
from web.recording.sending import BACK, Sending, case_url, form_page, headed, seen_of, send

router = APIRouter()

Name = Annotated[str, Path(max_length=40)]


@router.get("/cases/{ref}/record")
def what_happened(at: Worker, ref: CaseRef) -> Response:
    """What the law expects next, then everything else that can be recorded."""
    hand = at_hand(at.db, ref, at.actor, at.now)
    at.saw("what happened", [hand.process_id])
    first = [(_address(hand, each), _offered(each, hand)) for each in hand.expected]
    rest = {
        group: [(_address(hand, Next(kind.name)), title_of(kind)) for kind in kinds] for group, kinds in _rest(hand)
    }
    return at.page("recording/what.html", **headed("What happened?", hand), hand=hand, first=first, rest=rest)


@router.get("/cases/{ref}/record/{kind}")
def ask(at: Worker, ref: CaseRef, kind: Name, subject: str = "") -> Response:
    """The form of one kind."""
    hand, chosen = at_hand(at.db, ref, at.actor, at.now), kind_of(kind)
    if kind in ELSEWHERE:
        return RedirectResponse(case_url(hand, ELSEWHERE[kind]), status_code=303)
    if hand.process not in chosen.processes:
        raise HTTPException(404)
    at.saw("what happened", [hand.process_id])
    return _page(at, hand, chosen, Form({"subject": subject}), Faults(), hand.version)


@router.post("/cases/{ref}/record/{kind}")
def take(at: Worker, ref: CaseRef, kind: Name, form: Posted) -> Response:
    """Record it, or show the form again with what is wrong and everything that was typed."""
    hand, chosen = at_hand(at.db, ref, at.actor, at.now), kind_of(kind)
    if kind in ELSEWHERE or hand.process not in chosen.processes:
        raise HTTPException(404)
    at.saw("what happened", [hand.process_id])
    fields, faults = fields_of(chosen, hand), Faults()
    said = None if form.asked(BACK) else read_said(form, fields, faults)
    if said is None:
        return _page(at, hand, chosen, form, faults, seen_of(form, hand))
    fact = said.fact(kind)
    return send(
        at,
        Sending(
            hand=hand,
            facts=[fact],
            texts=said.texts,
            form=form,
            fields=fields,
            said=f"Recorded: {chosen.words}, {day_words(fact.day)}.",
            told=read_back(form, fields),
            again=lambda faults, seen: _page(at, hand, chosen, form, faults, seen),
            will=SHOWN[kind].will,
        ),
    )


def kind_of(name: str) -> Kind:
    """The kind of that name; a page that does not exist where there is none."""
    if name not in KINDS:
        raise HTTPException(404)
    return KINDS[name]


def _rest(hand: AtHand) -> list[tuple[str, list[Kind]]]:
    left_out = {each.kind for each in hand.expected if not each.subject}
    if hand.ended_on is None:
        left_out.add("reopened")
    groups = grouped(hand.process).items()
    left = [(group, [kind for kind in kinds if kind.name not in left_out]) for group, kinds in groups]
    return [(group, kinds) for group, kinds in left if kinds]


def _address(hand: AtHand, each: Next) -> str:
    elsewhere = ELSEWHERE.get(each.kind)
    url = case_url(hand, elsewhere) if elsewhere else case_url(hand, "record", each.kind)
    return f"{url}?{urlencode({'subject': each.subject})}" if each.subject else url


def _offered(each: Next, hand: AtHand) -> str:
    if not each.subject:
        return title_of(KINDS[each.kind])
    about = advice_words(each.subject, hand) if each.kind.startswith("advice") else each.subject
    return f"{sentence(KINDS[each.kind].words)}: {about}"


def _page(at: Worker, hand: AtHand, kind: Kind, form: Form, faults: Faults, seen: int) -> Response:
    will = SHOWN[kind.name].will
    return form_page(
        at,
        title_of(kind),
        fields_of(kind, hand),
        form,
        faults,
        hand=hand,
        seen=seen,
        will=will,
        action=case_url(hand, "record", kind.name),
        back=case_url(hand, "record"),
        button="Continue" if will else "Record it",
    )
