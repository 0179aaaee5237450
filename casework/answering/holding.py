"""One request for advice with its case, held while something is recorded on it, or only read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from casework.calendars import calendar_in_force
from casework.cases import Case
from casework.secure_links.visits import Opened
from config.clock import london_day
from records.ledger import facts_of
from records.tables import AdviceRequest, Person, Process
from statute.advice import Request, requests
from statute.facts import Fact
from statute.processes import timeline_of
from statute.standing import standing
from statute.timeline import Deadline


@dataclass(slots=True)
class InHand:
    """A case, one of its requests as it is kept, and as its facts have it (None: it was never recorded as asked)."""

    case: Case
    row: AdviceRequest
    stands: Sequence[Fact]
    request: Request | None


def in_hand(session: Session, opened: Opened, now: datetime, *, lock: bool = False) -> InHand:
    """What a link of a request is about; with `lock` nobody else records on it until the transaction ends."""
    return of_request(session, opened.process_id, opened.request_id, now, lock=lock)


def of_request(
    session: Session, process_id: UUID | None, request_id: UUID | None, now: datetime, *, lock: bool = False
) -> InHand:
    """The same of a request whose ids are known."""
    process = session.get_one(Process, process_id, with_for_update=lock, populate_existing=lock)
    person = session.get_one(Person, process.person_id)
    row = session.get_one(AdviceRequest, request_id, populate_existing=lock)
    case = Case(process, person, list(facts_of(session, process.id)))
    return read(case, row, now)


def read(case: Case, row: AdviceRequest, now: datetime) -> InHand:
    """A request of a case that was found."""
    stands = standing(case.facts, london_day(now))
    found = next((each for each in requests(stands) if each.key == row.subject), None)
    return InHand(case, row, stands, found)


def deadline_of(session: Session, held: InHand, now: datetime) -> Deadline | None:
    """The limit that a request is under; None while its six weeks have not begun."""
    if held.request is None:
        return None
    kind, facts = held.case.process.kind, held.case.facts
    timeline = timeline_of(kind, facts, london_day(now), calendar=calendar_in_force(session))
    return timeline.get(held.request.limit, held.request.subject)
