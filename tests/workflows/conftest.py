"""Temporal for the workflows' tests."""

from collections.abc import AsyncIterator

import pytest
from temporalio.testing import WorkflowEnvironment

from tests.support.temporal import skipping_server


@pytest.fixture
async def env() -> AsyncIterator[WorkflowEnvironment]:
    async with skipping_server() as env:
        yield env
