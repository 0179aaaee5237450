"""The measures of the scorecard for Prometheus: for whoever has the token that was set for it, or one of an auditor's
or administrator's own."""

from hmac import compare_digest
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import PlainTextResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST

from casework.tokens import holder_of
from web.metering import metrics_text
from web.place import Allowed, Desk
from web.roles import BY_METRICS_TOKEN, Role

router = APIRouter()

Scraper = Annotated[Desk, Depends(Allowed(BY_METRICS_TOKEN))]
_ROLES = frozenset({Role.AUDITOR, Role.ADMIN})
_WHO = {"WWW-Authenticate": 'Bearer realm="EHCP Clock metrics"'}


@router.get("/metrics")
def metrics(at: Scraper) -> Response:
    """The scorecard of this month and the last, and whether the engine is well."""
    if not _may(at):
        return PlainTextResponse("A bearer token that may read the metrics is needed.\n", 401, _WHO)
    return Response(metrics_text(at.place, at.now), media_type=CONTENT_TYPE_LATEST)


def _may(at: Desk) -> bool:
    scheme, _, given = at.request.headers.get("authorization", "").partition(" ")
    if scheme.casefold() != "bearer" or not given:
        return False
    own = at.place.settings.metrics_token.get_secret_value()
    if own and compare_digest(own.encode(), given.strip().encode()):
        return True
    holder = holder_of(at.db, given.strip(), at.now)
    return holder is not None and holder.role in _ROLES
