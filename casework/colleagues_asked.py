"""Giving open requests to a colleague of the same service: the six weeks run on, and the colleague is written to.

Each request is recorded as passed on within its body (no day moves by it), the links that were sent are revoked, and
the engine writes to the colleague. An address that is not surely one of that body is refused: a request tells of a
child, and whoever asks for a service answers for where it goes.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import Engine, text
from sqlmodel import Session, col, select

from casework.actor import Actor
from casework.answering.colleagues import ends_alike
from casework.answering.holding import InHand, of_request
from casework.cases import authority, may_see
from casework.entering import enter
from casework.errors import Refused
from casework.recipients import Directory
from casework.refresh import write_wakes
from casework.service_requests import Asked, Service
from config.clock import london_day
from post.addresses import domain_of, is_address, normalised
from records.tables import AdviceRequest, Body
from statute.facts import Fact

MOST = 50
"""Requests that are given on at once: those of a page."""

_MEANT = text("""
SELECT a.id, a.process_id, p.mail_ref FROM advice_request a JOIN process p ON p.id = a.process_id
WHERE a.authority = :authority AND a.body_id = ANY(:bodies) AND a.mode = 'seek' AND p.ended_on IS NULL
AND (p.mail_ref, a.subject) IN (SELECT * FROM unnest(CAST(:refs AS text[]), CAST(:subjects AS text[])))
ORDER BY p.mail_ref, a.subject
""")
_NO_ADDRESS = "Enter one mail address, for example name@nhs.example"
_NOT_OPEN = "{}: it is not one of these services' open requests any more."


@dataclass(slots=True)
class Given:
    """What came of it: to which address (as it is written to), how many requests, and why the others were not."""

    address: str
    number: int = 0
    refused: list[str] = field(default_factory=list[str])


def key_of(row: Asked) -> str:
    """How a form names one request: the mail reference of its case, and its subject."""
    return f"{row.mail_ref} {row.subject}"


def give_to_colleague(
    db: Engine, services: Sequence[Service], keys: Sequence[str], address: str, actor: Actor, now: datetime
) -> Given:
    """Give these open requests of these services (`key_of`) to somebody else in the same service.

    Each is done by itself, so that one that was answered meanwhile keeps no other back. Raises Refused for what is no
    address, and where nothing or too much was chosen.
    """
    if not is_address(address):
        raise Refused(_NO_ADDRESS)
    if not keys or len(keys) > MOST:
        raise Refused(f"Choose at least one request, and at most {MOST} at once")
    given, chosen = Given(normalised(address).lower()), list(dict.fromkeys(keys))
    meant = _meant(db, services, chosen)
    for key in chosen:
        refused = _give(db, meant[key], given.address, actor, now) if key in meant else _NOT_OPEN
        if refused:
            given.refused.append(refused.format(key.partition(" ")[0]))
        else:
            given.number += 1
    given.refused[:] = list(Counter(given.refused))
    return given


def colleagues_of(db: Engine, rows: Sequence[Asked]) -> Mapping[str, str]:
    """By `key_of` the address of the colleague with whom a request is; those that the service itself has are absent."""
    mine = (
        col(AdviceRequest.process_id).in_({row.process_id for row in rows}),
        col(AdviceRequest.asked_of).is_not(None),
    )
    with Session(db) as session:
        found = {
            (each.process_id, each.subject): each.asked_of for each in session.exec(select(AdviceRequest).where(*mine))
        }
    named = {key_of(row): found.get((row.process_id, row.subject)) for row in rows}
    return {key: address for key, address in named.items() if address}


def not_of_service(db: Engine, category: str, code: str, address: str, now: datetime) -> str:
    """Why an address is not surely one of that service of the directory; empty when it is."""
    if not is_address(address):
        return _NO_ADDRESS
    theirs = (Body.authority == authority(), Body.category == category, Body.code == code)
    with Session(db) as session:
        return _not_theirs(session, session.exec(select(Body).where(*theirs)).one(), normalised(address).lower(), now)


def _meant(db: Engine, services: Sequence[Service], keys: Sequence[str]) -> Mapping[str, tuple[UUID, UUID]]:
    parts = [key.partition(" ") for key in keys]
    bound = {
        "authority": authority(),
        "bodies": [each.id for each in services],
        "refs": [ref for ref, _, _ in parts],
        "subjects": [subject for _, _, subject in parts],
    }
    with Session(db) as session:
        requests = {row.id: row for row in session.connection().execute(_MEANT, bound)}
        rows = session.exec(select(AdviceRequest).where(col(AdviceRequest.id).in_(requests)))
        return {f"{requests[row.id].mail_ref} {row.subject}": (row.process_id, row.id) for row in rows}


def _give(db: Engine, ids: tuple[UUID, UUID], address: str, actor: Actor, now: datetime) -> str:
    """Give one request on; why it was not, with a place for its reference, or nothing."""
    with Session(db) as session, session.begin():
        held = of_request(session, *ids, now, lock=True)
        if refused := _refused(session, held, address, actor, now):
            return refused
        fact = Fact("advice_reassigned", london_day(now), held.row.subject)
        try:
            enter(session, held.case, [fact], actor, now, confirm=True)
        except Refused as refusal:
            return "{}: " + " ".join(refusal.messages).replace("{", "(").replace("}", ")")
        held.row.asked_of = address
        session.add(held.row)
        write_wakes(session, [held.case.process], now)
        return ""


def _refused(session: Session, held: InHand, address: str, actor: Actor, now: datetime) -> str:
    process, request = held.case.process, held.request
    if not may_see(held.case.person, actor) or process.ended_on is not None or held.case.person.text_key is None:
        return _NOT_OPEN
    if request is None:
        return "{}: its papers have not been sent yet. Give it on when they have."
    if not request.is_open:
        return _NOT_OPEN
    if held.row.asked_of == address:
        return "{}: it is with that colleague already."
    return _not_theirs(session, session.get_one(Body, held.row.body_id), address, now)


def _not_theirs(session: Session, body: Body, address: str, now: datetime) -> str:
    """Why an address is not surely one of a service, or nothing where it is."""
    known = (body.email, body.fallback_email, body.manager_email, body.lead_email)
    own = [normalised(each).lower() for each in known if each and is_address(each)]
    asked_at = Directory(session, authority(), london_day(now)).asked_at(body)
    if address in (*own, *asked_at) or any(ends_alike(address, each) for each in own):
        return ""
    ends = sorted({domain_of(each) for each in own})
    said = f" It must end in @{' or @'.join(ends)}, or be one of the service's in the directory." if ends else ""
    name = body.name.replace("{", "(").replace("}", ")")
    return f"That address is not one of {name}.{said}"
