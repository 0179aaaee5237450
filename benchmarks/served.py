"""The application served as people run it, in a process of its own, and a client that costs next to nothing."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.place import Town

PATIENCE = 60
HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer: its status, head and body, and the seconds until it was there whole."""

    status: int
    head: bytes
    body: bytes
    seconds: float


class Line:
    """One connection that is kept open."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    @classmethod
    async def to(cls, port: int) -> "Line":
        """Connect."""
        return cls(*await asyncio.open_connection(HOST, port, limit=2**20))

    async def ask(self, method: str, path: str, headers: Mapping[str, str], body: bytes = b"") -> Answered:
        """Ask, and read the whole answer."""
        lines = [f"{method} {path} HTTP/1.1", f"host: {HOST}", f"content-length: {len(body)}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        begin = time.perf_counter()
        self._writer.write("\r\n".join([*lines, "", ""]).encode() + body)
        head = await self._reader.readuntil(b"\r\n\r\n")
        answer = await self._body(head.lower())
        return Answered(int(head.split(b" ", 2)[1]), head, answer, time.perf_counter() - begin)

    async def _body(self, head: bytes) -> bytes:
        if b"transfer-encoding: chunked" not in head:
            _, _, rest = head.partition(b"content-length:")
            return await self._reader.readexactly(int(rest.split(b"\r\n", 1)[0] or 0))
        body = b""
        while size := int(await self._reader.readline(), 16):
            body += await self._reader.readexactly(size)
            await self._reader.readline()
        await self._reader.readline()
        return body

    def close(self) -> None:
        """Hang up."""
        self._writer.close()


@contextmanager
def served(place: Town) -> Generator[int]:
    """`ehcp web` on the database of `place`; gives its port."""
    with socket.create_server((HOST, 0)) as free:
        port = int(free.getsockname()[1])
    log = place.folder / "web.log"
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("EHCP_")},
        "EHCP_DATABASE_URL": place.urls.app_url,
        "EHCP_DATA_DIR": str(place.folder),
    }
    with log.open("wb") as out:
        web = subprocess.Popen(
            [Path(sys.executable).with_name("ehcp"), "web", "--port", str(port)],
            stdout=out,
            stderr=out,
            env=environment,
        )
    try:
        _await(web, port, log)
        yield port
    finally:
        web.send_signal(signal.SIGTERM)
        web.wait(timeout=30)


def _await(web: subprocess.Popen[bytes], port: int, log: Path) -> None:
    begin = time.perf_counter()
    while time.perf_counter() - begin < PATIENCE:
        assert web.poll() is None, log.read_text()
        with socket.socket() as line:
            if line.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(log.read_text())
