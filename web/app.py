"""The application: its pages, its API, and what stands round every answer."""

from fastapi import FastAPI

from web import errors, security
from web.api import app as api
from web.pages import PAGES
from web.pages import api as about_the_api
from web.place import Place


def create_app(place: Place) -> FastAPI:
    """The web application on one database. Nothing is connected to before the first request.

    The routes of the routers are taken as they are: they have no prefix, and including a router makes FastAPI work out
    every signature once more, at the first request.
    """
    app = FastAPI(title="EHCP Clock", version="1", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.place = place
    # The API before the pages, for programs ask often and there are many pages; its own pages before it.
    app.router.routes += about_the_api.router.routes
    api.add_to(app)
    for router in PAGES:
        app.router.routes += router.routes
    errors.add_to(app)
    security.add_to(app)
    return app
