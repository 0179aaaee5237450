"""Real SMTP servers for the tests: one that behaves as told (aiosmtpd), and one that speaks a script and breaks off."""

import asyncio
import ssl
import subprocess
import warnings
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


@dataclass
class Mailbox:
    """What a server takes and what it refuses. `refuse` maps a recipient, `MAIL` or `DATA` to an answer."""

    refuse: Mapping[str, str] = field(default_factory=dict[str, str])
    letters: list[EmailMessage] = field(default_factory=list[EmailMessage])
    raw: list[bytes] = field(default_factory=list[bytes])
    recipients: list[str] = field(default_factory=list[str])
    peers: set[object] = field(default_factory=set[object])
    users: list[bytes] = field(default_factory=list[bytes])
    encrypted: list[bool] = field(default_factory=list[bool])

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if "MAIL" in self.refuse:
            return self.refuse["MAIL"]
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if "DATA" in self.refuse:
            return self.refuse["DATA"]
        assert isinstance(envelope.content, bytes)
        self.raw.append(envelope.content)
        self.letters.append(message_from_bytes(envelope.content, policy=default))
        self.recipients.extend(envelope.rcpt_tos)
        assert server.transport is not None
        self.encrypted.append(server.transport.get_extra_info("sslcontext") is not None)
        self.peers.add(session.peer)
        return "250 taken"


@asynccontextmanager
async def smtp_server(
    mailbox: Mailbox,
    *,
    tls: ssl.SSLContext | None = None,
    starttls: ssl.SSLContext | None = None,
    password: bytes = b"",
    utf8: bool = False,
) -> AsyncGenerator[int, None]:
    """A server on a free port of this machine; yields the port. `password` makes signing in a must."""

    def authenticate(_: SMTP, __: Session, ___: Envelope, ____: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        mailbox.users.append(data.login)
        right = data.password == password
        return AuthResult(success=right, handled=right)

    def protocol() -> SMTP:
        with warnings.catch_warnings():
            # aiosmtpd warns of passwords without encryption; on this machine we mean it.
            warnings.filterwarnings("ignore", "Requiring AUTH while not requiring TLS")
            return made()

    def made() -> SMTP:
        return SMTP(
            mailbox,
            hostname="mail.test",
            enable_SMTPUTF8=utf8,
            tls_context=starttls,
            require_starttls=starttls is not None,
            authenticator=authenticate if password else None,
            auth_required=bool(password),
            auth_require_tls=False,
            loop=asyncio.get_running_loop(),
        )

    server = await asyncio.get_running_loop().create_server(protocol, "127.0.0.1", 0, ssl=tls)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


HANG, DROP = "hang", "drop"


@dataclass
class Script:
    """A server that answers the n-th thing it is told with the n-th line, and may hang or drop instead.

    The greeting comes first. After a 354 it reads a whole letter before the next answer, or drops in the middle
    of it for `DROP_IN_LETTER`.
    """

    answers: list[str]
    heard: list[bytes] = field(default_factory=list[bytes])
    connections: int = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            for place, answer in enumerate(self.answers):
                if place:
                    await self._listen(reader, after=self.answers[place - 1])
                if answer == DROP:
                    return
                if answer == HANG:
                    await asyncio.sleep(3)
                    return
                writer.write(answer.encode() + b"\r\n")
                await writer.drain()
            await self._listen(reader, after="")
        except (ConnectionError, asyncio.IncompleteReadError):
            return
        finally:
            writer.close()

    async def _listen(self, reader: asyncio.StreamReader, *, after: str) -> None:
        self.heard.append(await reader.readuntil(b"\r\n.\r\n" if after.startswith("354") else b"\r\n"))


@asynccontextmanager
async def scripted(script: Script) -> AsyncGenerator[int, None]:
    """The scripted server on a free port; yields the port."""
    server = await asyncio.start_server(script.serve, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


_OPENSSL = [
    "openssl",
    "req",
    "-x509",
    "-newkey",
    "ec",
    "-pkeyopt",
    "ec_paramgen_curve:prime256v1",
    "-nodes",
    "-days",
    "2",
]


def certificate(folder: Path, name: str) -> tuple[Path, ssl.SSLContext]:
    """A certificate for a host name made now, with openssl: the file to trust, and the server's side of it."""
    key, cert = folder / f"{name}.key", folder / f"{name}.pem"
    subprocess.run(
        [*_OPENSSL, "-keyout", key, "-out", cert, "-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}"],
        check=True,
        capture_output=True,
        timeout=30,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    return cert, context
