"""Every version of the policy that was ever adopted: kept, to be looked at and taken up again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from casework.errors import Refused
from records.tables import PolicyVersion
from statute.policy import Policy, default_policy, default_text, load_policy


@dataclass(frozen=True, slots=True)
class Version:
    """One version: who adopted it and when. Number 0 is the policy that ships with EHCP Clock, which nobody adopted."""

    number: int
    adopted_at: datetime | None
    adopted_by: str
    toml: str

    @property
    def policy(self) -> Policy:
        """What it means."""
        return load_policy(self.toml)


SHIPPED = 0


def versions(db: Engine) -> Sequence[Version]:
    """Every version, the one in force first, the one that ships last."""
    with Session(db) as session:
        rows = session.exec(select(PolicyVersion).order_by(col(PolicyVersion.number).desc())).all()
        return (*map(_version, rows), _shipped())


def version(db: Engine, number: int | None = None) -> Version:
    """The version of that number; the one in force where none is given. Raises Refused when there is none such."""
    with Session(db) as session:
        return version_in(session, number)


def version_in(session: Session, number: int | None = None) -> Version:
    """As `version`, within a transaction."""
    query = select(PolicyVersion).order_by(col(PolicyVersion.number).desc()).limit(1)
    row = session.exec(query if number is None else query.where(PolicyVersion.number == number)).first()
    if row is None and number:
        raise Refused(f"There is no version {number} of the policy. 'ehcp policy versions' lists them.")
    return _shipped() if row is None else _version(row)


def policy_at(session: Session, at: datetime) -> Policy:
    """The policy that was in force at an instant (aware)."""
    query = select(PolicyVersion.toml).where(col(PolicyVersion.adopted_at) <= at)
    toml = session.exec(query.order_by(col(PolicyVersion.number).desc()).limit(1)).first()
    return default_policy() if toml is None else load_policy(toml)


def _version(row: PolicyVersion) -> Version:
    return Version(row.number, row.adopted_at, row.adopted_by, row.toml)


def _shipped() -> Version:
    return Version(SHIPPED, None, "", default_text())
