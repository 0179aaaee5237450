"""The scorecard: its measures live and frozen, the cases behind them, and the year as the department prints it."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Path, Query
from pydantic import TypeAdapter

from scorecard.as_published import as_published
from scorecard.behind import CaseBehind, Side, behind
from scorecard.card import card
from scorecard.comparison import own_name
from scorecard.measure import Measure, Shape
from scorecard.measures import MEASURES, is_in_force
from scorecard.plain import plain_card, plain_line, plain_measure, plain_snapshot
from scorecard.published.loading import source_of
from scorecard.snapshots.reading import frozen, frozen_months, is_intact
from scorecard.snapshots.restating import restated
from scorecard.spans import period_of
from web.api import scorecard_answers as answers
from web.api.cursors import CaseKeys, cut
from web.api.declared import READ, Responses, problems
from web.api.desks import ApiOverseer
from web.api.problems import FieldsWrong, Problem
from web.api.shapes import Cursor, Line, PageSize
from web.place import Desk

router = APIRouter(tags=["Scorecard"])

_MONTH = r"^20[0-9]{2}-(0[1-9]|1[0-2])$"
_KEYS = CaseKeys(TypeAdapter(tuple[Line, Line, int]), ref=0)
_KNOWN = {each.id: each for each in MEASURES if not each.for_managers}
NOT_THERE: Responses = {
    404: {"model": Problem, "description": "There is no such measure, none in that year, or the month is not frozen."}
}
ONE = {**problems(404), **NOT_THERE}

MeasureId = Annotated[
    str,
    Path(pattern=r"^[a-z][a-z0-9_]{0,60}$", description="The id of a measure.", json_schema_extra={"enum": [*_KNOWN]}),
]
Month = Annotated[str | None, Query(pattern=_MONTH, description="A month; left out: the present one, so far.")]
TheMonth = Annotated[str, Path(pattern=_MONTH, description="A month.", examples=["2026-10"])]


@router.get("/scorecard", responses=READ)
def tell_the_scorecard(at: ApiOverseer, month: Month = None) -> answers.Card:
    """Every measure of a month as it is known now, with target, status, what was said and what was told."""
    found = card(at.db, day_in(at, month), at.today, at.place.settings.scorecard_amber)
    return answers.Card.model_validate(plain_card(found, at.now))


@router.get("/measures", responses=READ)
def list_the_measures(at: ApiOverseer) -> answers.Measures:
    """What is measured: definition, source, and our reading where the department's is not published."""
    return answers.Measures.model_validate({"items": [plain_measure(each) for each in _KNOWN.values()]})


@router.get("/measures/{measure_id}", responses=ONE)
def tell_one_measure(at: ApiOverseer, measure_id: MeasureId, month: Month = None) -> answers.LineOfMonth:
    """One measure of a month as it is known now, with its parts."""
    day, wanted = figure_in(at, measure_id, month)
    found = card(at.db, day, at.today, at.place.settings.scorecard_amber, measures=[wanted])
    return answers.LineOfMonth.model_validate(
        {**plain_line(found.lines[0]), "month": f"{found.month:%Y-%m}", "counted_at": at.now}
    )


@router.get("/measures/{measure_id}/cases", responses=ONE)
def list_the_cases_behind(
    at: ApiOverseer,
    measure_id: MeasureId,
    month: Month = None,
    side: Annotated[
        Side, Query(description="In the numerator, only in the denominator, both, or left out with the reason.")
    ] = Side.AMONG,
    part: Annotated[Line, Query(description="Only this part of the figure.")] = "",
    cursor: Cursor = None,
    page_size: PageSize = 50,
) -> answers.CasesBehind:
    """The cases behind a figure as it is known now, by reference; a fed measure has none."""
    day, wanted = figure_in(at, measure_id, month)
    after = _KEYS.read(at.db, cursor)
    if wanted.shape is Shape.FED or (part and not wanted.parts):
        return answers.CasesBehind(items=(), hidden=0, next=None)
    period = period_of(wanted, day, at.today)
    found = behind(at.db, wanted, period, at.actor, side, part=part, page=None)
    rest = [row for row in _numbered(found.cases) if after is None or _key(row) > after]
    rows, more = cut(rest, page_size, lambda row: _KEYS.told(at.db, _key(row)))
    at.saw(f"api: scorecard cases {wanted.id} {period.last:%Y-%m} {side}", [case.process_id for case, _ in rows])
    items = tuple(answers.CaseBehind.model_validate(case) for case, _ in rows)
    return answers.CasesBehind(items=items, hidden=found.hidden, next=more)


@router.get("/snapshots", responses=READ)
def list_the_frozen_months(at: ApiOverseer) -> answers.Months:
    """The months that were frozen, the newest first."""
    return answers.Months(items=tuple(f"{each:%Y-%m}" for each in frozen_months(at.db)))


@router.get("/snapshots/{month}", responses=ONE)
def tell_a_frozen_month(at: ApiOverseer, month: TheMonth) -> answers.Snapshot:
    """A month as it was told, and which of its figures would be others today."""
    taken = frozen(at.db, date.fromisoformat(f"{month}-01"))
    if taken is None:
        raise HTTPException(404)
    said = plain_snapshot(taken, is_intact(at.db, taken.month), restated(at.db, taken))
    return answers.Snapshot.model_validate(said)


@router.get("/published/{year}", responses=READ)
def tell_a_year_as_published(
    at: ApiOverseer, year: Annotated[int, Path(ge=2014, le=2100, description="A calendar year.")]
) -> answers.AsPublished:
    """The authority's own figures of a calendar year in the columns of the department's tables."""
    found, name = as_published(at.db, year, at.today), own_name(source_of(at.db), at.place.settings)
    return answers.AsPublished(authority=name, year=year, tables=found.tables, notes=tuple(found.notes))


def day_in(at: Desk, month: str | None) -> date:
    """A day of the month. Raises FieldsWrong for one that is still to come."""
    day = date.fromisoformat(f"{month}-01") if month else at.today
    if day > at.today:
        raise FieldsWrong([("month", "is still to come: name one that has begun")])
    return day


def figure_in(at: Desk, measure_id: str, month: str | None) -> tuple[date, Measure]:
    """A day of the month, and the measure. Raises as `day_in` and `known`; a year it is not defined for is a 404."""
    day, wanted = day_in(at, month), known(measure_id)
    if not is_in_force(wanted, day.year):
        raise HTTPException(404)
    return day, wanted


def known(measure_id: str) -> Measure:
    """The measure of that id. Raises HTTPException: there is none, or it is for line managers only."""
    if measure_id not in _KNOWN:
        raise HTTPException(404)
    return _KNOWN[measure_id]


_Numbered = tuple[CaseBehind, int]


def _numbered(cases: Sequence[CaseBehind]) -> list[_Numbered]:
    """Each case with the how-manieth it is of its reference and subject: no two have the same key."""
    seen: Counter[Any] = Counter()
    rows: list[_Numbered] = []
    for case in cases:
        seen[case.case_ref, case.subject] += 1
        rows.append((case, seen[case.case_ref, case.subject]))
    return rows


def _key(row: _Numbered) -> tuple[str, str, int]:
    return row[0].case_ref, row[0].subject, row[1]
