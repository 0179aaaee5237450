"""The ledger says which papers a request went with: by the hashes of those that were there when its letter left."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlmodel import Session

from casework.papers import record_papers
from records.ledger import facts_of
from records.tables import Document, Process
from tests.casework.chasing.council import Council
from tests.casework.chasing.test_asking_by_link import DECIDED, decided

pytestmark = pytest.mark.usefixtures("by_link")


def paper(council: Council, case: UUID, purpose: str, mark: bytes, kept_at: datetime) -> None:
    with Session(council.db) as session, session.begin():
        session.add(
            Document(
                authority=session.get_one(Process, case).authority,
                process_id=case,
                purpose=purpose,
                name="Paper.pdf",
                media_type="application/pdf",
                size=1,
                content_hash=mark * 32,
                key_id="k",
                kept_at=kept_at,
                kept_by="a.marsh",
                channel="web",
            )
        )


def said(council: Council, case: UUID) -> str:
    with Session(council.db) as session:
        (fact,) = [each for each in facts_of(session, case) if each.kind == "advice_requested"]
        return fact.attributes.get("documents", "")


def test_the_ledger_names_the_papers_that_the_request_went_with(council: Council):
    case = decided(council)
    paper(council, case, "representations", b"\1", DECIDED - timedelta(hours=1))
    paper(council, case, "evidence", b"\2", DECIDED)
    paper(council, case, "advice", b"\3", DECIDED)
    paper(council, case, "evidence", b"\4", DECIDED + timedelta(seconds=1))
    council.urgent(case, DECIDED)
    record_papers(council.db, DECIDED + timedelta(minutes=1))
    assert set(said(council, case).split(",")) == {"01" * 32, "02" * 32}


def test_where_the_family_submitted_nothing_the_ledger_names_none(council: Council):
    case = decided(council)
    council.urgent(case, DECIDED)
    assert said(council, case) == ""
