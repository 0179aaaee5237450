"""The application: its pages, its API, and what stands round every answer."""

from fastapi import FastAPI

from web import errors, security
from web.api.app import create_api, nothing_here
from web.pages import PAGES
from web.place import Place


def create_app(place: Place) -> FastAPI:
    """The web application on one database. Nothing is connected to before the first request."""
    app = FastAPI(title="EHCP Clock", version="1", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.place = place
    for router in PAGES:
        app.include_router(router)
    app.state.api = create_api(place)
    app.mount("/api/v1", app.state.api)
    app.mount("/api", nothing_here())
    errors.add_to(app)
    security.add_to(app)
    return app
