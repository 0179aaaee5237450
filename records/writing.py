"""Writing new rows at once, in plain inserts: several times as fast as the session's unit of work."""

from collections.abc import Sequence

from sqlalchemy import Table as SqlTable
from sqlalchemy import inspect
from sqlalchemy.orm import make_transient_to_detached
from sqlmodel import Session

from records.tables import Table, metadata


def insert_now(session: Session, rows: Sequence[Table]) -> None:
    """Insert new rows of one table, ids given; from then on the session knows them like rows that it has read.

    What the session itself still has to write is not written first: flush it where a foreign key points there.
    """
    if not rows:
        return
    table = _table_of(rows[0])
    values = [{column.key: getattr(row, column.key) for column in table.columns} for row in rows]
    # One row as itself, not as a list of one: that would be prepared, and sent, as a batch.
    session.connection().execute(table.insert(), values[0] if len(values) == 1 else values)
    for row in rows:
        make_transient_to_detached(row)
    session.add_all(rows)


def is_unwritten(row: Table) -> bool:
    """Whether the row is made but neither in the database nor waiting in a session to get there."""
    return inspect(row).transient


def _table_of(row: Table) -> SqlTable:
    return metadata.tables[str(row.__tablename__)]
