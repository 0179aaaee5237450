"""A service of Notify's on this machine, and couriers to it that do not wait long."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from post.notify import NotifyCourier
from tests.support.notify_server import KEY, MAIL_TEMPLATE, PAPER_TEMPLATE, Notify, notify_server

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture
def notify() -> Iterator[Notify]:
    with notify_server() as served:
        yield served


@pytest.fixture
def rests() -> list[float]:
    """How long a courier was told to rest, each time."""
    return []


@pytest.fixture
def courier(notify: Notify, rests: list[float]) -> NotifyCourier:
    async def rest(seconds: float) -> None:
        rests.append(seconds)

    return NotifyCourier(
        notify.url, KEY, MAIL_TEMPLATE, PAPER_TEMPLATE, connect=0.5, answer=0.5, now=lambda: NOON, sleep=rest
    )
