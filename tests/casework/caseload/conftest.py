"""What tests of imports begin with."""

from pathlib import Path

import pytest

from tests.casework.caseload.tracker import Tracker
from tests.casework.support import Council


@pytest.fixture
def tracker(council: Council, tmp_path: Path) -> Tracker:
    folder = tmp_path / "shared drive"
    folder.mkdir()
    return Tracker(council, folder)
