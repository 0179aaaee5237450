"""Somebody who has opened the link of a letter, and answers."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import Session, select

from casework.answering.given import Given
from casework.answering.giving import give
from casework.answering.kinds import Answer as Kind
from casework.secure_links.making import Opens, good_link, secret_to
from casework.secure_links.visits import Opened
from config.settings import get_settings
from records.tables import AdviceRequest
from tests.casework.chasing.council import PAEDS, Council, at

NOW = at("2026-11-03", "19:00")
"""An evening, when no letter goes that can wait."""

WHOLE: dict[str, Any] = {
    "form": {"report_date": "2026-10-20", "sections": ["C", "G"]},
    "said": {"needs": "Tires quickly.", "outcomes": "Walks to school.", "provision": "Physiotherapy."},
}


def opened(council: Council, case: UUID, now: datetime, to: str = PAEDS, subject: str = "health") -> Opened:
    """What the link of a request opens."""
    with Session(council.db) as session, session.begin():
        mine = (AdviceRequest.process_id == case, AdviceRequest.subject == subject)
        request = session.exec(select(AdviceRequest).where(*mine)).one()
        secret = secret_to(session, get_settings(), Opens.REQUEST, to, now, request=request)
        link = good_link(session, secret, now)
        assert link
        return Opened(link.id, Opens.REQUEST, to, case, request.id, "")


def answered(council: Council, case: UUID, now: datetime, kind: Kind, to: str = PAEDS, **said: Any) -> UUID:
    """An answer that came by that link; returns its id."""
    return give(council.db, opened(council, case, now, to), Given(kind, uuid4(), **said), now)
