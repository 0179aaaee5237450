"""How the API says no: problem details for HTTP APIs (RFC 9457), without a trace of the inside."""

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from starlette.exceptions import HTTPException

from casework.errors import CaseworkError, ChangedSince, NeedsConfirmation, UnknownCase
from casework.once import KeyUsed, UnderWay
from web.api import problem_types as types
from web.api.cursors import BadCursor
from web.api.problem_types import ProblemType
from web.place import NotAllowed, NotSignedIn

MEDIA_TYPE = "application/problem+json"

# Which way of writing a fact was taken for it is no part of the field's name.
_TAGS = frozenset({"notation", "object"})


class FieldError(BaseModel):
    """What is wrong with one field."""

    field: str = Field(description="The field, with dots: `facts.0.day`.", examples=["facts.0.day"])
    message: str = Field(examples=["a day is written as 2026-11-20"])


class Problem(BaseModel):
    """Why a request was not carried out (RFC 9457). Nothing was recorded."""

    model_config = ConfigDict(extra="forbid")

    type: str = Field(description="The kind of problem; its page explains it.", examples=["/api/v1/problems/refused"])
    title: str = Field(examples=["That is refused"])
    status: int = Field(ge=400, le=599, examples=[422])
    detail: str = Field(description="What is wrong, where, and what to do.")
    messages: list[str] = Field(default=[], description="Each thing that stands against it, in a sentence.")
    errors: list[FieldError] = Field(default=[], description="Fields that cannot be used.")
    case_ref: str | None = Field(default=None, description="The case that is open already for this child.")
    version: int | None = Field(default=None, description="The version of the case's ledger now.")


class ProblemResponse(JSONResponse):
    """A problem on its way out."""

    media_type = MEDIA_TYPE


class FieldsWrong(Exception):
    """Fields that only casework can judge: pairs of field and sentence."""

    def __init__(self, faults: Sequence[tuple[str, str]]) -> None:
        super().__init__("fields cannot be used")
        self.faults = faults


def answer(
    kind: ProblemType, messages: Sequence[str] = (), headers: Mapping[str, str] | None = None, **more: Any
) -> ProblemResponse:
    """The answer for a kind of problem, in the words that belong to it."""
    detail = " ".join(messages) or kind.remedy
    problem = Problem(
        type=kind.uri, title=kind.title, status=kind.status, detail=detail, messages=list(messages), **more
    )
    return ProblemResponse(problem.model_dump(exclude_none=True), kind.status, headers)


async def _no_token(_: Request, __: Exception) -> ProblemResponse:
    return answer(types.NOT_SIGNED_IN, headers={"WWW-Authenticate": 'Bearer realm="EHCP Clock"'})


async def _not_allowed(_: Request, __: Exception) -> ProblemResponse:
    return answer(types.NOT_ALLOWED)


async def _casework(_: Request, error: Exception) -> ProblemResponse:
    assert isinstance(error, CaseworkError)
    match error:
        case UnknownCase():
            return answer(types.UNKNOWN_CASE, error.messages)
        case NeedsConfirmation():
            return answer(types.NEEDS_CONFIRMATION, error.messages, case_ref=error.case_ref or None)
        case ChangedSince():
            return answer(types.CHANGED_SINCE, error.messages, version=error.version)
        case UnderWay():
            return answer(types.UNDER_WAY, error.messages, {"Retry-After": "2"})
        case KeyUsed():
            return answer(types.KEY_USED, error.messages)
        case _:
            return answer(types.REFUSED, error.messages)


async def _unreadable(request: Request, error: Exception) -> ProblemResponse:
    """What does not fit the shape that the operation asks for; what was sent is never repeated."""
    assert isinstance(error, RequestValidationError)
    faults = error.errors()
    if any(fault["type"] == "json_invalid" for fault in faults):
        return answer(types.BAD_REQUEST, ["The body is not JSON."])
    if request.method == "POST" and not _is_json(request):
        return answer(types.NOT_JSON)
    if any(tuple(fault["loc"]) == ("header", "Idempotency-Key") and fault["type"] == "missing" for fault in faults):
        return answer(types.NO_KEY)
    return _fields([(_field(fault["loc"]), fault["msg"].removeprefix("Value error, ")) for fault in faults])


async def _fields_wrong(_: Request, error: Exception) -> ProblemResponse:
    assert isinstance(error, FieldsWrong)
    return _fields(error.faults)


async def _bad_cursor(_: Request, __: Exception) -> ProblemResponse:
    return _fields([("cursor", "is not one that this list has given: begin again without it")])


def _fields(faults: Sequence[tuple[str, str]]) -> ProblemResponse:
    errors = [FieldError(field=field, message=said) for field, said in faults]
    detail = "; ".join(dict.fromkeys(f"{each.field}: {each.message}" for each in errors))
    return answer(types.INVALID, [detail], errors=errors)


def _field(place: Sequence[int | str]) -> str:
    return ".".join(str(part) for part in place[1:] if part not in _TAGS) or "the body"


def _is_json(request: Request) -> bool:
    given = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return given == "application/json" or (given.startswith("application/") and given.endswith("+json"))


_OF_HTTP: Mapping[int, ProblemType] = {
    each.status: each for each in (types.BAD_REQUEST, types.NOT_FOUND, types.NO_METHOD, types.TOO_LARGE)
}


async def _http(_: Request, error: Exception) -> ProblemResponse:
    assert isinstance(error, HTTPException)
    return answer(_OF_HTTP.get(error.status_code, types.BAD_REQUEST), headers=error.headers)


async def _unavailable(_: Request, __: Exception) -> ProblemResponse:
    return answer(types.UNAVAILABLE, headers={"Retry-After": "5"})


async def _fault(_: Request, __: Exception) -> ProblemResponse:
    return answer(types.FAULT)


def add_to(api: FastAPI) -> None:
    """Register the handlers."""
    handlers = {
        NotSignedIn: _no_token,
        NotAllowed: _not_allowed,
        CaseworkError: _casework,
        RequestValidationError: _unreadable,
        FieldsWrong: _fields_wrong,
        BadCursor: _bad_cursor,
        HTTPException: _http,
        OperationalError: _unavailable,
        NoConnection: _unavailable,
        Exception: _fault,
    }
    for what, handler in handlers.items():
        api.add_exception_handler(what, handler)
