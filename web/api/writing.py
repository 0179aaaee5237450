"""Writes: done once for each Idempotency-Key, and answered alike however often they are asked for."""

from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any, TypeVar
from uuid import UUID, uuid5

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from casework.once import AlreadyDone, ByKey
from web.place import Desk

T = TypeVar("T")

REPLAYED = "Idempotency-Replayed"
_NUMBERS = UUID("6a1c2a34-52b8-4a51-9d0e-6f1c6a8f5301")


def by_key(at: Desk, key: str, body: BaseModel, status: int, answered: Callable[[T], BaseModel]) -> ByKey[T]:
    """This request, to be done once for this key of this user. `answered` is the body of its answer."""
    return ByKey(
        at.me.username,
        key,
        _hash(at.request, body),
        at.now,
        status,
        lambda done: answered(done).model_dump(mode="json"),
    )


def number_of(once: ByKey[Any]) -> UUID:
    """A number for what is written, the same whenever the same is asked for."""
    return uuid5(_NUMBERS, f"{once.username}\n{once.key}\n{once.request.hex()}")


def made(once: ByKey[T], done: T) -> JSONResponse:
    """The answer to a write."""
    return _answer(once.status, once.answered(done))


async def replayed(_: Request, error: Exception) -> JSONResponse:
    """The answer that was given before."""
    assert isinstance(error, AlreadyDone)
    return _answer(error.status, error.answer, {REPLAYED: "true"})


def add_to(api: FastAPI) -> None:
    """Register the answering again."""
    api.add_exception_handler(AlreadyDone, replayed)


def _answer(status: int, answer: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> JSONResponse:
    where = {"Location": f"/api/v1/cases/{answer['mail_ref']}"} if "mail_ref" in answer else {}
    return JSONResponse(answer, status, {**where, **(headers or {})})


def _hash(request: Request, body: BaseModel) -> bytes:
    # As it was understood: a program that writes its JSON in another order repeats itself all the same.
    return sha256(f"{request.method} {request.url.path}\n{body.model_dump_json()}".encode()).digest()
