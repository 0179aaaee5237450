"""A process that is killed while an answer comes leaves all of it or nothing: row, document, fact and receipt."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import text

from casework.document_upkeep import STRAY, sweep
from config.settings import Settings
from documents.house import archive_of
from tests.casework.answering.giving import NOW, opened
from tests.casework.chasing.council import Council

LEFT = """
SELECT (SELECT count(*) FROM answer), (SELECT count(*) FROM document), (SELECT count(*) FROM fact WHERE channel = 'link'),
    (SELECT count(*) FROM message WHERE kind = 'receipt')
"""


def left(council: Council) -> tuple[int, ...]:
    """How many answers, documents, facts and receipts there are."""
    with council.db.connect() as connection:
        return tuple(connection.execute(text(LEFT)).one())


def begin(council: Council, case: UUID, folder: Path) -> subprocess.Popen[str]:
    """Somebody answers, in a process of their own."""
    link = opened(council, case, NOW)
    database = council.db.url.render_as_string(hide_password=False)
    said = [database, str(folder), str(link.link_id), str(case), str(link.request_id)]
    module = "tests.casework.answering.one_answer"
    return subprocess.Popen(
        [sys.executable, "-m", module, *said], stdout=subprocess.PIPE, text=True, env=dict(os.environ)
    )


@pytest.mark.timeout(60)
def test_a_kill_at_the_last_step_leaves_nothing_and_the_next_try_the_whole(council: Council, tmp_path: Path) -> None:
    case, archive = council.asked(), archive_of(Settings(data_dir=tmp_path))
    with psycopg.connect(council.driver_url) as holder:
        # The wake is written last: by then everything else of the transaction is there, and none of it is true yet.
        holder.execute("LOCK TABLE wake IN ACCESS EXCLUSIVE MODE")
        with begin(council, case, tmp_path) as child:
            _until_it_waits_for_the_lock(council, seconds=40)
            child.send_signal(signal.SIGKILL)
        holder.rollback()
    assert left(council) == (0, 0, 0, 0)
    assert len(list(archive.ids())) == 1
    assert sweep(council.db, archive, NOW + 10 * 365 * STRAY) == ()
    assert list(archive.ids()) == []
    with begin(council, case, tmp_path) as again:
        said, _ = again.communicate(timeout=40)
    assert said == "laid by\ngiven\n"
    assert left(council) == (1, 1, 1, 1)
    assert sweep(council.db, archive, NOW + 10 * 365 * STRAY) == ()
    assert len(list(archive.ids())) == 1


def _until_it_waits_for_the_lock(council: Council, seconds: float) -> None:
    query = text("SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'wake'::regclass")
    patience = time.monotonic() + seconds
    while time.monotonic() < patience:
        with council.db.connect() as connection:
            if connection.execute(query).scalar_one():
                return
        time.sleep(0.05)
    raise AssertionError("nobody waits for the lock")
