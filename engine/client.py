"""Reaching Temporal."""

import asyncio
import atexit
import time
from functools import cache

from temporalio.client import Client
from temporalio.converter import PayloadCodec
from temporalio.runtime import Runtime
from temporalio.service import RPCError

from config.settings import Settings
from engine.errors import TemporalAway
from engine.plugin import ehcp_plugin

# Faces wait this long (seconds) for Temporal and no longer: recording works while it is away.
PATIENCE = 1.0

# Seconds that a program leaves to Temporal's own threads before it ends. One of them may still be handing over the
# last answer; if Python is taken down under it the whole program aborts (seen in one of 25 short commands).
LAST_WORDS = 0.05


async def connect(
    settings: Settings,
    *,
    patience: float = PATIENCE,
    runtime: Runtime | None = None,
    codec: PayloadCodec | None = None,
) -> Client:
    """Connect to the Temporal of the settings, waiting at most `patience` seconds.

    The client belongs to the running event loop. Raises TemporalAway when Temporal does not answer.
    """
    address = settings.temporal_address
    _leave_last_words()
    try:
        async with asyncio.timeout(patience):
            return await Client.connect(
                address,
                namespace=settings.temporal_namespace,
                tls=settings.temporal_tls,
                api_key=settings.temporal_api_key.get_secret_value() or None,
                plugins=[ehcp_plugin(codec)],
                runtime=runtime,
            )
    except TimeoutError as away:
        raise TemporalAway(address, f"no answer within {patience:g} s") from away
    except (RPCError, RuntimeError, OSError) as away:
        raise TemporalAway(address, "connection refused or broken") from away


@cache
def _leave_last_words() -> None:
    # At exit, once: before Python takes itself down, and without its lock, so that the other thread can finish.
    atexit.register(time.sleep, LAST_WORDS)
