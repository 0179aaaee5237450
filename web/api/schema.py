"""The description of the API for programs: OpenAPI, made from the operations themselves."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from web.api.problems import MEDIA_TYPE
from web.api.writing import REPLAYED

TITLE = "EHCP Clock"
ABOUT = """\
Commands and queries of the pages and the command line. Every operation needs a personal access token, and may do what
its holder may do. Writes need an `Idempotency-Key`. Lists come in pages: give `next` back as `cursor`. What
cannot be done is answered with problem details (RFC 9457). Days are whole days in London, moments are UTC."""

_JSON = "application/json"


def describe(api: FastAPI) -> dict[str, Any]:
    """The description, worked out once."""
    if api.openapi_schema is None:
        made = get_openapi(title=TITLE, version="1", description=ABOUT, routes=api.routes, servers=[{"url": "/api/v1"}])
        for path in made["paths"].values():
            for operation in path.values():
                _correct(operation["responses"])
                _say_replayed(operation)
        for unused in ("HTTPValidationError", "ValidationError"):
            made["components"]["schemas"].pop(unused, None)
        api.openapi_schema = made
    return api.openapi_schema


def _correct(responses: dict[str, Any]) -> None:
    """Problems travel under a media type of their own."""
    for status, response in responses.items():
        if int(status) >= 400 and _JSON in response.get("content", {}):
            response["content"] = {MEDIA_TYPE: response["content"].pop(_JSON)}


def _say_replayed(operation: dict[str, Any]) -> None:
    if not any(each["name"] == "Idempotency-Key" for each in operation.get("parameters", ())):
        return
    said = {"description": "true: this was done before, and is answered again.", "schema": {"type": "string"}}
    for status, response in operation["responses"].items():
        if int(status) < 300:
            response["headers"] = {REPLAYED: said}
