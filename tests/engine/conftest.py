"""One development server for the tests of this folder; each uses process ids of its own."""

from collections.abc import AsyncIterator

import pytest
from temporalio.client import Client

from tests.support.temporal import real_server


@pytest.fixture(scope="session")
async def temporal() -> AsyncIterator[Client]:
    async with real_server() as env:
        yield env.client
