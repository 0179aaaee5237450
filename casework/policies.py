"""The policy in force: every worker and every command follows the newest numbered version."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session, col, select

from casework.actor import Actor
from casework.in_force import forget, in_force
from records.tables import PolicyVersion
from statute.norms import ADVICE_NORM
from statute.policy import Policy, default_policy, load_policy


def policy_in_force(session: Session) -> Policy:
    """The newest adopted policy; the one that ships with EHCP Clock where none was adopted."""
    newest = in_force(session).policy
    return default_policy() if newest is None else load_policy(newest)


def adopt(session: Session, toml: str, actor: Actor, now: datetime) -> int:
    """Put a policy in force as a new version and return its number; the one already in force stays as it is.

    Raises statute.policy_errors.PolicyError, saying where it is wrong. The read model shows norms: ask for
    it to be recomputed in the same transaction (`casework.recomputing.ask`).
    """
    load_policy(toml)
    newest = session.exec(select(PolicyVersion).order_by(col(PolicyVersion.number).desc()).limit(1)).first()
    if newest is not None and newest.toml == toml:
        return newest.number
    number = 1 if newest is None else newest.number + 1
    session.add(PolicyVersion(number=number, toml=toml, adopted_at=now, adopted_by=actor.name))
    session.flush()
    forget(session)
    return number


def norms_of(policy: Policy) -> Mapping[str, int]:
    """The policy's local norms as the law room takes them: weeks by limit, and by service for its advice."""
    weeks = policy.norms.local_draft_plan
    draft = {"local_draft_plan": weeks} if weeks else {}
    return draft | {f"{ADVICE_NORM}{service}": weeks for service, weeks in policy.norms_of_services().items()}
