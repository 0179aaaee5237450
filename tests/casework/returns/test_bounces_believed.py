"""Which reports are believed: about a letter of ours, and the address to which it went."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from casework.returns import Read
from records.tables import LinkVisit, SecureLink
from tests.casework.chasing.council import OFFICE, PAEDS, Council
from tests.casework.chasing.test_asking_by_link import asked
from tests.casework.returns.conftest import Box, LetterTo
from tests.casework.returns.test_bounces import LATER, good_links, sent_request
from tests.post.returns.mails import dsn


@pytest.mark.parametrize(("of", "to"), [
    ("<" + "0123456789" * 4 + "@council.example>", PAEDS),  # guessed
    ("", OFFICE),                                           # another address than the one that was written to
    ("", "dco@nhs.example"),
])  # fmt: skip
def test_a_forged_bounce_undoes_nothing_and_is_looked_at_by_a_person(
    council: Council, box: Box, letter_to: LetterTo, of: str, to: str
):
    case = sent_request(council)
    box.deliver(dsn(ours=of or letter_to(PAEDS).message_id, to=to))
    assert box.read(LATER) == Read(bounces=1, unfiled=1)
    assert asked(council, case) == [("advice_requested", "2026-09-30", "engine")]
    assert good_links(council, PAEDS) == {"request"}


def test_whoever_has_his_mail_sent_on_is_known_by_the_address_that_was_written_to(
    council: Council, box: Box, letter_to: LetterTo
):
    sent_request(council)
    box.deliver(dsn(ours=letter_to(PAEDS).message_id, to="home@mail.example", original=PAEDS.upper()))
    assert box.read(LATER) == Read(bounces=1)


def test_whoever_has_opened_the_letter_since_by_a_code_has_got_it(council: Council, box: Box, letter_to: LetterTo):
    case = sent_request(council)
    with Session(council.db) as session, session.begin():
        link = session.exec(select(SecureLink).where(SecureLink.recipient == PAEDS)).one()
        session.add(
            LinkVisit(
                authority=link.authority,
                token_hash=b"visit",
                recipient=PAEDS,
                links=[link.id],
                created_at=LATER,
                seen_at=LATER,
                ends_at=LATER + timedelta(hours=1),
            )
        )
    box.deliver(dsn(ours=letter_to(PAEDS).message_id))
    assert box.read(LATER) == Read(bounces=1)
    assert asked(council, case) == [("advice_requested", "2026-09-30", "engine")]
    assert good_links(council, PAEDS) == {"request"}
