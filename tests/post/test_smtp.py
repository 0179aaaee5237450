"""Letters handed to a real SMTP server and read as they arrived."""

from dataclasses import replace

import pytest

from post.courier import Outcome
from post.errors import ServerAway
from post.letters import compose
from post.servers import server_from_url
from post.smtp import SmtpCourier
from tests.post.examples import DAY, HOUSE, TO, item
from tests.post.mailserver import Mailbox, smtp_server

LETTER = compose(TO, [item()], HOUSE, "key", DAY)


def courier(port: int, user: str = "") -> SmtpCourier:
    return SmtpCourier(server_from_url(f"smtp://{user}127.0.0.1:{port}"), timeout=2, answer_timeout=2)


async def test_a_letter_arrives_with_both_parts_and_one_recipient() -> None:
    mailbox = Mailbox()
    async with smtp_server(mailbox) as port:
        delivery = await courier(port).deliver(LETTER)
    assert (delivery.outcome, delivery.code) == (Outcome.ACCEPTED, 250)
    [arrived] = mailbox.letters
    assert mailbox.recipients == [TO]
    assert arrived["Message-ID"] == LETTER.message_id
    assert arrived["Bcc"] is arrived["Cc"] is None
    parts = [part.get_content().replace("\r\n", "\n") for part in arrived.iter_parts()]
    assert parts == [LETTER.text, LETTER.html]


async def test_a_line_that_is_a_single_dot_does_not_end_the_letter() -> None:
    mailbox = Mailbox()
    dotted = replace(LETTER, text="one\n.\n..two\n.three\n")
    async with smtp_server(mailbox) as port:
        assert (await courier(port).deliver(dotted)).accepted
    plain = next(iter(mailbox.letters[0].iter_parts()))
    assert plain.get_content().replace("\r\n", "\n") == dotted.text


async def test_a_batch_travels_over_one_connection_whatever_happens_to_one_of_its_letters() -> None:
    mailbox = Mailbox({"gone@nhs.example": "550 5.1.1 no such user"})
    letters = [replace(LETTER, to=to) for to in ("a@nhs.example", "gone@nhs.example", "b@nhs.example")]
    async with smtp_server(mailbox) as port, courier(port).session() as session:
        outcomes = [(await session.deliver(letter)).outcome for letter in letters]
    assert outcomes == [Outcome.ACCEPTED, Outcome.PERMANENT, Outcome.ACCEPTED]
    assert mailbox.recipients == ["a@nhs.example", "b@nhs.example"]
    assert len(mailbox.peers) == 1


@pytest.mark.parametrize(
    ("step", "answer", "outcome", "said"),
    [
        (TO, "550 5.1.1 no such user", Outcome.PERMANENT, "the address was refused: 550 5.1.1 no such user"),
        (TO, "552 5.2.2 mailbox full", Outcome.PERMANENT, "the address was refused: 552 5.2.2 mailbox full"),
        (TO, "451 4.7.1 greylisted", Outcome.TEMPORARY, "not taken for now: 451 4.7.1 greylisted"),
        (TO, "530 sign in first", Outcome.TEMPORARY, "not taken for now: 530"),
        ("MAIL", "550 not your domain", Outcome.TEMPORARY, "check EHCP_MAIL_FROM: 550 not your domain"),
        ("DATA", "554 looks like spam: K7F-3QX9", Outcome.PERMANENT, "the letter was refused (554)"),
        ("DATA", "452 disk full", Outcome.TEMPORARY, "the letter was not taken for now (452)"),
    ],
)
async def test_a_refusal_is_for_good_only_when_it_is_about_the_address_or_the_letter(
    step: str, answer: str, outcome: Outcome, said: str
) -> None:
    async with smtp_server(Mailbox({step: answer})) as port:
        delivery = await courier(port).deliver(LETTER)
    assert delivery.outcome is outcome
    assert delivery.code == int(answer[:3])
    assert said in delivery.detail
    assert "K7F" not in delivery.detail


async def test_the_user_and_password_of_the_url_sign_in() -> None:
    mailbox = Mailbox()
    async with smtp_server(mailbox, password=b"s3cret/@:") as port:
        assert (await courier(port, "clock:s3cret%2F%40%3A@").deliver(LETTER)).accepted
    assert mailbox.users == [b"clock"]


async def test_a_refused_sign_in_is_temporary_and_shows_neither_user_nor_password() -> None:
    async with smtp_server(Mailbox(), password=b"right") as port:
        delivery = await courier(port, "clockuser:wrongword@").deliver(LETTER)
    assert (delivery.outcome, delivery.code) == (Outcome.TEMPORARY, 535)
    assert "refused our sign-in; check user and password in EHCP_SMTP_URL" in delivery.detail
    assert "clockuser" not in delivery.detail
    assert "wrongword" not in delivery.detail


async def test_an_internationalised_address_travels_only_over_a_server_that_can_carry_it() -> None:
    letter = replace(LETTER, to="ŵyn@cyngor.example")
    able, unable = Mailbox(), Mailbox()
    async with smtp_server(able, utf8=True) as port:
        assert (await courier(port).deliver(letter)).accepted
    assert able.recipients == ["ŵyn@cyngor.example"]
    async with smtp_server(unable) as port:
        refused = await courier(port).deliver(letter)
    assert refused.outcome is Outcome.PERMANENT
    assert refused.detail == "the mail server cannot carry an address beyond plain ASCII"
    assert unable.letters == []


@pytest.mark.parametrize("field", ["to", "sender", "subject"])
async def test_a_letter_with_a_line_break_in_an_address_or_header_never_leaves(field: str) -> None:
    mailbox = Mailbox()
    forged = replace(LETTER, **{field: "a@b.example\r\nBcc: thief@b.example"})
    async with smtp_server(mailbox) as port:
        assert (await courier(port).deliver(forged)).outcome is Outcome.PERMANENT
    assert mailbox.raw == []


async def test_greeting_the_server_says_whether_letters_could_go_and_sends_none() -> None:
    mailbox = Mailbox()
    async with smtp_server(mailbox, password=b"right") as port:
        assert await courier(port, "u:right@").greet() == "the mail server at 127.0.0.1 answers"
        with pytest.raises(ServerAway, match="refused our sign-in"):
            await courier(port, "u:wrong@").greet()
    with pytest.raises(ServerAway, match="could not be reached"):
        await courier(port).greet()
    assert mailbox.raw == []
