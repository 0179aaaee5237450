"""Putting a policy in force: everybody follows it from then on, the clocks that sleep included."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from casework.actor import Actor
from casework.clocks import wake_all
from casework.errors import Refused
from casework.policies import adopt
from casework.rebuild import recompute
from records.tables import PolicyVersion
from statute.policy import default_text
from statute.policy_errors import PolicyError


@dataclass(frozen=True, slots=True)
class Adopted:
    """The number of the version now in force, the clocks that were told, the cases whose norms moved."""

    number: int
    woken: int
    recomputed: int


def adopt_policy(db: Engine, toml: str, actor: Actor, now: datetime) -> Adopted:
    """Adopt a policy, wake every open clock to follow it, and recompute the local norms.

    What it leaves out stays as in the policy that ships with EHCP Clock. The one already in force stays as it is.
    Raises Refused with the place and the remedy when it cannot be read.
    """
    try:
        with Session(db) as session, session.begin():
            number = adopt(session, toml, actor, now)
            woken = wake_all(session, now)
    except PolicyError as error:
        raise Refused(str(error)) from error
    return Adopted(number, woken, recompute(db, now))


def policy_text(db: Engine) -> tuple[int, str]:
    """The policy in force as TOML, with its number; 0 for the one that ships with EHCP Clock."""
    with Session(db) as session:
        query = select(PolicyVersion).order_by(col(PolicyVersion.number).desc()).limit(1)
        newest = session.exec(query).first()
        return (newest.number, newest.toml) if newest else (0, default_text())
