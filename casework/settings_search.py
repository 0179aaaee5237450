"""Finding a school or other setting by part of its name or by its URN."""

from dataclasses import dataclass

from sqlalchemy import Engine, func, or_
from sqlmodel import Session, col, select

from casework.cases import authority
from records.tables import Setting

AT_MOST = 20


@dataclass(frozen=True, slots=True)
class SettingFound:
    """A setting of the directory."""

    urn: str
    name: str


def find_settings(db: Engine, typed: str, most: int = AT_MOST) -> tuple[SettingFound, ...]:
    """Settings whose URN begins as typed, or whose name holds every word, in the order of their names."""
    words = typed.lower().split()
    if not words:
        return ()
    name = func.lower(Setting.name)
    holds = [name.contains(word, autoescape=True) for word in words[:10]]
    by_number = col(Setting.urn).startswith(typed.strip(), autoescape=True)
    query = select(Setting.urn, Setting.name).where(Setting.authority == authority())
    for_all = holds[0]
    for each in holds[1:]:
        for_all = for_all & each
    with Session(db) as session:
        rows = session.exec(query.where(or_(by_number, for_all)).order_by(name, col(Setting.urn)).limit(most))
        return tuple(SettingFound(urn, called) for urn, called in rows)


def setting_called(db: Engine, urn: str) -> SettingFound | None:
    """The setting with that URN, if the directory has it."""
    query = select(Setting.urn, Setting.name).where(Setting.authority == authority(), Setting.urn == urn)
    with Session(db) as session:
        row = session.exec(query).first()
        return SettingFound(*row) if row else None
