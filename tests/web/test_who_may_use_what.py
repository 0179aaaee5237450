"""Who may use which address: written down for every route, read off every route, and tried with every role."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import pytest
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from starlette.routing import Mount, Route

from tests.web.access import WHO
from tests.web.site import PEOPLE, Site
from web.api.app import Below
from web.forms import read_form
from web.place import Allowed
from web.roles import Access

SAFE = {"GET", "HEAD"}
NO_ROLE = "nobody"


def routes(site: Site) -> Iterator[tuple[str, str, APIRoute]]:
    """Every route with its method and path, those of routers and mounted applications too."""
    for prefix, route in walked(site.app.routes):
        if isinstance(route, APIRoute):
            yield from ((method, prefix + route.path, route) for method in sorted(route.methods) if method != "HEAD")


def walked(found: Iterable[Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for each in found:
        if isinstance(each, APIRoute):
            yield prefix, each
        elif isinstance(each, Mount):
            yield from walked(each.routes, prefix + each.path)
        elif router := getattr(each, "original_router", None):
            yield from walked(router.routes, prefix)
        else:
            yield prefix, each


def dependencies(dependant: Dependant) -> Iterator[object]:
    for each in dependant.dependencies:
        yield each.call
        yield from dependencies(each)


def access_of(route: APIRoute) -> Access:
    (allowed,) = {each for each in dependencies(route.dependant) if isinstance(each, Allowed)}
    return allowed.access


def test_every_route_says_who_may_use_it_and_it_is_written_down(looking: Site) -> None:
    found = {f"{method} {path}": access_of(route).name for method, path, route in routes(looking)}
    assert dict(sorted(found.items())) == dict(sorted(WHO.items()))


def test_nothing_else_answers(looking: Site) -> None:
    """No static folder, no documentation page, no other application slips past the routes."""
    others = [each.path for _, each in walked(looking.app.routes) if not isinstance(each, APIRoute)]
    assert others == ["/openapi.json"]  # the API's own description, which holds no data


def test_no_signature_of_a_route_is_worked_out_a_second_time(looking: Site) -> None:
    """FastAPI does so with the routes of a router that is included, at the first request."""
    ours = [*looking.app.routes, *looking.app.state.api.routes]
    assert {type(each) for each in ours} == {APIRoute, Below, Route}
    assert [each.path for each in ours if type(each) is Route] == ["/openapi.json"]


def test_every_form_of_a_page_proves_that_it_is_ours(looking: Site) -> None:
    without = [
        path
        for method, path, route in routes(looking)
        if method not in SAFE and not path.startswith("/api/") and read_form not in set(dependencies(route.dependant))
    ]
    assert without == []


@cache
def filled(path: str) -> str:
    """The path with something in place of each parameter: it need not exist, for who may ask is decided first."""
    return re.sub(r"\{[^}]+\}", "K7F-3QX9", path)


@pytest.mark.parametrize("role", [*PEOPLE, NO_ROLE])
def test_each_role_gets_in_where_it_may_and_nowhere_else(looking: Site, role: str) -> None:
    browser = looking.browser() if role == NO_ROLE else looking.as_a(role)
    browser.csrf = "not ours"
    wrong: list[str] = []
    for method, path, route in routes(looking):
        if path.startswith("/api/"):
            continue
        access = access_of(route)
        answer = browser.client.request(method, filled(path), data={"csrf": "not ours"} if method == "POST" else None)
        refused = "You cannot use this page" in answer.text
        sent_away = answer.status_code == 303 and answer.headers["location"].startswith("/sign-in")
        # Where signing in begins one is sent from page to page.
        expected = (
            (role not in access.roles and role != NO_ROLE, role == NO_ROLE) if access.signed_in else (False, sent_away)
        )
        if (refused, sent_away) != expected:
            wrong.append(f"{method} {path}: {answer.status_code}")
    assert wrong == []
