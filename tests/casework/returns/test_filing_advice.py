"""Advice that came by mail and is filed: looked at as far as a mail can be, and what was sent back is dealt with."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import Session

from casework.actor import Actor
from casework.answering.kinds import Answer as Kind
from casework.errors import NeedsConfirmation
from casework.filed_checks import Filing, not_looked_at
from casework.unfiled_filing import file_answer
from records.ledger import facts_of
from records.tables import Answer
from tests.casework.answering.giving import answered
from tests.casework.chasing.council import PAEDS, Council
from tests.casework.chasing.test_asking_by_link import DECIDED, decided
from tests.casework.returns.conftest import Box, LetterTo
from tests.documents.samples import pdf
from tests.post.returns.mails import note

LATER = DECIDED + timedelta(minutes=5)
BUCKLEY = Actor("s.buckley", "cli")


@pytest.fixture
def case(council: Council) -> UUID:
    """A case whose health advice was asked for by link."""
    case = decided(council)
    council.urgent(case, DECIDED)
    return case


@pytest.fixture
def mail(box: Box, letter_to: LetterTo, case: UUID) -> UUID:
    """A reply with a report."""
    box.deliver(note("Here.", headers={"In-Reply-To": letter_to(PAEDS).message_id}, report=pdf("needs")))
    box.read(LATER)
    (row,) = box.kept()
    return row.id


def filed(council: Council, mail: UUID, report: date | None = None, *, confirm: bool = False) -> str:
    filing = Filing(Kind.RECEIVED, "health", LATER.date(), report)
    return file_answer(council.db, mail, filing, BUCKLEY, LATER, manages=True, confirm=confirm)


def test_what_was_sent_back_is_dealt_with_by_advice_that_is_filed(council: Council, case: UUID, mail: UUID):
    some: dict[str, Any] = {
        "form": {"report_date": "2026-09-20", "sections": ["C"]},
        "said": {"needs": "Tires quickly."},
    }
    back = answered(council, case, LATER, Kind.RECEIVED, **some)
    filed(council, mail)
    with Session(council.db) as session:
        sent_back = session.get_one(Answer, back)
    assert (sent_back.faults, sent_back.settled_at, sent_back.settled_by) == (
        ["no_outcomes", "no_provision"],
        LATER,
        "s.buckley",
    )


def test_a_report_older_than_the_policy_allows_is_filed_only_when_somebody_says_so(
    council: Council, case: UUID, mail: UUID
):
    old = LATER.date() - timedelta(days=366)
    with pytest.raises(NeedsConfirmation, match="older than the 365 days"):
        filed(council, mail, old)
    with Session(council.db) as session:
        assert "advice_received" not in [fact.kind for fact in facts_of(session, case)]
    filed(council, mail, old, confirm=True)
    with Session(council.db) as session:
        assert "advice_received" in [fact.kind for fact in facts_of(session, case)]


def test_a_report_of_the_oldest_day_allowed_is_filed_without_a_question(council: Council, mail: UUID):
    filed(council, mail, LATER.date() - timedelta(days=365))


def test_whoever_files_advice_is_told_what_nothing_has_looked_at():
    dated = Filing(Kind.RECEIVED, "health", LATER.date(), LATER.date())
    assert [len(not_looked_at(each)) for each in (dated, Filing(Kind.RECEIVED, "health", LATER.date()))] == [2, 3]
    assert not_looked_at(Filing(Kind.NIL, "health", LATER.date())) == ()
