"""Letters that come back: whoever is next gets them, and six weeks that had begun with one have not begun."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import Session, col, select

from casework.bounces import bounced
from casework.returns import Read
from records.tables import DeliveryAttempt, Digest, Message, SecureLink
from tests.casework.chasing.council import (
    ABOVE,
    MORNING,
    OFFICE,
    OFFICER,
    PAEDS,
    Council,
    at,
    chased,
)
from tests.casework.chasing.test_asking_by_link import DECIDED, asked, decided, request_of
from tests.casework.returns.conftest import Box, LetterTo
from tests.post.returns.mails import dsn

LATER = DECIDED + timedelta(minutes=5)


def good_links(council: Council, address: str) -> set[str]:
    with Session(council.db) as session:
        mine = (SecureLink.recipient == address, col(SecureLink.revoked_at).is_(None))
        return set(session.exec(select(SecureLink.kind).where(*mine)))


def fates(council: Council) -> set[tuple[str, str]]:
    with Session(council.db) as session:
        return {(each.recipient, each.fate) for each in session.exec(select(Digest)) if each.sent_at}


def sent_request(council: Council) -> UUID:
    case = decided(council)
    council.urgent(case, DECIDED)
    return case


def test_a_request_that_came_back_goes_to_the_next_in_line_and_its_six_weeks_begin_with_that(
    council: Council, box: Box, letter_to: LetterTo
):
    case = sent_request(council)
    assert good_links(council, PAEDS) == {"request"}
    box.deliver(dsn(ours=letter_to(PAEDS).message_id))
    assert box.read(LATER) == Read(bounces=1)
    assert (box.left, box.kept()[0].status, box.kept()[0].status_code) == (0, "done", "5.1.1")
    assert request_of(council, case).papers_sent_at is None
    assert good_links(council, PAEDS) == set()
    next_day = at("2026-10-01", "09:00")
    council.wake(case, next_day)
    council.urgent(case, next_day)
    assert letter_to(OFFICE).subject == "Advice wanted by Thursday 12 November 2026: " + letter_to(PAEDS).subject[-8:]
    assert asked(council, case) == [
        ("advice_requested", "2026-09-30", "engine"),
        ("retracted", "2026-09-30", "engine"),
        ("advice_requested", "2026-10-01", "engine"),
    ]
    assert (PAEDS, "bounced") in fates(council)
    assert good_links(council, OFFICE) == {"request"}


def test_the_clock_is_told_at_once_that_something_urgent_waits(council: Council, box: Box, letter_to: LetterTo):
    case = sent_request(council)
    box.deliver(dsn(ours=letter_to(PAEDS).message_id))
    box.read(LATER)
    assert council.wake(case, LATER).urgent
    assert "request health now adviser queued" in council.said(case)


@pytest.mark.parametrize("again", ["the same mail", "another mail of it", "Notify as well"])
def test_a_bounce_that_is_read_twice_does_nothing_more(council: Council, box: Box, letter_to: LetterTo, again: str):
    (case,) = chased(council)
    council.round(MORNING)
    letter = letter_to(PAEDS)
    first = dsn(ours=letter.message_id)
    box.deliver(first)
    box.read(MORNING + timedelta(minutes=5))
    before = council.messages(case)
    if again == "Notify as well":
        with Session(council.db) as session:
            digest = session.exec(select(Digest).where(Digest.message_id_header == letter.message_id)).one()
        bounced(council.db, digest.id, PAEDS, MORNING + timedelta(minutes=9))
    else:
        box.deliver(first if again == "the same mail" else first.replace(b"08:41:00", b"08:59:00"))
        assert box.read(MORNING + timedelta(minutes=10)).unfiled == 0
    assert council.messages(case) == before
    with Session(council.db) as session:
        attempts = session.exec(select(DeliveryAttempt).where(DeliveryAttempt.outcome == "permanent")).all()
    assert [each.detail for each in attempts] == ["came back: 5.1.1"]


def test_where_nobody_is_left_the_officer_is_told(council: Council, box: Box, letter_to: LetterTo):
    (case,) = chased(council)
    now = MORNING
    for address in (PAEDS, OFFICE, ABOVE):
        council.round(now)
        box.deliver(dsn(ours=letter_to(address).message_id, to=address))
        now += timedelta(minutes=10)
        assert box.read(now).bounces == 1
    (failed,) = council.messages(case, "failed")
    assert failed.reason == "came back: 5.1.1"
    council.round(now)
    assert "not delivered" in letter_to(OFFICER).text


def test_a_bounce_after_the_answer_changes_nothing_and_is_kept(council: Council, box: Box, letter_to: LetterTo):
    case = sent_request(council)
    council.say(case, LATER, "advice_received:health=2026-09-30")
    before = [(each.step_key, each.status, each.recipient) for each in council.messages(case)]
    box.deliver(dsn(ours=letter_to(PAEDS).message_id))
    assert box.read(LATER).bounces == 1
    assert [(each.step_key, each.status, each.recipient) for each in council.messages(case)] == before
    assert [kind for kind, _, _ in asked(council, case)] == ["advice_requested"]
    assert box.kept()[0].process_id == case
    assert (PAEDS, "bounced") in fates(council)


def test_a_bounce_of_a_closed_case_writes_to_nobody(council: Council, box: Box, letter_to: LetterTo):
    case = sent_request(council)
    council.say(case, LATER, "died=2026-09-30")
    box.deliver(dsn(ours=letter_to(PAEDS).message_id))
    box.read(LATER)
    assert [each for each in council.messages(case, "queued", "failed") if each.kind == "request"] == []


def test_a_delay_is_noted_and_nothing_is_undone(council: Council, box: Box, letter_to: LetterTo):
    case = sent_request(council)
    box.deliver(dsn(ours=letter_to(PAEDS).message_id, action="delayed", status="4.4.1"))
    assert box.read(LATER) == Read(delayed=1)
    assert fates(council) == {(PAEDS, "delayed")}
    assert len(asked(council, case)) == 1
    box.deliver(dsn(ours=letter_to(PAEDS).message_id))
    box.read(LATER + timedelta(hours=1))
    assert (PAEDS, "bounced") in fates(council)
    box.deliver(dsn(ours=letter_to(PAEDS).message_id, action="delayed", status="4.4.2"))
    box.read(LATER + timedelta(hours=2))
    assert (PAEDS, "bounced") in fates(council)


def test_a_bounce_that_comes_while_the_letter_is_still_being_sent_waits(
    council: Council, box: Box, letter_to: LetterTo
):
    chased(council)
    council.round(MORNING)
    with Session(council.db) as session, session.begin():
        letter = session.exec(select(Digest).where(Digest.message_id_header == letter_to(PAEDS).message_id)).one()
        message = session.exec(select(Message).where(Message.digest_id == letter.id)).one()
        message.status, chase = "sending", message.id
    box.deliver(dsn(ours=letter_to(PAEDS).message_id))
    assert box.read(MORNING) == Read(later=1)
    assert (box.left, box.kept()) == (1, [])
    with Session(council.db) as session, session.begin():
        session.get_one(Message, chase).status = "sent"
    assert box.read(MORNING) == Read(bounces=1)
