"""What every table shares: names of constraints, column types that refuse half-said values, the authority."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any, ClassVar

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

    def __init__(self, **values: Any) -> None:
        """A new row with these values, and the defaults for the others.

        Put in place together: told of one value after another, SQLAlchemy and Pydantic take longer than the database.
        """
        # A class has a hash, whatever its instances lack.
        constants, factories = _defaults(type(self))  # pyright: ignore[reportArgumentType]
        made = {name: factory() for name, factory in factories.items() if name not in values}
        vars(self).update({**constants, **made, **values})
        self.__pydantic_fields_set__.update(values)

    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMES)  # pyright: ignore[reportIncompatibleVariableOverride]

    @declared_attr.directive
    def __tablename__(cls) -> str:  # pyright: ignore[reportIncompatibleVariableOverride]
        """The class's name in small letters (ignores: SQLModel types both as variables)."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__.removesuffix("Row")).lower()


@cache
def _defaults(table: type[Table]) -> tuple[Mapping[str, Any], Mapping[str, Callable[[], Any]]]:
    """The values that a new row of the table has by itself: those always the same, and those made afresh."""
    free = {name: field for name, field in table.model_fields.items() if not field.is_required()}
    factories: dict[str, Any] = {name: each.default_factory for name, each in free.items() if each.default_factory}
    return {name: each.default for name, each in free.items() if name not in factories}, factories


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
