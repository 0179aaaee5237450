"""Whether there is still something behind a link that is good: asked at every opening, whatever was revoked by then."""

from datetime import datetime

from sqlmodel import Session

from casework.recipients import Directory, Recipients
from casework.requests import DROPPED
from casework.secure_links.making import Opens
from config.clock import london_day
from records.tables import AdviceRequest, Person, Process, SecureLink
from statute.ladder import Role

_OF_A_BODY = (Role.ADVISER, Role.SERVICE_MANAGER, Role.SERVICE_LEAD)


def still_opens(session: Session, link: SecureLink, now: datetime) -> bool:
    """Whether the process goes on, the child's records are there, and the address is one that is asked.

    The notice of a decision that ends a process (regs 5(2) and 10(2)) is made after that end, and opens. A restricted
    child's request opens for whoever the authority has asked, as they are written to.
    """
    if link.kind in (Opens.LIST, Opens.CALENDAR):
        return True
    process = session.get(Process, link.process_id)
    person = session.get(Person, process.person_id) if process else None
    if process is None or person is None or person.text_key is None:
        return False
    if link.kind == Opens.NOTICE:
        return process.ended_on is None or process.ended_on <= london_day(link.made_at)
    return process.ended_on is None and _is_asked(session, link, process, person, now)


def _is_asked(session: Session, link: SecureLink, process: Process, person: Person, now: datetime) -> bool:
    request = session.get(AdviceRequest, link.request_id)
    if request is None or request.mode == DROPPED:
        return False
    # Who stood in when the letter was written was asked too, and may answer when the other one is back.
    days = {london_day(link.made_at), london_day(now)}
    asked = {
        address
        for day in days
        for role in _OF_A_BODY
        for address in Recipients(Directory(session, process.authority, day), process, person, [request])
        .of(role, request.subject)
        .chain
    }
    return link.recipient.lower() in asked | {(request.asked_of or "").lower()} - {""}
