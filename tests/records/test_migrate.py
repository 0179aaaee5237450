"""The migrations: up, down, up again, and exactly the tables that the models describe."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from records.database import connect
from records.errors import DatabaseError
from records.grants import GRANTS
from records.migrate import current, downgrade, migrate, newest, pending
from records.tables import metadata
from tests.support.database import APP, OWNER, Cluster, Database


@pytest.fixture
def empty(cluster: Cluster):
    yield cluster.create_empty("migrations")
    cluster.drop("migrations")


def test_an_empty_database_is_migrated_undone_and_migrated_again(empty: str) -> None:
    assert current(empty) is None
    assert pending(empty)[-1] == newest()
    assert migrate(empty, APP) == newest() == current(empty)
    assert pending(empty) == ()
    downgrade(empty)
    assert current(empty) is None
    assert migrate(empty, APP) == newest()


def test_migrating_twice_changes_nothing(empty: str) -> None:
    assert migrate(empty, APP) == migrate(empty, APP)


def test_the_migrations_make_exactly_the_tables_of_the_models(database: Database) -> None:
    engine = connect(database.owner_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_every_table_says_what_the_application_may_do_to_it() -> None:
    assert set(GRANTS) == set(metadata.tables) | {"alembic_version"}


def test_the_application_owns_no_table(database: Database) -> None:
    with database.engine.connect() as connection:
        owners = connection.execute(text("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'"))
        assert owners.scalars().all() == [OWNER]


def test_the_application_can_ask_which_revision_it_meets(database: Database) -> None:
    assert pending(database.app_url) == ()


def test_a_missing_role_is_named_with_the_remedy(empty: str) -> None:
    with pytest.raises(DatabaseError, match="CREATE ROLE nobody_yet LOGIN"):
        migrate(empty, "nobody_yet")


def test_the_owner_cannot_be_the_application(empty: str) -> None:
    with pytest.raises(DatabaseError, match="must not be the one that owns"):
        migrate(empty, OWNER)


def test_a_database_of_a_newer_release_is_left_alone(empty: str) -> None:
    migrate(empty, APP)
    engine = connect(empty)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    assert current(empty) == "9999"
    for attempt in (lambda: migrate(empty, APP), lambda: pending(empty)):
        with pytest.raises(DatabaseError, match="9999, which this release does not know"):
            attempt()


def test_migrations_are_found_beside_the_package_wherever_it_is_installed(tmp_path: Path, empty: str) -> None:
    room = Path(__file__).parents[2] / "records"
    shutil.copytree(room, tmp_path / "records", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(room.parent / "statute", tmp_path / "statute", ignore=shutil.ignore_patterns("__pycache__"))
    script = "import sys; from records.migrate import migrate; print(migrate(sys.stdin.read()), migrate.__code__.co_filename)"
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        input=empty,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout.split() == [newest(), str(tmp_path / "records" / "migrate.py")]
