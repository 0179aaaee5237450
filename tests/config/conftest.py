"""An environment of which the tests know every EHCP_* variable."""

import os
from collections.abc import Callable

import pytest

Environment = Callable[..., None]


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> Environment:
    """Call it with the variables that are to be set; every other EHCP_* variable is gone."""
    for name in list(os.environ):
        if name.upper().startswith("EHCP_"):
            monkeypatch.delenv(name)

    def with_variables(**variables: str) -> None:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)

    return with_variables
