"""The API as an application of its own, mounted at `/api/v1`: it answers in JSON whatever goes wrong."""

from typing import Any

from fastapi import APIRouter, FastAPI

from web.api import assigning, cases, contacts, house, law, lists, problems, recording, reviews, writing
from web.api.limits import Bounded
from web.api.schema import describe
from web.place import Place

ROUTERS: tuple[APIRouter, ...] = (
    cases.router,
    recording.router,
    assigning.router,
    contacts.router,
    lists.router,
    reviews.router,
    house.router,
    law.router,
    cases.whole,
)


class Api(FastAPI):
    """FastAPI with a true description."""

    def openapi(self) -> dict[str, Any]:
        """The OpenAPI description: public, for it holds nothing but names."""
        return describe(self)


def create_api(place: Place) -> Api:
    """The API on one database."""
    api = Api(openapi_url="/openapi.json", docs_url=None, redoc_url=None)
    api.state.place = place
    for router in ROUTERS:
        api.include_router(router)
    problems.add_to(api)
    writing.add_to(api)
    api.add_middleware(Bounded)
    return api


def nothing_here() -> FastAPI:
    """What answers below `/api` beside the versions that there are."""
    empty = FastAPI(openapi_url=None)
    problems.add_to(empty)
    return empty
