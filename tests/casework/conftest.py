"""Fixtures of the casework tests."""

from pathlib import Path

import pytest

from tests.casework.support import Council, council_of
from tests.support.database import Database


@pytest.fixture
def council(database: Database, tmp_path: Path) -> Council:
    """A council of this test's own, with directories and no case."""
    return council_of(database.engine, tmp_path)
