"""The forecast for programs: who will probably be in time, and how the last quarter's forecast did."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import TypeAdapter

from scorecard.forecast.kept import kept_forecast
from scorecard.forecast.limits import LIMITS
from scorecard.forecast.looking_ahead import Chance, at_risk
from scorecard.forecast.plain import plain_case, plain_forecast, plain_look_back
from scorecard.forecast.reading import Named, named
from web.api.cursors import cut, key_in
from web.api.declared import READ
from web.api.desks import ApiOverseer
from web.api.forecast_answers import Forecast
from web.api.shapes import Cursor, Line, PageSize
from web.place import Desk

router = APIRouter(tags=["Scorecard"])

_Key = tuple[float, date, Line, Line]
_KEYS: TypeAdapter[_Key] = TypeAdapter(_Key)
OneLimit = Annotated[
    str | None,
    Query(
        pattern=f"^({'|'.join(each.id for each in LIMITS)})$",
        description="Only cases whose next limit is this one.",
        json_schema_extra={"enum": [each.id for each in LIMITS]},
    ),
]


@router.get("/scorecard/forecast", responses=READ)
def forecast(at: ApiOverseer, limit: OneLimit = None, cursor: Cursor = None, page_size: PageSize = 50) -> Forecast:
    """For every open case the chance of its next limit, for each month the rate expected, and how the last one did."""
    after = key_in(cursor, _KEYS)
    found = kept_forecast(at.db, at.today, at.now)
    rows, hidden = _cases(at, [each for each in found.forecast.chances if limit in (None, each.limit.id)])
    rest = [row for row in rows if after is None or _key(row) > after]
    shown, more = cut(rest, page_size, _key)
    at.saw("api: scorecard forecast", [each.process_id for each, _ in shown])
    said = {
        **plain_forecast(found.forecast),
        "worked_out_at": found.worked_out_at,
        "last_quarter": plain_look_back(found.last_quarter),
        "cases": [plain_case(*row) for row in shown],
        "hidden": hidden,
        "next": more,
    }
    return Forecast.model_validate(said)


_Row = tuple[Chance, Named]


def _cases(at: Desk, chances: Sequence[Chance]) -> tuple[list[_Row], int]:
    """Those that may be seen, in the order of their keys, and how many may not."""
    seen, hidden = named(at.db, [each.process_id for each in chances], at.actor)
    return sorted(((each, seen[each.process_id]) for each in chances if each.process_id in seen), key=_key), hidden


def _key(row: _Row) -> _Key:
    # Addresses are kept, and a cursor stands in them: by the mail reference, which says nothing of a child.
    return *at_risk(row[0]), row[1].mail_ref, row[0].limit.id
