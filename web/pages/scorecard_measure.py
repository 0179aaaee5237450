"""One measure: what it counts, its figure and trend, the charts that explain it, and what is done about it."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from scorecard.card import Line
from scorecard.comparison import comparison_of
from scorecard.kept import Kept, Wanted, kept_card
from scorecard.measure import Measure, Shape
from scorecard.measures import instead_of, is_in_force
from scorecard.notes import NotedSince, write_note
from scorecard.words import (
    ACTIONS,
    BETTER,
    CADENCES,
    RAGS,
    month_words,
    period_words,
    target_words,
    value_words,
)
from web import scorecard_asked as asked
from web.desks import Manager, Overseer
from web.faults import Faults
from web.forms import Posted
from web.place import Desk
from web.scorecard_charts import charts_of, trend_of
from web.scorecard_forms import held_words, read_note, seen_in, typed
from web.scorecard_parts import part_in_address

router = APIRouter()


@router.get("/scorecard/measures/{measure}")
def one(at: Overseer, measure: str, month: str = "", again: str = "") -> Response:
    """A measure in one month, and over the months before."""
    found, chosen = asked.measure_asked(at, measure), asked.month_asked(at, month)
    if not is_in_force(found, chosen.first.year):
        return _not_in_force(at, found, chosen)
    shown = _shown(at, found, chosen, anew=bool(again))
    line = _line(shown, found)
    return at.page(
        "scorecard/measure.html",
        title=found.name,
        measure=found,
        month=chosen,
        line=line,
        counted_at=shown.counted_at,
        period=period_words(line.days),
        here=asked.address_of(found),
        charts=charts_of(at, found, chosen),
        part_codes={each.part: part_in_address(at, found, each.part) for each in line.parts},
        may_write=asked.may_write(at),
        trend=trend_of(at, line, chosen, anew=bool(again)),
        comparison=comparison_of(at.db, at.place.settings, found, at.today),
        **WORDS,
    )


@router.get("/scorecard/measures/{measure}/note")
def note(at: Manager, measure: str, month: str = "") -> Response:
    """The form: owner, target, action and narrative for a month."""
    found, chosen = asked.figure_asked(at, measure, month)
    return _form(at, found, chosen, typed(_line(_shown(at, found, chosen), found).note), Faults())


@router.post("/scorecard/measures/{measure}/note")
def write(at: Manager, measure: str, form: Posted) -> Response:
    """Say it: all of it holds from that month on, the narrative for the month alone. What somebody else said since the
    form was made is shown first."""
    (found, chosen), faults = asked.figure_asked(at, measure, form.get("month")), Faults()
    about = read_note(form, found, chosen.last, faults)
    if faults:
        return _form(at, found, chosen, form.values, faults)
    try:
        write_note(at.db, about, at.actor, at.now, seen_in(form))
    except NotedSince as since:
        faults.say("narrative", held_words(since.held))
        return _form(at, found, chosen, {**form.values, "seen": f"{since.held.number}"}, faults)
    return at.go(chosen.to(asked.address_of(found)), f"That was noted for {month_words(chosen.first)}.")


def _not_in_force(at: Desk, found: Measure, chosen: asked.Month) -> Response:
    instead = instead_of(found, chosen.first.year)
    return at.page(
        "scorecard/not_in_force.html",
        title=f"Not in force in {chosen.first.year}",
        status=404,
        measure=found,
        month=chosen,
        years=asked.years_of(found),
        instead=instead,
        there=asked.address_of(instead) if instead else "",
    )


WORDS: Mapping[str, Any] = {
    "value_words": value_words,
    "period_words": period_words,
    "target_words": target_words,
    "rags": RAGS,
    "actions": ACTIONS,
    "better": BETTER,
    "cadences": CADENCES,
    "shares": Shape.SHARE,
    "fed": Shape.FED,
    "counts": Shape.COUNT,
}


def _shown(at: Desk, found: Measure, chosen: asked.Month, *, anew: bool = False) -> Kept:
    wanted = Wanted(chosen.first, at.today, asked.amber(at), [found], asked.for_managers(at))
    return kept_card(at.db, wanted, at.now, anew=anew)


def _line(shown: Kept, found: Measure) -> Line:
    return next(each for each in shown.card.lines if each.measure.id == found.id)


def _form(at: Desk, found: Measure, chosen: asked.Month, values: Mapping[str, str], faults: Faults) -> Response:
    return at.page(
        "scorecard/note.html",
        title=f"What is done about: {found.name}",
        faults=faults,
        form=values,
        measure=found,
        month=chosen,
        here=asked.address_of(found),
        own_target=target_words(found, found.target),
        **WORDS,
    )
