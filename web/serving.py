"""Serving the application: one process, any number of requests at once, stopped cleanly."""

import gc
import signal
import socket
from types import FrameType

import uvicorn
from fastapi import FastAPI

from config.log import get_log
from config.settings import Settings
from web.access import AccessLog

log = get_log(__name__)

# What is being sent may be finished; shorter than the patience of whoever sent SIGTERM.
GRACE_SECONDS = 10
# Longer than the usual proxies keep a connection: otherwise they now and then write to one that was just closed.
KEEP_ALIVE_SECONDS = 75


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens there. Raises OSError when the port is taken or the address is not this machine's."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=512)


def serve(app: FastAPI, settings: Settings, at: socket.socket) -> None:
    """Serve on the socket until SIGTERM or SIGINT; what has begun is finished within ten seconds."""
    config = uvicorn.Config(
        AccessLog(app),
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=settings.trusted_proxies != "none",
        forwarded_allow_ips=settings.trusted_proxies,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=GRACE_SECONDS,
        lifespan="off",
    )
    # uvicorn hands the signal on once it has stopped: to nothing, because stopping cleanly is no failure.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _ignored)
    _settle()
    log.info("web_ready", port=at.getsockname()[1])
    uvicorn.Server(config).run(sockets=[at])
    log.info("web_stopped")


def _settle() -> None:
    """Keep what was loaded at the start out of every later look for garbage: else some answers wait 0.2 s."""
    gc.collect()
    gc.freeze()


def _ignored(_number: int, _frame: FrameType | None) -> None:
    """The signal was obeyed already."""
