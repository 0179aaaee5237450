"""The description of the API, and the page about it in the docs, are true."""

import re
from pathlib import Path

import pytest
from fastapi.routing import APIRoute, iter_route_contexts
from sqlalchemy import create_engine

from config.settings import Settings
from web.api.app import Api, create_api
from web.api.desks import ByToken
from web.api.problem_types import ALL
from web.place import Place
from web.roles import ADVICE, EVERYBODY, MANAGE, OVERSEE, READ, WORK

DOCS = (Path(__file__).parents[3] / "docs" / "api.md").read_text()
WHO = {
    "POST /cases": WORK,
    "GET /cases/{ref}": READ,
    "GET /cases/{ref}/timeline": READ,
    "GET /cases/{ref}/explain": READ,
    "GET /cases/{ref}/chronology": READ,
    "GET /cases/{ref}/messages": READ,
    "GET /cases/{ref}/contact-notes": READ,
    "POST /cases/{ref}/contact-notes": WORK,
    "POST /cases/{ref}/facts": WORK,
    "POST /facts": WORK,
    "POST /cases/{ref}/assignment": WORK,
    "POST /assignments": MANAGE,
    "GET /overdue": READ,
    "GET /due": READ,
    "GET /lifted": READ,
    "GET /saveable": READ,
    "GET /cohort": READ,
    "GET /waits": READ,
    "POST /find": READ,
    "GET /services/requests": ADVICE,
    "GET /reviews/backlog": READ,
    "GET /reviews/no-meeting": READ,
    "GET /reviews/progress": READ,
    "GET /scorecard": OVERSEE,
    "GET /scorecard/forecast": OVERSEE,
    "GET /measures": OVERSEE,
    "GET /measures/{measure_id}": OVERSEE,
    "GET /measures/{measure_id}/cases": OVERSEE,
    "POST /measures/{measure_id}/notes": MANAGE,
    "POST /fed-figures": MANAGE,
    "GET /snapshots": OVERSEE,
    "GET /snapshots/{month}": OVERSEE,
    "GET /published/{year}": OVERSEE,
    "GET /officers": READ,
    "GET /services": READ,
    "GET /settings": READ,
    "GET /calendar": READ,
    "GET /me": EVERYBODY,
    "GET /limits": EVERYBODY,
    "GET /kinds": EVERYBODY,
    "POST /timelines": EVERYBODY,
}


SENT_BUT_NOT_WRITTEN = {"/timelines", "/find"}
"""Questions that are too long, or hold too much of a child, for an address."""


@pytest.fixture(scope="module")
def api() -> Api:
    return create_api(Place(Settings(), create_engine("postgresql+psycopg://")))


def test_every_operation_says_who_may_use_it(api: Api) -> None:
    found = {}
    for context in iter_route_contexts(api.routes):
        if isinstance(context.original_route, APIRoute):
            accesses = [each.call.access for each in context.dependant.dependencies if isinstance(each.call, ByToken)]
            (method,) = context.methods or ()
            found[f"{method} {(context.path or '').replace(':path', '')}"] = accesses
    assert found == {operation: [access] for operation, access in WHO.items()}


def test_every_operation_is_in_the_docs_with_what_it_does(api: Api) -> None:
    said = dict(re.findall(r"^\| `((?:GET|POST) /[^`]*)` \| (.+) \|$", DOCS, re.MULTILINE))
    described = {
        f"{method.upper()} {path}": operation["description"].partition("\n")[0].rstrip(".")
        for path, methods in api.openapi()["paths"].items()
        for method, operation in methods.items()
    }
    assert said == described


def test_every_problem_is_in_the_docs_with_what_to_do() -> None:
    said = re.findall(r"^\| (\d+) \| `([^`]+)` \| (.+) \|$", DOCS, re.MULTILINE)
    assert said == [(str(each.status), each.slug, each.remedy) for each in ALL.values()]


def test_every_write_needs_a_key_and_nothing_else_does(api: Api) -> None:
    for path, methods in api.openapi()["paths"].items():
        for method, operation in methods.items():
            asked = any(each["name"] == "Idempotency-Key" for each in operation.get("parameters", ()))
            assert asked == (method == "post" and path not in SENT_BUT_NOT_WRITTEN), path


def test_every_operation_is_described_with_its_problems_and_its_token(api: Api) -> None:
    for path, methods in api.openapi()["paths"].items():
        for operation in methods.values():
            assert operation["security"] == [{"token": []}], path
            assert {"400", "401", "403", "422", "503"} <= operation["responses"].keys(), path
            for status, response in operation["responses"].items():
                expected = "application/problem+json" if int(status) >= 400 else "application/json"
                assert list(response["content"]) == [expected], (path, status)
