"""Whatever the description allows, and much that it does not: never a fault, always an answer as described."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from sqlalchemy import create_engine

from casework.actor import ENGINE
from casework.tokens import make_token
from config.settings import Settings
from scorecard.snapshots.freezing import freeze
from tests.support.database import Cluster
from tests.web.site import Site
from web.api.app import create_api
from web.place import Place

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


@pytest.fixture(scope="module")
def described(cluster: Cluster, council_template: str) -> Iterator[schemathesis.BaseSchema]:
    """The API of a council that may be changed at will, asked by a manager's program."""
    made = cluster.create(council_template)
    try:
        site = Site(made.engine)
        freeze(site.db, date.fromisoformat(f"{FROZEN}-01"), ENGINE, site.now)
        token = make_token(site.db, "m.east", "schemathesis", 30, site.now)
        schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", site.app)
        schema.config.update(headers={"Authorization": f"Bearer {token}"})
        yield schema
    finally:
        made.engine.dispose()
        cluster.drop(made.name)


FROZEN = "2026-10"
PATHS = create_api(Place(Settings(), create_engine("postgresql+psycopg://"))).openapi()["paths"]
OPERATIONS = [(path, method) for path, methods in PATHS.items() for method in methods]
LIKE_IT = settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)


def _takes_something(path: str, method: str) -> bool:
    return bool({"parameters", "requestBody"} & PATHS[path][method].keys())


def _asks(
    described: schemathesis.BaseSchema, path: str, method: str, mode: GenerationMode, refs: st.SearchStrategy[str]
) -> Counter[int]:
    """Ask as often as we like; returns how often each status came."""
    operation = described[path][method]
    came: Counter[int] = Counter()

    @LIKE_IT
    @given(case=operation.as_strategy(generation_mode=mode), ref=refs)
    def asked(case: schemathesis.Case, ref: str) -> None:
        if ref and "ref" in case.path_parameters:
            case.path_parameters["ref"] = ref
        if ref and "month" in case.path_parameters:
            case.path_parameters["month"] = FROZEN
        came[case.call_and_validate(checks=CHECKS).status_code] += 1

    asked()
    return came


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_what_the_description_allows_is_answered_as_described(
    described: schemathesis.BaseSchema, path: str, method: str
) -> None:
    known = st.sampled_from(["EHC-2026-0004", "EHC-2026-0100", "PLAN-2025-0178", ""])
    came = _asks(described, path, method, GenerationMode.POSITIVE, known)
    assert not {401, 403} & came.keys()
    if method == "get" and path != "/cases/{ref}/explain":  # a limit's name is not guessed
        assert came[200]


@pytest.mark.parametrize(("path", "method"), [each for each in OPERATIONS if _takes_something(*each)])
def test_what_the_description_does_not_allow_is_a_problem(
    described: schemathesis.BaseSchema, path: str, method: str
) -> None:
    _asks(described, path, method, GenerationMode.NEGATIVE, st.just(""))
