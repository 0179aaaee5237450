"""What an error quotes never reaches Temporal."""

from typing import Any

from psycopg.errors import UniqueViolation
from sqlalchemy.exc import IntegrityError

from engine.discretion import discreet
from engine.waking import wake
from tests.support.temporal import FakeCase, case_id, skipping_server, until, working


def raised(error: Exception) -> Exception:
    try:
        raise error
    except Exception as caught:
        return caught


def test_a_failure_is_told_by_kind_and_place() -> None:
    told = discreet(raised(ValueError("Jo Bloggs, born 2 May 2015")))
    assert told.message.startswith("ValueError at test_discretion.py:")
    assert "Bloggs" not in repr(told)


def test_a_database_error_keeps_its_sqlstate_and_loses_its_parameters() -> None:
    error: Any = IntegrityError("INSERT ...", {"surname": "Bloggs"}, UniqueViolation("Key (surname)=(Bloggs)"))
    told = discreet(raised(error))
    assert told.message.startswith("IntegrityError (23505) at ")
    assert "Bloggs" not in repr(told)


async def test_the_words_of_an_error_are_in_no_history() -> None:
    case = FakeCase(failures=2)
    async with skipping_server() as env, working(env.client, *case.activities):
        handle = await wake(env.client, case_id(3), 1)
        await until(lambda: len(case.carried_out) == 1)
        history = (await handle.fetch_history()).to_json()
    assert "ConnectionError" in history
    assert "database is away" not in history
