"""A real mail server (aiosmtpd) that treats each recipient as it was told to, today."""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.post.mailserver import Mailbox

HANG = "hang"
DROP_IN_LETTER = "drop in the middle of the letter"
DROP_AFTER_LETTER = "drop after the letter and before the answer"
LONGER_THAN_ANYBODY_WAITS = 5.0


@dataclass
class MoodyPost(Mailbox):
    """`moods` says how a recipient is treated: HANG, one of the two DROPs, or an SMTP answer to RCPT."""

    moods: dict[str, str] = field(default_factory=dict[str, str])
    swallowed: list[str] = field(default_factory=list[str])

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        mood = self.moods.get(address, "")
        if mood == HANG:
            await asyncio.sleep(LONGER_THAN_ANYBODY_WAITS)
        if mood[:1].isdigit():
            return mood
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        answer = await super().handle_DATA(server, session, envelope)
        if self.moods.get(envelope.rcpt_tos[0]) == DROP_AFTER_LETTER:
            _break_off(server)
        return answer

    def to(self, address: str) -> list[str]:
        """The Message-ID of every letter that the server took for an address."""
        return [str(letter["Message-ID"]) for letter in self.letters if letter["To"] == address]

    def copies(self) -> Counter[str]:
        """How often each letter was taken, by its Message-ID."""
        return Counter(str(letter["Message-ID"]) for letter in self.letters)


class _Moody(SMTP):
    """Breaks off while it is being told a letter, if that is the recipient's mood."""

    async def smtp_DATA(self, arg: str | None) -> None:
        post = self.event_handler
        assert self.envelope is not None
        if post.moods.get(self.envelope.rcpt_tos[0]) != DROP_IN_LETTER:
            return await super().smtp_DATA(arg)  # type: ignore[arg-type]
        await self.push("354 go on")
        assert self._reader is not None
        post.swallowed.append((await self._reader.readline()).decode())
        _break_off(self)
        return None


def _break_off(server: SMTP) -> None:
    """Reset the connection, as a machine that falls over does."""
    if isinstance(server.transport, asyncio.Transport):
        server.transport.abort()


@asynccontextmanager
async def open_post(post: MoodyPost, port: int = 0) -> AsyncGenerator[int]:
    """The server on a port (0: any that is free); yields it. Closing lets go of whoever is still connected."""
    loop = asyncio.get_running_loop()
    served: list[SMTP] = []

    def protocol() -> SMTP:
        served.append(_Moody(post, hostname="mail.test", loop=loop))
        return served[-1]

    server = await loop.create_server(protocol, "127.0.0.1", port, reuse_address=True)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for each in served:
            _break_off(each)
