"""A mail server that keeps nothing, in a process of its own: prints its port, and at its end how many letters came."""

import asyncio
import signal

from aiosmtpd.smtp import SMTP, Envelope, Session


class Sink:
    """Counts letters and different recipients."""

    def __init__(self) -> None:
        self.letters = 0
        self.recipients: set[str] = set()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Take it and forget it."""
        self.letters += 1
        self.recipients.update(envelope.rcpt_tos)
        return "250 taken"


async def serve() -> None:
    """Until told to stop."""
    sink, stopping, loop = Sink(), asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopping.set)
    server = await loop.create_server(lambda: SMTP(sink, hostname="sink.test"), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await stopping.wait()
    print(sink.letters, len(sink.recipients), flush=True)


if __name__ == "__main__":
    asyncio.run(serve())
