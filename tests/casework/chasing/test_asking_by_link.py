"""The whole request behind a link: it asks by itself, its acceptance starts the six weeks, and a bounce undoes that."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import Session, col, select

from casework import papers, sending
from casework.nightly import check
from casework.papers import record_papers, undo_request
from casework.round import send_urgent
from casework.secure_links.making import good_link
from post.letters import Letter
from records.ledger import facts_of
from records.tables import AdviceRequest, CasePapers, FactRow, SecureLink
from tests.casework.chasing.council import (
    BUSY,
    DUE,
    HOUSE,
    MORNING,
    OFFICE,
    OFFICER,
    ONLY_HEALTH,
    PAEDS,
    REFUSED,
    VIEWS,
    Council,
    Killed,
    at,
)

DECIDED = at("2026-09-30", "12:00")
LINK = re.compile(r"https://ehcp\.council\.example/advice/link/([0-9A-Za-z_-]{43})")


@pytest.fixture(autouse=True)
def pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EHCP_PUBLIC_URL", "https://ehcp.council.example/")
    monkeypatch.setenv("EHCP_SMTP_URL", "smtp://127.0.0.1:25")


def complete(council: Council, case: UUID, day: str = "2026-09-30", clock: str = "11:00") -> None:
    """The papers of a case are complete."""
    with Session(council.db) as session, session.begin():
        authority = session.exec(select(AdviceRequest.authority)).first() or "000"
        session.add(
            CasePapers(
                authority=authority, process_id=case, ready_at=at(day, clock), ready_by="a.marsh", nothing_submitted=True
            )
        )


def decided(council: Council, *, ready: bool = True) -> UUID:
    """A case in which only health is asked; with its papers."""
    case = council.open()
    if ready:
        complete(council, case)
    council.say(case, DECIDED, f"decision_to_assess=2026-09-30;{ONLY_HEALTH}", VIEWS)
    council.wake(case, DECIDED)
    return case


def asked(council: Council, case: UUID) -> list[tuple[str, str, str]]:
    """Every entry about the asking: kind, day and channel."""
    with Session(council.db) as session:
        query = select(FactRow).where(FactRow.process_id == case).order_by(col(FactRow.sequence))
        about = [row for row in session.exec(query) if "advice_requested" in (row.kind, row.subject.partition(":")[0])]
        return [(row.kind, row.day.isoformat(), row.channel) for row in about]


def request_of(council: Council, case: UUID) -> AdviceRequest:
    with Session(council.db) as session:
        mine = (AdviceRequest.process_id == case, AdviceRequest.subject == "health")
        return session.exec(select(AdviceRequest).where(*mine)).one()


def test_with_complete_papers_one_letter_asks_and_the_six_weeks_begin_when_a_server_takes_it(council: Council):
    case = decided(council)
    council.urgent(case, DECIDED)
    (letter,) = council.box.of(PAEDS)
    assert letter.subject.startswith("Advice wanted by Wednesday 11 November 2026: ")
    assert len(LINK.findall(letter.text)) == 1
    assert LINK.findall(letter.text) == [LINK.findall(letter.html)[0]]
    assert asked(council, case) == [("advice_requested", "2026-09-30", "engine")]
    kept = request_of(council, case)
    assert (kept.announced_at, kept.papers_sent_at) == (DECIDED, DECIDED)
    with Session(council.db) as session:
        (fact,) = [fact for fact in facts_of(session, case) if fact.kind == "advice_requested"]
    assert (fact.attributes["channel"], fact.attributes["received_by_body"]) == ("link", "2026-09-30")
    assert f"reg8_advice health {DUE}" in council.wake(case, DECIDED).summary
    assert "papers" not in {message.kind for message in council.messages(case)}
