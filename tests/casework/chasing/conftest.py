"""The council of the chasing tests, furnished and without cases."""

import pytest

from tests.casework.chasing.council import Council
from tests.support.database import Database


@pytest.fixture
def council(database: Database) -> Council:
    council = Council(database.engine)
    council.furnish()
    return council


@pytest.fixture
def by_link(monkeypatch: pytest.MonkeyPatch) -> None:
    """People reach the pages, and a mail server carries the letters."""
    monkeypatch.setenv("EHCP_PUBLIC_URL", "https://ehcp.council.example/")
    monkeypatch.setenv("EHCP_SMTP_URL", "smtp://127.0.0.1:25")
