"""Automatic answers: who is asked or told while somebody is away until after the day on which they are due."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from casework.actor import Actor
from casework.case_mail import mail_about
from casework.returns import Read
from casework.unfiled import mail_of
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


def out_of_office(
    letter_to: LetterTo, to: str = PAEDS, until: str = "4 December 2026", sender: str = "", **papers: bytes
) -> bytes:
    headers = {**AWAY, "From": sender or to, "In-Reply-To": letter_to(to).message_id}
    return note(f"I am away until {until}. My back hurts.", headers=headers, **papers)


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


def test_a_colleague_of_the_same_body_may_say_that_the_address_is_not_read(
    council: Council, box: Box, letter_to: LetterTo, case: UUID
):
    box.deliver(out_of_office(letter_to, sender="Dr.Paed@NHS.example"))
    assert box.read(LATER) == Read(automatic=1)
    assert "away" in {each.kind for each in council.messages(case)}


@pytest.mark.parametrize("sender", ["anybody@elsewhere.example", "paeds@nhs.example.evil.example", "no address"])
def test_whoever_is_somebody_else_says_of_nobody_that_they_are_away(
    council: Council, box: Box, letter_to: LetterTo, case: UUID, sender: str
):
    box.deliver(out_of_office(letter_to, sender=sender))
    assert box.read(LATER) == Read(automatic=1, unfiled=1)
    assert "away" not in {each.kind for each in council.messages(case)}
    (mail,) = box.kept()
    assert (mail.process_id, mail.outcome.split("\n")[1][:25]) == (case, "That somebody is away: it")
    read = mail_of(council.db, mail.id, Actor("m.east", "web"), manages=True)
    assert (read.away_until, len(read.outcome)) == (date(2026, 12, 4), 1)


def test_two_at_a_domain_of_many_bodies_are_not_one(council: Council, box: Box, letter_to: LetterTo):
    council.change(Body, "paeds", email="paeds@nhs.net")
    case = decided(council)
    council.urgent(case, DECIDED)
    box.deliver(out_of_office(letter_to, "paeds@nhs.net", sender="somebody.else@nhs.net"))
    assert box.read(LATER).unfiled == 1
    box.deliver(out_of_office(letter_to, "paeds@nhs.net", until="Friday 4 December 2026"))
    assert box.read(LATER).unfiled == 0


def test_what_was_not_taken_of_an_automatic_answer_is_kept_beside_until_when_somebody_is_away(
    council: Council, box: Box, letter_to: LetterTo, case: UUID
):
    box.deliver(out_of_office(letter_to, report=b"MZ a program"))
    box.read(LATER)
    (mail,) = box.kept()
    away, refused = mail.outcome.split("\n")
    assert (away, refused.startswith("report.pdf ")) == ("away until 2026-12-04", True)
    (came,) = mail_about(council.db, case)
    assert came.away_until == date(2026, 12, 4)
