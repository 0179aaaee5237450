"""Figures from outside the house, entered by hand: with a period, an owner and where they came from; and withdrawn."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Query
from fastapi.responses import Response

from casework.errors import Refused
from scorecard.fed.entering import Entered, enter, entered, withdraw
from scorecard.fed.entries import FedEntry, NotTaken, fed_measures
from scorecard.measure import Measure
from scorecard.words import is_share
from web import scorecard_asked as asked
from web.desks import Manager, Overseer
from web.faults import Faults
from web.forms import Form, Posted, read_day
from web.place import Desk
from web.scorecard_forms import read_number

router = APIRouter()

SIZE = 50
_MOST = Decimal(999_999_999)
_HERE = "/scorecard/fed"
FedId = Annotated[int, Path(ge=1, le=2**63 - 1)]
Page = Annotated[int, Query(ge=1, le=10_000)]


@router.get("/scorecard/fed")
def fed(at: Overseer, measure: str = "", page: Page = 1) -> Response:
    """What was entered, the latest period first, and the form to enter more."""
    return _page(at, measure, page, {"figure_of": measure}, Faults())


@router.post("/scorecard/fed")
def put_in(at: Manager, form: Posted) -> Response:
    """Enter a figure. One for the same measure, part and period takes the place of the one before."""
    faults = Faults()
    entry = _read(form, faults)
    if entry is not None:
        try:
            enter(at.db, entry, at.actor, at.now)
            return at.go(_HERE, "The figure was entered.")
        except NotTaken as refused:
            for field, said in refused.faults:
                faults.say("figure_of" if field == "measure" else field, _sentence(said))
    return _page(at, "", 1, form.values, faults)


@router.post("/scorecard/fed/{fed_id}/withdraw")
def take_back(at: Manager, fed_id: FedId, form: Posted) -> Response:
    """Withdraw a figure: it stays to be seen, and counts no more."""
    try:
        withdraw(at.db, fed_id, at.actor, at.now)
    except Refused as refused:
        return at.go(_HERE, *refused.messages, warning=True)
    return at.go(_HERE, "The figure was withdrawn.")


def _read(form: Form, faults: Faults) -> FedEntry | None:
    first = read_day(form, "first_day", faults, "The first day")
    last = read_day(form, "last_day", faults, "The last day")
    numerator, denominator, value = (
        read_number(form, name, faults, what, most=_MOST)
        for name, what in (("numerator", "How many"), ("denominator", "Of how many"), ("value", "The value"))
    )
    if form.get("figure_of") not in {each.id for each in fed_measures()}:
        faults.say("figure_of", "Choose what the figure is of")
    if faults or first is None or last is None:
        return None
    owner, source, part = (form.get(name) for name in ("owner", "source", "part"))
    return FedEntry(form.get("figure_of"), first, last, owner, source, part, numerator, denominator, value)


def _page(at: Desk, measure: str, page: int, values: Mapping[str, str], faults: Faults) -> Response:
    known = {each.id: each for each in fed_measures()}
    if measure and measure not in known:
        raise HTTPException(404)
    rows = entered(at.db, measure)
    return at.page(
        "scorecard/fed.html",
        title="Figures from outside",
        faults=faults,
        form=values,
        tabs=asked.tabs(at),
        measures=[("", "All"), *((each.id, each.name) for each in known.values())],
        choices=[("", "Choose one"), *((each.id, _choice(each)) for each in known.values())],
        chosen=measure,
        rows=_shown(rows, known, page),
        may_write=asked.may_write(at),
        next=f"{_HERE}?measure={measure}&page={page + 1}" if len(rows) > SIZE * page else "",
        first=f"{_HERE}?measure={measure}" if page > 1 else "",
    )


def _shown(rows: Sequence[Entered], known: Mapping[str, Measure], page: int) -> Sequence[Mapping[str, object]]:
    return [
        {
            "row": row,
            "name": known[row.entry.measure_id].name if row.entry.measure_id in known else row.entry.measure_id,
            "figure": _figure(row.entry, known.get(row.entry.measure_id)),
            "state": ("Holds", "green") if row.holds else ("Withdrawn" if row.withdrawn else "Replaced", "grey"),
        }
        for row in rows[SIZE * (page - 1) : SIZE * page]
    ]


def _figure(entry: FedEntry, measure: Measure | None) -> str:
    """`12 of 34, 35.3%`: as much of it as was entered."""
    counts = " of ".join(f"{each:,f}" for each in (entry.numerator, entry.denominator) if each is not None)
    if entry.value is None:
        return counts
    unit = "" if measure is None else "%" if is_share(measure) else f" {measure.unit}" if measure.unit else ""
    value = f"{entry.value.normalize():,f}{unit}"
    return f"{counts}, {value}" if entry.denominator is not None else value


def _choice(measure: Measure) -> str:
    return f"{measure.name} ({measure.unit or 'a count'})"


def _sentence(said: str) -> str:
    return said[0].upper() + said[1:]
