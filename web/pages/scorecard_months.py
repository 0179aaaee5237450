"""Frozen months: what was told, whether it is still what was told, and what is known better now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query
from fastapi.responses import Response

from scorecard.behind import CaseBehind
from scorecard.measure import Measure
from scorecard.snapshots.reading import Frozen, FrozenFigure, frozen, frozen_cases, frozen_on_days, is_intact, is_late
from scorecard.snapshots.restating import Restated, restated
from scorecard.words import month_words, target_words, value_words
from web import scorecard_asked as asked
from web.desks import Overseer
from web.place import Desk

router = APIRouter()

SIZE = 50
Page = Annotated[int, Query(ge=1, le=10_000)]


@dataclass(frozen=True, slots=True)
class Row:
    """A frozen figure, its measure (None: defined no more), and what is known better now."""

    figure: FrozenFigure
    measure: Measure | None
    restated: Restated | None


@router.get("/scorecard/months")
def months(at: Overseer) -> Response:
    """The months that were frozen."""
    return at.page(
        "scorecard/months.html",
        title="Frozen months",
        tabs=asked.tabs(at),
        months=[
            {"code": f"{each:%Y-%m}", "words": month_words(each), "on": taken, "late": is_late(each, taken)}
            for each, taken in frozen_on_days(at.db).items()
        ],
    )


@router.get("/scorecard/months/{month}")
def month(at: Overseer, month: str, parts: str = "") -> Response:
    """What was told of a month; with `parts` those of services, bands and grounds too."""
    first = _month(at, month)
    taken = frozen(at.db, first)
    return at.page(
        "scorecard/month.html",
        title=f"{month_words(first)} as it was told",
        month=asked.Month(first, at.today),
        taken=taken,
        intact=taken is not None and is_intact(at.db, first),
        rows=_rows(at, taken, parts=bool(parts)) if taken else [],
        parts=bool(parts),
        value_words=value_words,
        target_words=target_words,
        address_of=asked.address_of,
    )


@router.get("/scorecard/months/{month}/cases")
def cases(at: Overseer, month: str, figure: int = 1, page: Page = 1) -> Response:
    """The cases behind a frozen figure that can still be found."""
    first = _month(at, month)
    taken = frozen(at.db, first)
    told = next((each for each in taken.figures if each.number == figure), None) if taken else None
    found = frozen_cases(at.db, taken, figure, at.actor) if taken and told else None
    shown: Sequence[CaseBehind] = found.cases[SIZE * (page - 1) : SIZE * page] if found else ()
    at.saw("scorecard cases as told", [each.process_id for each in shown])
    measure = asked.named(told.measure_id) if told else None
    here = f"/scorecard/months/{month}/cases?figure={figure}"
    return at.page(
        "scorecard/month_cases.html",
        title=f"The cases behind what was told of {month_words(first)}",
        month=asked.Month(first, at.today),
        told=told,
        measure=measure,
        found=found,
        shown=shown,
        next=f"{here}&page={page + 1}" if found and len(found.cases) > SIZE * page else "",
        first=here if page > 1 else "",
    )


def _month(at: Desk, said: str) -> date:
    found = asked.known_month(at, said)
    if found is None:
        raise HTTPException(404)
    return found


def _rows(at: Desk, taken: Frozen, *, parts: bool) -> Sequence[Row]:
    better: Mapping[tuple[str, str], Restated] = {(each.measure_id, each.part): each for each in restated(at.db, taken)}
    return [
        Row(each, asked.named(each.measure_id), better.get((each.measure_id, each.part)))
        for each in taken.figures
        if parts or not each.part
    ]
