"""The council of the chasing tests, whose letters carry links."""

import pytest

from tests.casework.chasing.council import Council
from tests.support.database import Database


@pytest.fixture
def council(database: Database, monkeypatch: pytest.MonkeyPatch) -> Council:
    """People reach its pages, and a mail server carries its letters."""
    monkeypatch.setenv("EHCP_PUBLIC_URL", "https://ehcp.council.example/")
    monkeypatch.setenv("EHCP_SMTP_URL", "smtp://127.0.0.1:25")
    council = Council(database.engine)
    council.furnish()
    return council
