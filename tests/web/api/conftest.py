"""Programs that ask the API, each with a token of somebody of a role."""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from fastapi.testclient import TestClient

from casework.tokens import make_token
from tests.web.site import PEOPLE, Site

_KEYS = itertools.count(1)
_TOKENS: dict[tuple[str, str], str] = {}


@dataclass
class Program:
    """A program with a token (none: without one)."""

    site: Site
    token: str = ""
    client: TestClient = field(init=False)

    def __post_init__(self) -> None:
        self.client = TestClient(self.site.app, base_url="http://testserver", follow_redirects=False)
        if self.token:
            self.client.headers["authorization"] = f"Bearer {self.token}"

    def get(self, path: str, **query: Any) -> Any:
        """Ask for something."""
        return self.client.get(f"/api/v1{path}", params=query)

    def post(self, path: str, body: Any, key: str = "", headers: Mapping[str, str] | None = None) -> Any:
        """Write something, under a new key where none is given."""
        return self.client.post(
            f"/api/v1{path}", json=body, headers={"idempotency-key": key or f"key-{next(_KEYS)}", **(headers or {})}
        )


def program(site: Site, role: str) -> Program:
    """A program of somebody of that role."""
    key = (site.db.url.database or "", role)
    if key not in _TOKENS:  # nobody may have more than a few
        _TOKENS[key] = make_token(site.db, PEOPLE[role], "tests", 30, site.now)
    return Program(site, _TOKENS[key])


@pytest.fixture
def worker(site: Site) -> Program:
    """A program of a caseworker, on a council of its own."""
    return program(site, "caseworker")


@pytest.fixture
def reader(looking: Site) -> Program:
    """A program of a caseworker that only reads."""
    return program(looking, "caseworker")
