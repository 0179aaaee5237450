"""Two who freeze the same month at once: a worker and somebody at the command line, say."""

import time
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import Engine, text

from scorecard.snapshots.freezing import freeze
from tests.casework.support import Council, at
from tests.scorecard.test_snapshots import MAY, MEASURES, READER

_TURN = text("SELECT pg_advisory_xact_lock(hashtext('snapshot'))")
_FROZEN = text(
    "INSERT INTO snapshot (authority, id, month, taken_at, taken_by, definitions, hash) "
    "VALUES ('000', gen_random_uuid(), :month, now(), 'other', 'x', 'x')"
)
_WAITING = text(
    "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted "
    "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)


def wait_for_another(db: Engine) -> None:
    """Until somebody waits for the turn."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        with db.connect() as connection:
            if connection.execute(_WAITING).scalar_one():
                return
        time.sleep(0.02)
    raise AssertionError("nobody waited for the turn")


def test_who_comes_second_finds_the_month_frozen(council: Council) -> None:
    with ThreadPoolExecutor(1) as pool:
        with council.db.begin() as first:
            first.execute(_TURN)
            second = pool.submit(freeze, council.db, MAY, READER, at("2026-06-01"), MEASURES)
            wait_for_another(council.db)
            first.execute(_FROZEN, {"month": MAY})
        assert second.result(timeout=20) is None
