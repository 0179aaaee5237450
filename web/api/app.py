"""The API as an application of its own, mounted at `/api/v1`: it answers in JSON whatever goes wrong."""

import re
from typing import Any

from fastapi import APIRouter, FastAPI
from starlette.routing import Mount
from starlette.types import ASGIApp

from web.api import (
    assigning,
    cases,
    contacts,
    finding,
    forecast,
    house,
    law,
    lists,
    outlook,
    problems,
    recording,
    requests,
    reviews,
    scorecard,
    scorecard_writing,
    writing,
)
from web.api.limits import Bounded
from web.api.schema import describe
from web.place import Place

ROUTERS: tuple[APIRouter, ...] = (
    cases.router,
    recording.router,
    assigning.router,
    contacts.router,
    finding.router,
    lists.router,
    outlook.router,
    reviews.router,
    requests.router,
    scorecard.router,
    scorecard_writing.router,
    forecast.router,
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
        api.router.routes += router.routes  # as `web.app.create_app` does
    problems.add_to(api)
    writing.add_to(api)
    api.add_middleware(Bounded)
    return api


class Below(Mount):
    """A mount that takes every address below it, one with a line break in it too: it is answered in JSON as well."""

    def __init__(self, path: str, app: ASGIApp) -> None:
        super().__init__(path, app)
        self.path_regex = re.compile(self.path_regex.pattern, re.DOTALL)


def add_to(app: FastAPI) -> None:
    """Mount the API, and beside it what says that there is nothing else; `app.state.api` is the API."""
    app.state.api = create_api(app.state.place)
    app.router.routes += [Below("/api/v1", app.state.api), Below("/api", nothing_here())]


def nothing_here() -> FastAPI:
    """What answers below `/api` beside the versions that there are."""
    empty = FastAPI(openapi_url=None)
    problems.add_to(empty)
    return empty
