"""One case as somebody has it in hand to record on it: what stands, what is expected next, and who can be named."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from casework.actor import Actor
from casework.calendars import calendar_in_force
from casework.cases import Case, authority, find
from casework.requests import DROPPED, requests_of
from casework.seen_now import SOUGHT
from config.clock import london_day
from records.tables import AdviceRequest, Body
from statute.asks import Ask, Request, asking
from statute.calendar import Calendar
from statute.expected import Next, expected
from statute.facts import Fact
from statute.processes import timeline_of
from statute.standing import standing
from statute.timeline import Timeline


@dataclass(frozen=True, slots=True)
class AtHand:
    """A case in hand.

    `version` is the ledger's, to send back as `seen`. `facts` are all that were recorded, `stands` what stands of
    them. `asks` are the subjects of its requests for advice; `services` every service in the directory by
    category/code, with its name. `expected` is what to offer first.
    """

    process_id: UUID
    mail_ref: str
    case_ref: str
    child: str
    process: str
    version: int
    ended_on: date | None
    facts: Sequence[Fact]
    stands: Sequence[Fact]
    timeline: Timeline
    calendar: Calendar
    asks: Sequence[str]
    services: Mapping[str, str]
    expected: Sequence[Next]

    @property
    def name(self) -> str:
        """What stands above every page about it: the child's name and the council's reference."""
        return f"{self.child}, {self.case_ref}"


def at_hand(db: Engine, reference: str, actor: Actor, now: datetime) -> AtHand:
    """The case with that reference. Raises UnknownCase."""
    with Session(db) as session:
        return hand_of(session, find(session, reference, actor), now)


def hand_of(session: Session, case: Case, now: datetime) -> AtHand:
    """A case that was found, in hand."""
    process, today = case.process, london_day(now)
    calendar, stands = calendar_in_force(session), standing(case.facts, today)
    timeline = timeline_of(process.kind, case.facts, today, calendar=calendar)
    rows = [row for row in requests_of(session, process.id) if row.mode != DROPPED]
    asks = asking(stands, [Request(row.subject) for row in rows if row.mode == SOUGHT]).asks
    return AtHand(
        process_id=process.id,
        mail_ref=process.mail_ref,
        case_ref=process.case_ref,
        child=f"{case.person.forename} {case.person.surname}",
        process=process.kind,
        version=process.version,
        ended_on=process.ended_on,
        facts=case.facts,
        stands=stands,
        timeline=timeline,
        calendar=calendar,
        asks=_subjects(asks, rows),
        services=_services(session),
        expected=expected(process.kind, stands, asks, _ended_by(timeline, stands)),
    )


def _ended_by(timeline: Timeline, stands: Sequence[Fact]) -> Fact | None:
    if timeline.ended_on is None:
        return None
    return next((fact for fact in reversed(stands) if fact.kind == timeline.ended_by), stands[-1])


def _subjects(asks: Sequence[Ask], rows: Sequence[AdviceRequest]) -> Sequence[str]:
    return sorted({*(ask.subject for ask in asks), *(row.subject for row in rows)})


def _services(session: Session) -> Mapping[str, str]:
    query = select(Body).where(Body.authority == authority(), Body.active)
    bodies = session.exec(query.order_by(col(Body.category), col(Body.position), col(Body.code)))
    return MappingProxyType({f"{body.category}/{body.code}": body.name for body in bodies})
