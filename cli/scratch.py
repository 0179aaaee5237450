"""A database of its own for one command: made in a folder that goes with it, so that nothing real can be touched."""

import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from cli import output

if TYPE_CHECKING:
    from sqlalchemy import Engine

NOT_INSTALLED = "This needs the packages for one machine: install the extra 'local', or rehearse with --copy."


@contextmanager
def scratch() -> Generator["Engine"]:
    """An empty, migrated database, gone with its folder when the command ends."""
    try:
        from local.errors import LocalError
        from local.postgres import Postgres
    except ImportError:
        output.fail(NOT_INSTALLED, output.UNAVAILABLE)
    from casework.store import open_store

    with tempfile.TemporaryDirectory(prefix="ehcp-", ignore_cleanup_errors=True) as folder:
        server = Postgres(Path(folder))
        try:
            urls = server.ensure_running()
            db = open_store(urls.app_url, owner_url=urls.owner_url)
            try:
                yield db
            finally:
                db.dispose()
        except LocalError as error:
            output.fail(f"A database to rehearse in cannot be started: {error}", output.UNAVAILABLE)
        finally:
            server.release()
