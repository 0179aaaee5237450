"""The forecast for programs: who will probably be in time, and how the last quarter's forecast did."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import TypeAdapter

from scorecard.forecast.kept import kept_forecast
from scorecard.forecast.limits import LIMITS
from scorecard.forecast.looking_ahead import Chance, at_risk
from scorecard.forecast.plain import plain_case, plain_forecast, plain_look_back
from scorecard.forecast.reading import named, unseen
from web.api.cursors import cut, key_in
from web.api.declared import READ
from web.api.desks import ApiOverseer
from web.api.forecast_answers import Forecast
from web.api.shapes import Cursor, Line, PageSize

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
    wanted, others = (
        [each for each in found.forecast.chances if limit in (None, each.limit.id)],
        unseen(at.db, at.actor),
    )
    rows = sorted((each for each in wanted if each.process_id not in others), key=_key)
    shown, more = cut([each for each in rows if after is None or _key(each) > after], page_size, _key)
    names = named(at.db, [each.process_id for each in shown])
    at.saw("api: scorecard forecast", names)
    said = {
        **plain_forecast(found.forecast),
        "worked_out_at": found.worked_out_at,
        "last_quarter": plain_look_back(found.last_quarter),
        "cases": [plain_case(each, names[each.process_id]) for each in shown],
        "hidden": len({each.process_id for each in wanted} & others),
        "next": more,
    }
    return Forecast.model_validate(said)


def _key(of: Chance) -> _Key:
    # Addresses are kept, and a cursor stands in them: by the number of the case, which says nothing of a child.
    return *at_risk(of), str(of.process_id), of.limit.id
