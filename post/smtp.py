"""Letters over SMTP, with aiosmtplib.

A crash between the server's answer and our writing it down means that the letter is sent again with the same
Message-ID: SMTP has no better answer, and that is the one documented case of a duplicate.
"""

import re
import socket
import ssl
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from email.errors import MessageError

from aiosmtplib import (
    SMTP,
    SMTPException,
    SMTPRecipientRefused,
    SMTPSenderRefused,
    SMTPServerDisconnected,
    SMTPStatus,
)

from post.courier import Delivery, Outcome
from post.errors import ServerAway
from post.letters import Letter
from post.mime import as_bytes, needs_utf8
from post.outcomes import (
    answered_letter,
    lost_after_sending,
    refused_data,
    refused_recipient,
    refused_sender,
    unreachable,
)
from post.pacing import Pace
from post.servers import Server, server_from_url

# SMTPException covers whatever the server says or fails to say; the others come from sockets and encryption.
_FAILURES = (SMTPException, OSError, TimeoutError)
# When the server is down, a round must not wait for it once for every letter.
_GIVE_UP_AFTER = 3
_LEADING_DOT = re.compile(rb"(?m)^\.")
_HOST_NAME = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,252}[A-Za-z0-9])?")


@dataclass(frozen=True, slots=True)
class SmtpCourier:
    """Carries letters to one mail server.

    `timeout` (seconds) bounds the connection and every command; `answer_timeout` the wait for the answer to a
    whole letter, longer because a server may scan it first and giving up too early makes duplicates. `pace` bounds how
    fast letters follow each other; the first of a session never waits, so that a code that somebody waits for, or an
    urgent letter, does not queue behind a round.
    """

    server: Server
    timeout: float = 30.0
    answer_timeout: float = 120.0
    pace: Pace | None = None

    @classmethod
    def from_url(cls, url: str, *, tls: ssl.SSLContext | None = None, per_second: float | None = None) -> "SmtpCourier":
        """For `smtp://`, `smtps://` and `smtp+starttls://` URLs; see `server_from_url` for what it raises."""
        return cls(server_from_url(url, tls=tls), pace=Pace(per_second) if per_second else None)

    async def deliver(self, letter: Letter) -> Delivery:
        """Hand over one letter on a connection of its own."""
        async with self.session() as session:
            return await session.deliver(letter)

    @asynccontextmanager
    async def session(self) -> "AsyncGenerator[SmtpSession, None]":
        """One connection for many letters, opened for the first and reopened when it is lost."""
        session = SmtpSession(self)
        try:
            yield session
        finally:
            await session.close()

    async def greet(self) -> str:
        """Connect and sign in, sending nothing: a sentence saying that letters could be handed over now.

        Raises ServerAway saying what stands in the way.
        """
        async with self.session() as session:
            await session.open()
        return f"the mail server at {self.server.host} answers"

    def client(self) -> SMTP:
        """A fresh client, not yet connected."""
        server = self.server
        return SMTP(
            hostname=server.host,
            port=server.port,
            username=server.username or None,
            password=server.password or None,
            local_hostname=_own_name(),
            timeout=self.timeout,
            use_tls=server.scheme == "smtps",
            start_tls=server.scheme == "smtp+starttls",
            tls_context=server.tls,
        )


class SmtpSession:
    """A run of deliveries over one connection, one after the other."""

    def __init__(self, courier: SmtpCourier) -> None:
        self._courier = courier
        self._client: SMTP | None = None
        self._failures = 0
        self._begun = False

    async def deliver(self, letter: Letter) -> Delivery:
        """Hand over one letter. What the server or the network does is an outcome, never raised."""
        if self._failures >= _GIVE_UP_AFTER:
            return Delivery(Outcome.TEMPORARY, detail="not tried: the mail server could not be used just before")
        try:
            body = as_bytes(letter)
        except (ValueError, MessageError):
            return Delivery(Outcome.PERMANENT, detail="the letter cannot be put in the form of a mail message")
        await self._turn()
        try:
            delivery = await self._handed_over(letter, body)
        except _FAILURES as error:
            return self._failed(error)
        self._failures = 0
        return delivery

    async def _turn(self) -> None:
        pace, first, self._begun = self._courier.pace, not self._begun, True
        if pace is not None and first:
            pace.take()
        elif pace is not None:
            await pace.turn()

    async def open(self) -> None:
        """Connect and sign in before the first letter. Raises ServerAway."""
        try:
            await self._connected()
        except _FAILURES as error:
            raise ServerAway(self._failed(error).detail) from None

    async def close(self) -> None:
        """Say goodbye if anybody is still listening."""
        client, self._client = self._client, None
        if client is None:
            return
        try:
            with suppress(*_FAILURES):
                await client.quit(timeout=min(5.0, self._courier.timeout))
        finally:
            client.close()

    async def _handed_over(self, letter: Letter, body: bytes) -> Delivery:
        """Raises one of _FAILURES for whatever goes wrong before the letter itself is sent."""
        client = await self._connected()
        if needs_utf8(letter) and not await _offers_utf8(client):
            return Delivery(Outcome.PERMANENT, detail="the mail server cannot carry an address beyond plain ASCII")
        refusal = await _addressed(client, letter)
        if refusal:
            return refusal
        start = await client.execute_command(b"DATA")
        if start.code != SMTPStatus.start_input:
            return refused_data(start.code)
        return await self._sent(client, body)

    async def _sent(self, client: SMTP, body: bytes) -> Delivery:
        # aiosmtplib's data() raises the same error before and after the letter has left; only here can we tell
        # "certainly not taken" from "may have been taken".
        protocol = client.protocol
        if protocol is None:
            raise SMTPServerDisconnected("connection lost")
        protocol.write(_LEADING_DOT.sub(b"..", body) + b".\r\n")
        try:
            answer = await protocol.read_response(timeout=self._courier.answer_timeout)
        except _FAILURES:
            self._drop()
            return lost_after_sending()
        return answered_letter(answer.code)

    async def _connected(self) -> SMTP:
        """The open connection, with nothing of the letter before left in it, or a fresh one."""
        if self._client is not None:
            # Servers close connections that have been open for long: find out while nothing is at stake.
            with suppress(*_FAILURES):
                await self._client.rset()
                return self._client
            self._drop()
        client = self._courier.client()
        await client.connect()
        self._client = client
        return client

    def _failed(self, error: BaseException) -> Delivery:
        self._failures += 1
        self._drop()
        return unreachable(error)

    def _drop(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            client.close()


async def _addressed(client: SMTP, letter: Letter) -> Delivery | None:
    """Sender and recipient, and the server's refusal of one of them."""
    utf8 = needs_utf8(letter)
    encoding = "utf-8" if utf8 else "ascii"
    try:
        await client.mail(letter.sender, options=["SMTPUTF8"] if utf8 else [], encoding=encoding)
        await client.rcpt(letter.to, encoding=encoding)
    except SMTPSenderRefused as error:
        return refused_sender(error.code, error.message)
    except SMTPRecipientRefused as error:
        return refused_recipient(error.code, error.message)
    return None


async def _offers_utf8(client: SMTP) -> bool:
    if client.last_ehlo_response is None:
        await client.ehlo()
    return client.supports_extension("smtputf8")


def _own_name() -> str:
    # Not the library's default: it asks the name service, which may take minutes.
    name = socket.gethostname()
    return name if _HOST_NAME.fullmatch(name) else "localhost"
