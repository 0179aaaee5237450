"""Thousands of requests are held against what was said of them by one join, whatever Postgres expects to find."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from sqlalchemy import event

from casework.actor import Actor
from casework.service_figures import figures_of
from casework.service_requests import services_of
from tests.casework.support import Council

READER = Actor("m.east", "web")


def asked_for_figures(council: Council) -> tuple[str, Mapping[str, Any]]:
    """The statement behind the figures, with what is bound in it."""
    found: list[tuple[str, Mapping[str, Any]]] = []

    def note(_connection: object, _cursor: object, statement: str, bound: Mapping[str, Any], *_: object) -> None:
        found.append((statement, bound))

    services = services_of(council.db, lead=False, email=None, team=None)
    event.listen(council.db, "before_cursor_execute", note)
    try:
        figures_of(council.db, services, READER, date(2026, 11, 20), first=date(2025, 12, 1), last=date(2026, 11, 1))
    finally:
        event.remove(council.db, "before_cursor_execute", note)
    return next((statement, bound) for statement, bound in found if "fact" in statement)


@pytest.mark.parametrize("cheap", ["seqscan", "hashjoin, mergejoin"])
def test_the_figures_never_hold_each_request_against_each_answer(council: Council, cheap: str) -> None:
    statement, bound = asked_for_figures(council)
    with council.db.connect() as connection:
        for each in cheap.split(", "):
            connection.exec_driver_sql(f"SET LOCAL enable_{each} = off")
        plan = "\n".join(connection.exec_driver_sql(f"EXPLAIN {statement}", dict(bound)).scalars())
    assert "Full Join" in plan


def test_the_answers_of_a_year_are_found_by_their_index(council: Council) -> None:
    statement, bound = asked_for_figures(council)
    with council.db.connect() as connection:
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        plan = "\n".join(connection.exec_driver_sql(f"EXPLAIN {statement}", dict(bound)).scalars())
    assert "ix_fact_answers" in plan
