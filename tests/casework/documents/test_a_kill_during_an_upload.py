"""The server is killed in the middle of an upload: the whole document is on record, or nothing of it is left."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from casework.case_papers import papers_of
from casework.document_upkeep import sweep
from casework.documents import content_of
from documents.house import Archive
from tests.casework.support import OFFICER, Council
from tests.support.database import Database

pytestmark = pytest.mark.timeout(60)

UPLOAD = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from casework.actor import Actor
from casework.case_papers import add_paper
from casework.documents import lay_by
from config.settings import Settings
from documents.checking import Checked
from documents.house import archive_of
from records.database import connect
database, folder, reference = sys.argv[1:]
laid_by = lay_by(archive_of(Settings(data_dir=folder)), Checked("a.pdf", "application/pdf", b"%PDF- whole"))
db = connect(database, name="upload", pool_size=1)
add_paper(db, reference, laid_by, "evidence", Actor("a.marsh", "web"), datetime.now(UTC))
print("on record", flush=True)
sys.stdin.read()
"""
# A database so slow that there is a moment between the document and its row to be killed in.
SLOWLY = """
CREATE FUNCTION slowly() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(20); RETURN NEW; END $$;
CREATE TRIGGER slowly BEFORE INSERT ON document FOR EACH ROW EXECUTE FUNCTION slowly();
"""
INSERTING = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'upload' AND wait_event = 'PgSleep'"
END = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'upload'"


def upload(database: Database, folder: Path, reference: str) -> "subprocess.Popen[bytes]":
    """A process that puts one document on record."""
    return subprocess.Popen(
        [sys.executable, "-c", UPLOAD, database.app_url, str(folder), reference],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])},
    )


def killed_once(process: "subprocess.Popen[bytes]", is_time: Callable[[], bool]) -> None:
    """Kill it as the kernel does, once the moment has come."""
    with process:
        until = time.monotonic() + 30
        while not is_time():
            assert process.poll() is None, "it ended by itself"
            assert time.monotonic() < until
            time.sleep(0.02)
        process.kill()


def kept(archive: Archive) -> int:
    return sum(1 for _ in archive.ids())


def test_killed_between_the_document_and_its_row_it_leaves_nothing(
    database: Database, council: Council, archive: Archive, tmp_path: Path
) -> None:
    case = council.opens()
    owner = create_engine(database.owner_url)
    with owner.begin() as connection:
        connection.exec_driver_sql(SLOWLY)
    owner.dispose()

    def inserting() -> bool:
        return council.row(INSERTING)["count"] == 1

    killed_once(upload(database, tmp_path, case.case_ref), inserting)
    with council.db.begin() as connection:  # Postgres would notice only when it has slept
        connection.execute(text(END))
    assert kept(archive) == 1, "it was killed after the document, before its row"
    assert papers_of(council.db, case.case_ref, OFFICER).documents == []
    assert sweep(council.db, archive, datetime.now(UTC) + timedelta(days=2)) == ()
    assert kept(archive) == 0


def test_killed_after_it_said_so_it_leaves_the_document_and_its_row(
    database: Database, council: Council, archive: Archive, tmp_path: Path
) -> None:
    case = council.opens()
    process = upload(database, tmp_path, case.case_ref)
    assert process.stdout
    assert process.stdout.readline() == b"on record\n"
    killed_once(process, lambda: True)
    sweep(council.db, archive, datetime.now(UTC) + timedelta(days=2))
    (document,) = papers_of(council.db, case.case_ref, OFFICER).documents
    given = content_of(council.db, archive, document.id, OFFICER, datetime.now(UTC))
    assert given.content == b"%PDF- whole"
