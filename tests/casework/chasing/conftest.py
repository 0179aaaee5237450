"""The council of the chasing tests, furnished and without cases."""

import pytest

from tests.casework.chasing.council import Council
from tests.support.database import Database


@pytest.fixture
def council(database: Database) -> Council:
    council = Council(database.engine)
    council.furnish()
    return council
