"""The API explained to people: how to get a token, the operations, and what each problem means."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException

from web.api.problem_types import ALL
from web.desks import Open

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation as its row in the table shows it."""

    method: str
    path: str
    about: str


@router.get("/api/v1")
def explain_the_api(at: Open) -> HTMLResponse:
    """How to get a token, and what can be asked for."""
    schema = at.request.app.state.api.openapi()
    return at.page(
        "api/index.html", title="The API", groups=_groups(schema), problems=ALL.values(), address=_address(at.request)
    )


@router.get("/api/v1/problems/{slug}")
def explain_a_problem(at: Open, slug: str) -> HTMLResponse:
    """What a problem type means, and what to do."""
    problem = ALL.get(slug)
    if problem is None:
        raise HTTPException(404)
    return at.page("api/problem.html", title=problem.title, problem=problem)


def _groups(schema: Mapping[str, Any]) -> Mapping[str, list[Operation]]:
    groups: dict[str, list[Operation]] = {}
    for group, operation in _operations(schema):
        groups.setdefault(group, []).append(operation)
    return groups


def _operations(schema: Mapping[str, Any]) -> Iterator[tuple[str, Operation]]:
    for path, methods in schema["paths"].items():
        for method, said in methods.items():
            about = said["description"].partition("\n")[0]
            yield said["tags"][0], Operation(method.upper(), f"/api/v1{path}", about)


def _address(request: Any) -> str:
    return request.app.state.place.settings.public_url or str(request.base_url).rstrip("/")
