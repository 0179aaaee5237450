"""Servers that are away, silent, or break off: what is certain, what may have arrived, and how long it takes."""

import time

import pytest

from post.courier import Outcome
from post.letters import compose
from post.servers import server_from_url
from post.smtp import SmtpCourier
from tests.post.examples import DAY, HOUSE, TO, item
from tests.post.mailserver import DROP, HANG, Mailbox, Script, scripted, smtp_server

LETTER = compose(TO, [item()], HOUSE, "key", DAY)
HELLO = ["220 mail.test", "250 mail.test"]
TO_THE_LETTER = [*HELLO, "250 sender", "250 recipient", "354 go on"]


def courier(port: int) -> SmtpCourier:
    return SmtpCourier(server_from_url(f"smtp://127.0.0.1:{port}"), timeout=0.3, answer_timeout=0.3)


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ([DROP], Outcome.TEMPORARY),
        ([HANG], Outcome.TEMPORARY),
        (["421 too busy"], Outcome.TEMPORARY),
        (["554 go away"], Outcome.TEMPORARY),
        (["what?"], Outcome.TEMPORARY),
        (["220 mail.test", DROP], Outcome.TEMPORARY),
        (["220 mail.test", HANG], Outcome.TEMPORARY),
        ([*HELLO, DROP], Outcome.TEMPORARY),
        ([*HELLO, "421 closing"], Outcome.TEMPORARY),
        ([*HELLO, "250 sender", HANG], Outcome.TEMPORARY),
        ([*HELLO, "250 sender", "250 recipient", DROP], Outcome.TEMPORARY),
        ([*HELLO, "250 sender", "250 recipient", HANG], Outcome.TEMPORARY),
        ([*HELLO, "250 sender", "250 recipient", "250 what?"], Outcome.TEMPORARY),
        ([*HELLO, "250 sender", "250 recipient", "554 no"], Outcome.PERMANENT),
        ([*TO_THE_LETTER, DROP], Outcome.UNKNOWN),
        ([*TO_THE_LETTER, HANG], Outcome.UNKNOWN),
        ([*TO_THE_LETTER, "gibberish"], Outcome.UNKNOWN),
        ([*TO_THE_LETTER, "421 closing"], Outcome.TEMPORARY),
        ([*TO_THE_LETTER, "554 refused"], Outcome.PERMANENT),
        ([*TO_THE_LETTER, "250 taken"], Outcome.ACCEPTED),
    ],
)
async def test_only_a_letter_that_had_left_before_the_line_broke_may_have_arrived(
    answers: list[str], outcome: Outcome
) -> None:
    began = time.monotonic()
    async with scripted(Script(answers)) as port:
        delivery = await courier(port).deliver(LETTER)
    assert delivery.outcome is outcome, delivery
    assert delivery.detail
    assert time.monotonic() - began < 2.5


async def test_a_letter_of_unknown_fate_is_sent_again_under_the_same_message_id() -> None:
    broken, mailbox = Script([*TO_THE_LETTER, DROP]), Mailbox()
    async with scripted(broken) as port:
        first = await courier(port).deliver(LETTER)
    async with smtp_server(mailbox) as port:
        second = await courier(port).deliver(LETTER)
    assert (first.outcome, second.outcome) == (Outcome.UNKNOWN, Outcome.ACCEPTED)
    [message_id] = [line for line in broken.heard[-1].split(b"\r\n") if line.startswith(b"Message-ID:")]
    assert mailbox.letters[0]["Message-ID"].encode() in message_id


async def test_nobody_at_the_door_is_temporary() -> None:
    async with scripted(Script([DROP])) as port:
        pass
    delivery = await courier(port).deliver(LETTER)
    assert delivery.outcome is Outcome.TEMPORARY
    assert delivery.detail == "the mail server could not be reached, or closed the connection"


async def test_a_connection_closed_between_two_letters_is_opened_again() -> None:
    script = Script([*TO_THE_LETTER, "250 taken", DROP])
    async with scripted(script) as port, courier(port).session() as session:
        outcomes = [(await session.deliver(LETTER)).outcome for _ in range(2)]
    assert outcomes == [Outcome.ACCEPTED, Outcome.ACCEPTED]
    assert script.connections == 2


async def test_a_batch_does_not_wait_for_a_dead_server_once_for_every_letter() -> None:
    script = Script([HANG])
    began = time.monotonic()
    async with scripted(script) as port, courier(port).session() as session:
        deliveries = [await session.deliver(LETTER) for _ in range(50)]
    assert {delivery.outcome for delivery in deliveries} == {Outcome.TEMPORARY}
    assert deliveries[-1].detail.startswith("not tried")
    assert script.connections == 3
    assert time.monotonic() - began < 3


async def test_no_detail_tells_what_is_in_a_letter() -> None:
    for answers in (
        [*TO_THE_LETTER, "554 rejected: Please send us health advice for K7F-3QX9"],
        [*TO_THE_LETTER, DROP],
    ):
        async with scripted(Script(answers)) as port:
            delivery = await courier(port).deliver(LETTER)
        assert "health" not in delivery.detail
        assert "K7F" not in delivery.detail
