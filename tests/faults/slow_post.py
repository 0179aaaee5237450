"""A mail server that takes its time, so that there is a middle of a post round to be killed in."""

import asyncio
import socket
import time
from collections import Counter
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from threading import Lock

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


def free_port() -> int:
    """A port of this machine that nobody listens on; the controller cannot be told to choose."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class SlowPost:
    """Runs in a thread of its own and keeps what it accepted; `pause` is in seconds a letter."""

    def __init__(self, pause: float) -> None:
        self.pause = pause
        self.letters: list[EmailMessage] = []
        self._lock = Lock()
        self.port = free_port()
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)

    def start(self) -> None:
        self._controller.start()

    def stop(self) -> None:
        self._controller.stop()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        with self._lock:
            self.letters.append(message_from_bytes(envelope.content, policy=default))
        await asyncio.sleep(self.pause)
        return "250 taken"

    def copies(self) -> Counter[str]:
        """How often each letter came, by its Message-ID."""
        with self._lock:
            return Counter(str(letter["Message-ID"]) for letter in self.letters)

    def wait_for(self, number: int, seconds: float = 60) -> None:
        """Wait until so many letters came since the start."""
        until = time.monotonic() + seconds
        while len(self.letters) < number:
            assert time.monotonic() < until, f"{len(self.letters)} letters instead of {number} in {seconds} s"
            time.sleep(0.02)
