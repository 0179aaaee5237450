"""A house with a folder for its documents."""

from pathlib import Path

import pytest

from config.settings import Settings
from documents.house import Archive, archive_of


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """An empty archive in a folder."""
    return archive_of(Settings(data_dir=tmp_path))
