"""A command of a newer version leaves the database of a running `ehcp up` alone."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
import typer

from cli.desk import urls_of
from config.settings import Settings
from local.addresses import up_lock
from records.migrate import current, downgrade, newest
from tests.support.database import Database


@pytest.fixture
def house(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A data folder whose embedded database was made ready by an older version."""

    @contextmanager
    def borrow(_: Settings) -> Generator[SimpleNamespace]:
        yield SimpleNamespace(owner_url=database.owner_url, app_url=database.app_url)

    monkeypatch.setattr("local.postgres.borrow", borrow)
    downgrade(database.owner_url, "-1")
    (tmp_path / "run").mkdir()
    return Settings(data_dir=tmp_path, database_url="")


def test_an_older_house_that_runs_is_not_migrated(
    database: Database, house: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    lock = up_lock(house.data_dir)
    assert lock.alone()
    with pytest.raises(typer.Exit), urls_of(house):
        pass
    assert "An 'ehcp up' of another version runs" in " ".join(capsys.readouterr().err.split())
    lock.drop()
    with urls_of(house) as (_, app_url):
        assert app_url == database.app_url
    assert current(database.app_url) != newest()
