"""Putting a policy in force: everybody follows it from then on, the clocks that sleep included."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, text
from sqlmodel import Session

from casework.actor import Actor
from casework.clocks import wake_all
from casework.errors import Refused
from casework.policies import adopt, norms_of
from casework.policy_versions import version, version_in
from casework.recomputing import ask
from statute.kind import A_PROCESS, ANNUAL_REVIEW, ASSESSMENT
from statute.policy import Policy, load_policy
from statute.policy_errors import PolicyError

CHANGED = (
    "Somebody else adopted another policy meanwhile. Nothing was changed: look at what it is now, then adopt yours."
)

_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(hashtextextended('policy', 0))")


@dataclass(frozen=True, slots=True)
class Adopted:
    """The number of the version now in force, the clocks that were told, the cases left to be worked out anew."""

    number: int
    woken: int
    to_work_out: int


def adopt_policy(db: Engine, toml: str, actor: Actor, now: datetime, *, after: int | None = None) -> Adopted:
    """Adopt a policy, wake every open clock to follow it, and leave word for the local norms to be worked out.

    All of it in one transaction; a worker takes up the rest within seconds (`casework.recomputing`). What the policy
    leaves out stays as in the one that ships with EHCP Clock. The one already in force stays as it is. `after` is the
    version that was looked at (0: the one that ships). Raises Refused with the place and the remedy when it cannot be
    read, and when another version than `after` is in force by now.
    """
    try:
        with Session(db) as session, session.begin():
            session.connection().execute(_ONE_AT_A_TIME)
            before = version_in(session)
            if after is not None and before.number != after:
                raise Refused(CHANGED)
            number = adopt(session, toml, actor, now)
            # Adopted again: somebody thinks that the days are not what they should be, so everything is looked at.
            kinds = A_PROCESS.keys() if number == before.number else _kinds_that_move(before.policy, load_policy(toml))
            return Adopted(number, wake_all(session, now), ask(session, number, kinds, now))
    except PolicyError as error:
        raise Refused(str(error)) from error


def _kinds_that_move(before: Policy, after: Policy) -> Collection[str]:
    """Of which processes days follow the policy that changed: local norms, and when a review opens."""
    norms = [] if norms_of(before) == norms_of(after) else [ASSESSMENT]
    return norms if before.reviews == after.reviews else [*norms, ANNUAL_REVIEW]


def policy_text(db: Engine, number: int | None = None) -> tuple[int, str]:
    """A version of the policy as TOML, with its number; 0 is the one that ships with EHCP Clock.

    The one in force, where no number is given. Raises Refused when there is none such.
    """
    found = version(db, number)
    return found.number, found.toml
