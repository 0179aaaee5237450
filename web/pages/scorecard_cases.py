"""The cases behind a figure of the scorecard: those counted, those not, and those left out with why."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query
from fastapi.responses import Response

from scorecard.behind import Behind, CaseBehind, Side, behind
from scorecard.measure import Measure, Shape
from scorecard.words import period_words
from web import scorecard_asked as asked
from web.desks import Overseer
from web.place import Desk
from web.scorecard_parts import part_asked
from web.spreadsheets import File, spreadsheet

router = APIRouter()

SIDES: Mapping[Side, str] = {
    Side.COUNTED: "Counted",
    Side.NOT_COUNTED: "Not counted",
    Side.AMONG: "Both",
    Side.LEFT_OUT: "Left out",
}
COLUMNS: Mapping[str, str] = {
    "mail_ref": "Reference",
    "case_ref": "Case",
    "officer": "Officer",
    "team": "Team",
    "subject": "About",
    "days": "Days",
    "side": "Counted",
    "why": "Why not",
}
Page = Annotated[int, Query(ge=1, le=10_000)]


@router.get("/scorecard/measures/{measure}/cases")
def cases(
    at: Overseer, measure: str, month: str = "", side: Side = Side.COUNTED, part: str = "", page: Page = 1
) -> Response:
    """One side of a figure, by reference; cases of restricted children are for those named, and counted as hidden."""
    found, chosen = asked.figure_asked(at, measure, month)
    period = chosen.period(found)
    of = part_asked(at, found, chosen, part)
    rows = _behind(at, found, chosen, side, of, page)
    at.saw(f"scorecard cases {found.id} {chosen.code} {side}", [each.process_id for each in rows.cases])
    here = f"{asked.address_of(found)}/cases"
    return at.page(
        "scorecard/cases.html",
        title=f"{found.name}: the cases",
        measure=found,
        month=chosen,
        back=chosen.to(asked.address_of(found)),
        period=period_words(period),
        part=of,
        side=side,
        sides=[
            {"href": chosen.to(here, side=each, part=part), "text": words, "current": each is side}
            for each, words in _sides(found).items()
        ],
        rows=rows,
        files={kind: chosen.to(f"{here}.{kind}", side=side, part=part) for kind in File},
        next=chosen.to(here, side=side, part=part, page=page + 1) if rows.more else "",
        first=chosen.to(here, side=side, part=part) if page > 1 else "",
    )


@router.get("/scorecard/measures/{measure}/cases.{kind}")
def cases_file(
    at: Overseer, measure: str, kind: File, month: str = "", side: Side = Side.COUNTED, part: str = ""
) -> Response:
    """The same as a file, all of them."""
    found, chosen = asked.figure_asked(at, measure, month)
    rows = _behind(at, found, chosen, side, part_asked(at, found, chosen, part), None)
    at.saw(f"scorecard cases.{kind} {found.id} {chosen.code} {side}", [each.process_id for each in rows.cases])
    lines = [_line(each) for each in rows.cases]
    return spreadsheet(kind, f"{found.id}-{chosen.code}-{side}", found.name[:31], COLUMNS, lines)


def _behind(at: Desk, found: Measure, chosen: asked.Month, side: Side, part: str, page: int | None) -> Behind:
    if found.shape is Shape.FED:
        raise HTTPException(404)
    return behind(at.db, found, chosen.period(found), at.actor, side, part=part, page=page)


def _sides(found: Measure) -> Mapping[Side, str]:
    """Of a count there is nothing that is not counted and yet among those it looks at."""
    if found.shape is Shape.SHARE:
        return SIDES
    return {side: words for side, words in SIDES.items() if side in (Side.COUNTED, Side.LEFT_OUT)}


def _line(row: CaseBehind) -> Mapping[str, Any]:
    side = "Left out" if row.why else "Counted" if row.counted else "Not counted"
    return {**asdict(row), "side": side}
