"""Who stands in while somebody is away: officers for officers, an address for a service.

Cover is kept by its days, so that nothing has to be done on the morning it begins or ends: who stands in is asked of
the day. An officer's stand-in gets their mail and sees their work; a restricted child stays with those who are named.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import Engine
from sqlmodel import Session, col, or_, select

from casework.actor import Actor
from casework.cases import authority
from casework.cover_checks import faults
from casework.errors import Refused
from config.clock import london_day
from records.tables import Cover

OFFICER, SERVICE = "officer", "service"
# How long cover that is over is still shown.
SHOWN_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Covers:
    """The cover that holds on one day."""

    rows: Sequence[Cover] = ()
    _by_who: dict[tuple[str, str], list[str]] = field(init=False, default_factory=dict[tuple[str, str], list[str]])

    def __post_init__(self) -> None:
        """Index them by whom they are for."""
        for row in self.rows:
            self._by_who.setdefault((row.kind, row.who), []).append(row.stand_in)

    def stand_ins(self, who: str, kind: str = OFFICER) -> Sequence[str]:
        """Who stands in, in the order in which they were asked to; who is away as well is stood in for in turn."""
        return tuple(dict.fromkeys(self._present(who, kind, frozenset())))

    def covered_by(self, stand_in: str, kind: str = OFFICER) -> Sequence[str]:
        """For whom somebody stands in, those that were passed on to them included."""
        away = sorted(who for of_kind, who in self._by_who if of_kind == kind)
        return tuple(who for who in away if stand_in in self.stand_ins(who, kind))

    def last_day(self, who: str, kind: str = OFFICER) -> date | None:
        """The last day on which somebody is known to be away; None when they are here."""
        return max((row.last for row in self.rows if (row.kind, row.who) == (kind, who)), default=None)

    def _present(self, who: str, kind: str, seen: frozenset[str]) -> Sequence[str]:
        found: list[str] = []
        for stand_in in self._by_who.get((kind, who), ()):
            # Two who stand in for each other, both away: the first one asked is better than nobody.
            passed_on = self._present(stand_in, kind, seen | {who}) if stand_in not in seen else ()
            found += [each for each in passed_on if each not in seen | {who}] or [stand_in]
        return found


NO_COVER = Covers()


def covers_on(session: Session, day: date) -> Covers:
    """All cover that holds on a day, of officers and of services, in the order in which it was noted."""
    query = select(Cover).where(
        Cover.authority == authority(),
        Cover.first <= day,
        Cover.last >= day,
        or_(col(Cover.ended_on).is_(None), col(Cover.ended_on) > day),
    )
    return Covers(tuple(session.exec(query.order_by(col(Cover.noted_at), col(Cover.id))).all()))


def stand_ins_for(session: Session, who: str, day: date, kind: str = OFFICER) -> Sequence[str]:
    """Who stands in for somebody on a day: usernames for an officer, addresses for a service (category/code)."""
    return covers_on(session, day).stand_ins(who, kind)


def covers_known(db: Engine, today: date, kind: str = OFFICER, *, who: str | None = None) -> Sequence[Cover]:
    """Cover that holds, is to come, or ended in the last thirty days; the first to begin first."""
    query = select(Cover).where(Cover.authority == authority(), Cover.kind == kind, Cover.last >= today - SHOWN_FOR)
    query = query.where(or_(col(Cover.ended_on).is_(None), col(Cover.ended_on) >= today - SHOWN_FOR))
    if who is not None:
        query = query.where(or_(Cover.who == who, Cover.stand_in == who))
    with Session(db) as session:
        return session.exec(query.order_by(col(Cover.first), col(Cover.who), col(Cover.id))).all()


def add_cover(
    db: Engine, who: str, stand_in: str, first: date, last: date, actor: Actor, now: datetime, *, kind: str = OFFICER
) -> Cover:
    """Note that `stand_in` stands in for `who` from `first` to `last`, both days included.

    For an officer both are usernames; for a service `who` is category/code of a body and `stand_in` a mail address.
    Raises Refused with every fault: unknown or inactive people, days that are over or the wrong way round, the same
    stand-in twice on one day.
    """
    row = Cover(
        authority=authority(),
        kind=kind,
        who=who.strip(),
        stand_in=stand_in.strip(),
        first=first,
        last=last,
        noted_at=now,
        noted_by=actor.name,
    )
    with Session(db, expire_on_commit=False) as session, session.begin():
        if wrong := faults(session, row, london_day(now)):
            raise Refused(wrong)
        session.add(row)
        return row


def state_of(row: Cover, today: date) -> str:
    """How cover stands on a day: holds, to_come, over or taken_back."""
    if row.ended_on is not None and row.ended_on <= today:
        return "taken_back"
    if row.last < today:
        return "over"
    return "to_come" if row.first > today else "holds"
