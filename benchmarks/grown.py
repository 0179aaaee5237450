"""An authority many times over: its rows copied within the database, each with an id, references and days of its own.

The ids of a copy are worked out from those that were copied, so that whatever points at a row points at its copy. The
days of the first copy are one day earlier than those copied, of the second two, and so on; days within attributes and
ranges stay.
"""

from sqlalchemy import Connection, text

from benchmarks.place import Town

TABLES = (
    "person",
    "process",
    "fact",
    "plan",
    "review",
    "advice_request",
    "deadline",
    "counted_assessment",
    "counted_review",
    "counted_relief",
)
"""All that the scorecard reads, and the ledger that it is made from; what points at another table after that."""

_COLUMNS = text(
    "SELECT column_name AS name, data_type AS type FROM information_schema.columns WHERE table_schema = 'public' "
    "AND table_name = :table AND is_identity = 'NO' AND is_generated = 'NEVER' ORDER BY ordinal_position"
)
_KEYS = text(
    "SELECT conrelid::regclass::text AS table, conname AS name, pg_get_constraintdef(oid) AS what FROM pg_constraint "
    "WHERE contype = 'f' AND conrelid::regclass::text = ANY(:tables)"
)
_SHARED = ("body_id",)
_NAMES = ("case_ref", "mail_ref", "plan_ref")


def grow(place: Town, times: int) -> None:
    """Copy everything so often that it is there so many times."""
    with place.owner.begin() as connection:
        keys = connection.execute(_KEYS, {"tables": list(TABLES)}).all()
        for key in keys:  # checked row by row they would take longer than all the rest
            connection.exec_driver_sql(f"ALTER TABLE {key.table} DROP CONSTRAINT {key.name}")
        for table in TABLES:
            _copy(connection, table, times)
        for key in keys:
            connection.exec_driver_sql(f"ALTER TABLE {key.table} ADD CONSTRAINT {key.name} {key.what}")


def _copy(connection: Connection, table: str, times: int) -> None:
    columns = connection.execute(_COLUMNS, {"table": table}).all()
    names = ", ".join(column.name for column in columns)
    values = ", ".join(_value(column.name, column.type) for column in columns)
    statement = (
        f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} "
        "CROSS JOIN generate_series(1, :copies) AS copy ORDER BY copy"
    )
    connection.execute(text(statement), {"copies": times - 1})


def _value(name: str, kind: str) -> str:
    if kind == "uuid" and name not in _SHARED:
        return f"CAST(md5({name}::text || copy) AS uuid)"
    if kind == "date":
        return f"{name} - copy"
    return f"{name} || '-' || copy" if name in _NAMES else name
