"""What every table shares: names of constraints, column types that refuse half-said values, the authority."""

import re
from datetime import UTC, datetime
from typing import ClassVar

from sqlalchemy import CHAR, DateTime, MetaData
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import declared_attr
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

# Alembic can only drop and compare what has a predictable name.
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Table(SQLModel):
    """The base of every table of ours. Table models store; they do not validate (that is done at the edge).

    A table is named after its class, in small letters: AdviceRequest is `advice_request`, FactRow is `fact`.
    """

    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMES)  # pyright: ignore[reportIncompatibleVariableOverride]

    @declared_attr.directive
    def __tablename__(cls) -> str:  # pyright: ignore[reportIncompatibleVariableOverride]
        """The class's name in small letters (ignores: SQLModel types both as variables)."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__.removesuffix("Row")).lower()


class OfAuthority(Table):
    """A row that belongs to one council, named by its three-digit code."""

    authority: str = Field(sa_type=CHAR(3))


class Instant(TypeDecorator[datetime]):
    """A moment: `timestamptz`, written aware, read back aware and in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a time without a zone: Postgres would silently take it for the session's."""
        if value is not None and value.utcoffset() is None:
            raise ValueError(f"{value!r} has no time zone; give an aware time in UTC")
        return value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Always the same UTC object, whatever the session's zone."""
        return value if value is None else value.astimezone(UTC)
