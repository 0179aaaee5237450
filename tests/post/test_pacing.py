"""Letters follow each other as fast as the setting says and no faster; nobody who hurries waits behind a round."""

import asyncio
from dataclasses import replace

from post.letters import compose
from post.pacing import Pace
from post.servers import server_from_url
from post.smtp import SmtpCourier
from tests.post.examples import DAY, HOUSE, TO, item
from tests.post.mailserver import Mailbox, smtp_server

LETTER = compose(TO, [item()], HOUSE, "key", DAY)


class Clock:
    """A clock that only waiting moves."""

    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 6))
        self.now += seconds


def pace(clock: Clock, per_second: float = 4) -> Pace:
    return Pace(per_second, clock=clock, sleep=clock.sleep)


def courier(port: int, held: Pace) -> SmtpCourier:
    return replace(SmtpCourier(server_from_url(f"smtp://127.0.0.1:{port}"), timeout=2), pace=held)


async def test_forty_letters_at_four_a_second_take_as_many_seconds_as_they_should() -> None:
    clock = Clock()
    async with smtp_server(Mailbox()) as port, courier(port, pace(clock)).session() as session:
        for _ in range(41):
            assert (await session.deliver(LETTER)).accepted
    assert clock.now == 110.0


async def test_time_that_the_server_took_itself_is_not_waited_for_again() -> None:
    clock = Clock()
    held = pace(clock)
    await held.turn()
    clock.now += 0.2
    await held.turn()
    clock.now += 60
    await held.turn()
    await held.turn()
    assert clock.slept == [0.05, 0.25], "and a pause saves up no hurry"


async def test_the_first_letter_of_a_session_does_not_wait_behind_a_round() -> None:
    clock = Clock()
    held = pace(clock, per_second=0.1)
    async with smtp_server(Mailbox()) as port:
        for _ in range(3):
            assert (await courier(port, held).deliver(LETTER)).accepted
    assert clock.slept == []


async def test_whoever_hurries_makes_the_round_wait_instead() -> None:
    clock = Clock()
    held = pace(clock)
    await held.turn()
    held.take()
    await held.turn()
    assert clock.slept == [0.5]


async def test_two_sessions_of_one_worker_share_its_turns() -> None:
    clock = Clock()
    held = pace(clock)
    await asyncio.gather(*(held.turn() for _ in range(5)))
    assert sum(clock.slept) >= 1.0
