"""An exception: which limit it lifts, on which ground of the law's closed list, and who approved it."""

from collections.abc import Sequence
from types import MappingProxyType
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import Response

from casework.at_hand import AtHand, at_hand
from casework.staff import staff
from statute.errors import FactError
from statute.facts import Fact
from statute.lifting import Effect, Reach, closed_for, effects, reaches
from statute.reliefs import asked_on
from web.advice.missed import missed_as_form
from web.case_refs import CaseRef
from web.desks import Worker
from web.faults import Faults
from web.forms import Form, Posted
from web.recording.exceptions import (
    NEEDS,
    about_closure,
    chosen,
    doubts,
    fields_for,
    ground_words,
    grounds_of,
    told_of,
)
from web.recording.fields import Field
from web.recording.reading import Said, read_back, read_said
from web.recording.sending import BACK, Sending, case_url, form_page, headed, seen_of, send

router = APIRouter()

_CHOOSE = "Choose the ground of the exception"


@router.get("/cases/{ref}/exception")
def ask(at: Worker, ref: CaseRef, ground: str = "", answer: UUID | None = None) -> Response:
    """Which ground first; then the form of that ground, filled in where somebody answered that it is one."""
    hand, found = _open(at, ref)
    if ground in grounds_of(found):
        form = missed_as_form(at, ref, answer, found) if answer else Form({})
        return _form(at, hand, found, ground, form, Faults(), hand.version)
    faults = Faults()
    if "ground" in at.request.query_params:
        faults.say("ground", _CHOOSE)
    return _grounds(at, hand, found, faults)


@router.post("/cases/{ref}/exception")
def take(at: Worker, ref: CaseRef, form: Posted) -> Response:
    """Show what it would lift, then record it."""
    hand, found = _open(at, ref)
    ground = form.get("ground")
    if ground not in grounds_of(found):
        faults = Faults()
        faults.say("ground", _CHOOSE)
        return _grounds(at, hand, found, faults)
    faults = Faults()
    fields = fields_for(ground, found, hand, staff(at.db))
    said = None if form.asked(BACK) else read_said(form, fields, faults)
    if said is None:
        return _form(at, hand, found, ground, form, faults, seen_of(form, hand))
    return _send(at, hand, found, form, fields, _facts(said, ground, form, found))


def _send(
    at: Worker, hand: AtHand, found: Sequence[Reach], form: Form, fields: Sequence[Field], facts: Sequence[Fact]
) -> Response:
    ground = form.get("ground")

    def again(faults: Faults, seen: int) -> Response:
        return _form(at, hand, found, ground, form, faults, seen)

    if not facts:
        faults = Faults()
        faults.say("limits", "Choose at least one of these limits.")
        return again(faults, seen_of(form, hand))
    would, closing = _would(at, hand, facts)
    return send(
        at,
        Sending(
            hand=hand,
            facts=facts,
            texts=MappingProxyType({}),
            form=form,
            fields=fields,
            said=f"Recorded: an exception, {ground_words(ground)[:1].lower()}{ground_words(ground)[1:]}.",
            told=[("Ground", ground_words(ground)), *read_back(form, fields)],
            again=again,
            will=[*closing, *told_of(would, hand)],
            doubts=doubts(facts[0], staff(at.db)),
            ask_to_count=any(each.unsettled for each in would),
            check=True,
        ),
    )


def _open(at: Worker, ref: str) -> tuple[AtHand, Sequence[Reach]]:
    hand = at_hand(at.db, ref, at.actor, at.now)
    at.saw("exception", [hand.process_id])
    return hand, reaches(hand.process, hand.facts, at.today, hand.calendar)


def _facts(said: Said, ground: str, form: Form, found: Sequence[Reach]) -> Sequence[Fact]:
    """One relief for each limit: each is lifted, or not, for itself."""
    given = {name: value for name, value in said.attributes.items() if name != "limits"}
    counted = {"confirmed": "yes"} if form.get("confirmed") == "yes" else {}
    shared = {"ground": ground, **given, **counted, **said.texts}
    each = chosen(form.many("limits"), [reach for reach in found if ground in reach.grounds])
    return [Fact("relief", said.day, "", MappingProxyType({**one.attributes, **shared})) for one in each]


def _would(at: Worker, hand: AtHand, facts: Sequence[Fact]) -> tuple[Sequence[Effect], Sequence[str]]:
    try:
        would = effects(hand.process, hand.facts, facts, at.today, hand.calendar)
        closing = closed_for(hand.process, hand.facts, facts[0], at.today, hand.calendar)
    except FactError:
        return (), ()  # the law refuses it, and says why beside its field
    return would, about_closure(closing, asked_on(facts[0], hand.stands))


def _grounds(at: Worker, hand: AtHand, found: Sequence[Reach], faults: Faults) -> Response:
    grounds = [(each, ground_words(each), NEEDS[each][0]) for each in grounds_of(found)]
    return at.page(
        "recording/grounds.html",
        **headed("On which ground is the exception?", hand),
        hand=hand,
        faults=faults,
        grounds=grounds,
    )


def _form(
    at: Worker, hand: AtHand, found: Sequence[Reach], ground: str, form: Form, faults: Faults, seen: int
) -> Response:
    return form_page(
        at,
        f"Exception: {ground_words(ground)[:1].lower()}{ground_words(ground)[1:]}",
        fields_for(ground, found, hand, staff(at.db)),
        form,
        faults,
        hand=hand,
        seen=seen,
        needs=NEEDS[ground],
        hidden=[("ground", ground)],
        action=case_url(hand, "exception"),
        back=case_url(hand, "exception"),
        button="Continue",
    )
