"""A mail server that delivers nothing: every mail becomes a private file, to be read on a page of this machine.

Run as `python -m local.catcher --folder DATA/mail --smtp-port 1025 --page-port 8025`.
"""

import argparse
import asyncio
import signal
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from aiosmtpd.smtp import SMTP, Envelope, Session

from config.files import private_dir, write_private
from local.mailpage import serve_pages
from local.ports import LOOPBACK

LARGEST_MAIL_BYTES = 10_000_000


@dataclass(frozen=True, slots=True)
class Keeper:
    """What aiosmtpd calls for each mail."""

    folder: Path

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Keep the mail; only when it is on the disk is it accepted."""
        content = envelope.original_content or b""
        # As a real server would: the file says for whom the mail was, whatever its headers say.
        head = "".join(f"X-Envelope-To: {address}\r\n" for address in envelope.rcpt_tos)
        write_private(self.folder / new_name(datetime.now(UTC)), head.encode() + content)
        return "250 Kept, and delivered to nobody"


def new_name(now: datetime) -> str:
    """A file name that sorts by the time the mail came in."""
    return f"{now:%Y%m%dT%H%M%S%f}-{uuid4().hex[:8]}.eml"


async def catch(folder: Path, smtp_port: int, stopping: asyncio.Event) -> None:
    """Take mail on `smtp_port` of this machine until `stopping` is set."""
    keeper = Keeper(private_dir(folder))

    def session() -> SMTP:
        return SMTP(keeper, enable_SMTPUTF8=True, data_size_limit=LARGEST_MAIL_BYTES, ident="EHCP Clock catcher")

    server = await asyncio.get_running_loop().create_server(session, LOOPBACK, smtp_port)
    async with server:
        await stopping.wait()


async def _run(folder: Path, smtp_port: int, page_port: int) -> None:
    stopping = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    pages = serve_pages(private_dir(folder), page_port)
    threading.Thread(target=pages.serve_forever, daemon=True).start()
    try:
        await catch(folder, smtp_port, stopping)
    finally:
        pages.shutdown()
        pages.server_close()


def main(arguments: Sequence[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m local.catcher", description=__doc__)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--smtp-port", type=int, required=True)
    parser.add_argument("--page-port", type=int, required=True)
    chosen = parser.parse_args(arguments)
    asyncio.run(_run(chosen.folder, chosen.smtp_port, chosen.page_port))


if __name__ == "__main__":
    main()
