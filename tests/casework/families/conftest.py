"""A council with one child, one parent who prefers mail, and the letters to that family in the test's hands."""

import pytest

from tests.casework.families.home import Home
from tests.support.database import Database


@pytest.fixture
def home(database: Database) -> Home:
    home = Home(database.engine)
    home.furnish()
    return home
