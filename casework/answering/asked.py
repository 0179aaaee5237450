"""What stands behind the link of a request: who the child is, what is asked and why by that day, and the papers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import Session

from casework.answering.before import Before, answered_here, given_elsewhere
from casework.answering.holding import InHand, deadline_of, in_hand
from casework.answering.kinds import sections_of
from casework.answering.sent_back import kept_of, latest_sent_back
from casework.documents import PAPERS, Listed, documents_of
from casework.policies import policy_in_force
from casework.recipients import Directory, Recipients
from casework.requests import requests_of
from casework.secure_links.visits import Opened
from config.clock import london_day
from post.house import House
from post.items import Item
from post.items import Kind as Letter
from post.telling import Telling
from records.tables import CasePapers
from statute.timeline import Deadline, State


@dataclass(frozen=True, slots=True)
class SentBack:
    """Advice that is not complete: what was typed, why it was sent back, and the names of the documents that came."""

    form: Mapping[str, object]
    said: Mapping[str, str]
    faults: Sequence[str]
    documents: Sequence[str]


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as whoever was asked reads it.

    `what` is the advice in plain words, `service` who was asked, `bound` whether regulation 8 binds them. `asked_on`,
    `due` and `why` are None and empty while the six weeks have not begun. `settled` is the kind of fact that answered
    or closed it. `bodies` are other services of the category by code. `here` was answered to this request, `elsewhere`
    by the same service about the same child. `oldest_report` is in days (0: any age).
    """

    link_id: UUID
    process_id: UUID
    mail_ref: str
    child: str
    date_of_birth: date | None
    setting: str
    category: str
    what: str
    service: str
    bound: bool
    asked_on: date | None
    due: date | None
    days_late: int
    lifted: bool
    why: str
    settled: str
    settled_on: date | None
    papers: Sequence[Listed]
    papers_ready: bool
    bodies: Mapping[str, str]
    sections: Sequence[str]
    here: Sequence[Before]
    elsewhere: Sequence[Before]
    sent_back: SentBack | None
    oldest_report: int


def asked(db: Engine, opened: Opened, house: House, now: datetime) -> Asked:
    """What an opened link of a request shows at `now`."""
    with Session(db) as session:
        held = in_hand(session, opened, now)
        process, person, row = held.case.process, held.case.person, held.row
        directory = Directory(session, process.authority, london_day(now))
        setting, body = directory.setting(person.setting_urn), directory.body([row], row.subject)
        return Asked(
            link_id=opened.link_id,
            process_id=process.id,
            mail_ref=process.mail_ref,
            child=f"{person.forename} {person.surname}".strip(),
            date_of_birth=person.date_of_birth,
            setting=setting.name if setting else "",
            category=row.category,
            service=Recipients(directory, process, person, requests_of(session, process.id)).service(row.subject),
            bound=held.request.section_31 if held.request else bool(body and body.section_31),
            papers=documents_of(session, [process.id], PAPERS),
            papers_ready=session.get(CasePapers, process.id) is not None,
            bodies=_others(directory, held, body.code if body else ""),
            sections=sections_of(row.category),
            here=answered_here(session, row.id),
            elsewhere=given_elsewhere(session, held),
            sent_back=_sent_back(session, row.id),
            oldest_report=policy_in_force(session).advice_of(row.subject).oldest_report,
            **_times(held, deadline_of(session, held, now), house, london_day(now)),
        )


def _times(held: InHand, deadline: Deadline | None, house: House, today: date) -> dict[str, Any]:
    """By which day and why that day, as a letter would say it, and what has come of the request."""
    telling = Telling(_item(held, deadline), house, today)
    end = (held.request.answered or held.request.closed) if held.request else None
    return {
        "what": telling.what,
        "asked_on": held.request.start if held.request else None,
        "due": telling.item.due,
        "days_late": telling.item.days_late(today),
        "lifted": deadline is not None and deadline.state is State.LIFTED,
        "why": telling.facts(alone=True)["why"],
        "settled": end.kind if end else "",
        "settled_on": end.day if end else None,
    }


def _item(held: InHand, deadline: Deadline | None) -> Item:
    return Item(
        kind=Letter.RECEIPT,
        mail_ref=held.case.process.mail_ref,
        limit=deadline.limit if deadline else "",
        category=held.row.subject,
        start=deadline.start if deadline else None,
        due=deadline.legal_due if deadline else None,
    )


def _others(directory: Directory, held: InHand, own: str) -> Mapping[str, str]:
    known = directory.bodies.values()
    return {
        each.code: each.name
        for each in known
        if each.active and each.category == held.row.category and each.code not in (own, held.row.subject)
    }


def _sent_back(session: Session, request_id: UUID) -> SentBack | None:
    row = latest_sent_back(session, request_id)
    if row is None:
        return None
    return SentBack(row.form, row.said, row.faults, [each.name for each in kept_of(session, request_id)])
