"""What a newly adopted policy would have said before its day: not all of it at once."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, func, select

from casework.notices import Notice
from casework.policy_versions import policy_at
from casework.situations import as_followed
from config.clock import london_day
from records.tables import PolicyVersion
from statute.changed_ladders import brought_late
from statute.ladder import ladder_of
from statute.situation import Situation

_READ = "when the policy in force was adopted, as read in a transaction"


def brought_late_here(session: Session, situation: Situation, notices: Sequence[Notice]) -> frozenset[str]:
    """The keys of those notices that a policy adopted after their day has brought, and that are to be passed over."""
    counted = [notice for notice in notices if ladder_of(notice.key)]
    if not counted or (adopted := _adopted_at(session)) is None:
        return frozenset()
    old = [notice for notice in counted if london_day(notice.at) < london_day(adopted)]
    if not old:
        return frozenset()
    return brought_late(situation, old, lambda at: as_followed(policy_at(session, at)))


def _adopted_at(session: Session) -> datetime | None:
    """Asked once in a transaction: a round settles thousands of processes."""
    kept: tuple[object, datetime | None] | None = session.info.get(_READ)
    if kept is not None and kept[0] is session.get_transaction():
        return kept[1]
    adopted = session.exec(select(func.max(PolicyVersion.adopted_at))).one()
    session.info[_READ] = (session.get_transaction(), adopted)
    return adopted
