"""A real IMAP server (pymap) with one empty mailbox, in a thread of its own."""

import asyncio
import ssl
import threading
from argparse import Namespace
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import quote

from imap_tools import BaseMailBox, MailBox, MailBoxUnencrypted
from proxyprotocol.reader import ProxyProtocolReader
from pymap.backend.dict import DictBackend
from pymap.imap import IMAPServer

USER, PASSWORD = "returns@council.example", "s%cr/t"


@dataclass(frozen=True)
class Imap:
    """The server as a test uses it."""

    port: int
    tls: ssl.SSLContext | None = None

    def url(self, folder: str = "INBOX", password: str = PASSWORD, query: str = "") -> str:
        """Its address as the setting has it."""
        scheme, host = ("imaps", "localhost") if self.tls else ("imap", "127.0.0.1")
        return f"{scheme}://{quote(USER)}:{quote(password, safe='')}@{host}:{self.port}/{quote(folder)}{query}"

    def box(self) -> BaseMailBox:
        """Signed in, beside whoever is being tested."""
        box = (
            MailBox("localhost", self.port, timeout=10, ssl_context=self.tls)
            if self.tls
            else MailBoxUnencrypted("127.0.0.1", self.port, timeout=10)
        )
        return box.login(USER, PASSWORD)

    def deliver(self, *mails: bytes) -> None:
        """New mail."""
        with self.box() as box:
            for mail in mails:
                box.append(mail, "INBOX")

    def holds(self) -> dict[str, int]:
        """How many mails lie in each folder."""
        with self.box() as box:
            return {each.name: box.folder.status(each.name)["MESSAGES"] for each in box.folder.list()}


@contextmanager
def imap_server(*, serve: ssl.SSLContext | None = None, trust: ssl.SSLContext | None = None) -> Generator[Imap]:
    """A server on a free port of this machine; with `serve` it speaks TLS from the first byte."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="pymap", daemon=True)
    thread.start()
    server = asyncio.run_coroutine_threadsafe(_listening(serve), loop).result(10)
    try:
        yield Imap(server.sockets[0].getsockname()[1], trust)
    finally:
        asyncio.run_coroutine_threadsafe(_gone(server), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


async def _gone(server: asyncio.Server) -> None:
    """Every connection is closed, also those that are just being closed."""
    server.close()
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    await asyncio.sleep(0.05)


async def _listening(serve: ssl.SSLContext | None) -> asyncio.Server:
    asked = {"demo_user": USER, "demo_password": PASSWORD, "demo_data": False, "host": None, "port": 0, "debug": False}
    more = dict.fromkeys(("cert", "key", "passlib_cfg", "proxy_protocol"))
    backend, config = await DictBackend.init(
        Namespace(**asked, **more, tls=False), invalid_user_sleep=0.0, secure_auth=False
    )
    reader = ProxyProtocolReader(config.proxy_protocol)
    return await asyncio.start_server(reader.get_callback(IMAPServer(backend.login, config)), "127.0.0.1", 0, ssl=serve)
