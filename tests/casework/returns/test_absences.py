"""Automatic answers: who is asked or told while somebody is away until after the day on which they are due."""

from datetime import timedelta
from uuid import UUID

import pytest

from casework.returns import Read
from records.tables import Body
from tests.casework.chasing.council import OFFICE, OFFICER, PAEDS, Council, at
from tests.casework.chasing.test_asking_by_link import DECIDED, decided, request_of
from tests.casework.returns.conftest import Box, LetterTo
from tests.documents.samples import docx
from tests.post.returns.mails import note

LATER = DECIDED + timedelta(minutes=5)


@pytest.fixture
def case(council: Council) -> UUID:
    """A case whose health advice was asked for by link, due on 11 November."""
    case = decided(council)
    council.urgent(case, DECIDED)
    return case


AWAY = {"Auto-Submitted": "auto-replied", "Subject": "Automatic reply"}


def out_of_office(letter_to: LetterTo, to: str = PAEDS, until: str = "4 December 2026") -> bytes:
    headers = {**AWAY, "From": to, "In-Reply-To": letter_to(to).message_id}
    return note(f"I am away until {until}. My back hurts.", headers=headers)


def test_while_somebody_is_away_until_after_the_day_the_next_in_line_is_asked_as_well(
    council: Council, box: Box, letter_to: LetterTo, case: UUID
):
    box.deliver(out_of_office(letter_to))
    assert box.read(LATER) == Read(automatic=1)
    (mail,) = box.kept()
    assert (mail.status, mail.text, mail.outcome) == ("done", "", "away until 2026-12-04")
    council.round(at("2026-10-01", "08:30"))
    letter = letter_to(OFFICE)
    assert letter.subject.startswith("Advice due while a colleague is away: ")
    assert "Wednesday 11 November 2026" in letter.text
    assert "https://ehcp.council.example/advice/link/" in letter.text
    assert "back hurts" not in letter.text
    assert request_of(council, case).papers_sent_at == DECIDED, "the letter arrived, so the six weeks run on"


def test_where_nobody_else_can_be_asked_the_officer_is_told_once(
    council: Council, box: Box, letter_to: LetterTo, case: UUID
):
    council.change(Body, "paeds", fallback_email=None, manager_email=None)
    box.deliver(out_of_office(letter_to), out_of_office(letter_to, until="Friday 4 December 2026"))
    assert box.read(LATER) == Read(automatic=2)
    council.round(at("2026-10-01", "08:30"))
    assert len([each for each in council.messages(case) if each.kind == "away"]) == 1
    letter = letter_to(OFFICER)
    assert "Ring the service and ask who stands in" in letter.text
    assert "/advice/link/" not in letter.text


def test_when_the_next_in_line_is_away_too_the_officer_is_told(
    council: Council, box: Box, letter_to: LetterTo, case: UUID
):
    box.deliver(out_of_office(letter_to))
    box.read(LATER)
    council.round(at("2026-10-01", "08:30"))
    box.deliver(out_of_office(letter_to, OFFICE))
    box.read(at("2026-10-01", "09:00"))
    assert sorted(each.role for each in council.messages(case) if each.kind == "away") == ["adviser", "caseworker"]


@pytest.mark.parametrize("until", ["Friday", "10 November 2026"])
def test_whoever_is_back_in_time_or_says_no_day_changes_nothing(
    council: Council, box: Box, letter_to: LetterTo, case: UUID, until: str
):
    box.deliver(out_of_office(letter_to, until=until))
    assert box.read(LATER) == Read(automatic=1)
    assert "away" not in {each.kind for each in council.messages(case)}


def test_what_was_answered_meanwhile_is_not_asked_of_anybody_else(
    council: Council, box: Box, letter_to: LetterTo, case: UUID
):
    box.deliver(out_of_office(letter_to))
    box.read(LATER)
    council.say(case, LATER, "advice_received:health=2026-09-30")
    council.round(at("2026-10-01", "08:30"))
    assert council.box.of(OFFICE) == []


def test_a_machine_that_brings_papers_is_looked_at_by_a_person(
    council: Council, box: Box, letter_to: LetterTo, case: UUID
):
    box.deliver(note("From our system.", headers={**AWAY, "References": letter_to(PAEDS).message_id}, a=docx()))
    assert box.read(LATER) == Read(automatic=1, unfiled=1)
    assert len(box.documents()) == 1
