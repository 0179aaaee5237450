"""Letters by way of GOV.UK Notify: mail, and letters that Notify prints and posts.

Notify has no key against repeating, so before any second attempt the letter's reference is looked up, and what is found
is not sent again. References are remembered for seven days (Notify's own retention), longer than a letter is tried.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from config.clock import utc_now
from post import notify_answers as answers
from post.courier import Delivery, Outcome
from post.errors import ServerAway
from post.letters import Letter
from post.notify_api import NotifyApi, NotifyError
from post.notify_text import as_markdown, body_of
from post.pacing import Pace

# Notify's own limit for each kind of key: 3,000 a minute.
PER_SECOND = 50.0
FEWEST_LINES, MOST_LINES = 3, 7
# Notify asked us to wait and did not say how long: its minute is a rolling one.
_PAUSE = 15.0
# When Notify is down, a round must not wait for it once for every letter.
_GIVE_UP_AFTER = 3
# Somebody waits for the answer whether Notify is there: seconds to connect and to be answered.
_GREETING = (2.0, 3.0)


@dataclass(frozen=True, slots=True)
class NotifyCourier:
    """Carries letters to Notify with one template for mail and, if there is one, one for letters on paper.

    `url` and `key` are those of the service; `connect` and `answer` bound the waiting in seconds. `sent_today` counts
    what went today, `per_day` is how many may. `sleep` and `now` are for tests.
    """

    url: str
    key: str = field(repr=False)
    mail_template: str
    paper_template: str = ""
    per_day: int = 250_000
    sent_today: Callable[[], int] = lambda: 0
    connect: float = 10.0
    answer: float = 30.0
    now: Callable[[], datetime] = utc_now
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep

    def api(self) -> NotifyApi:
        """A connection. Raises CourierSettingError."""
        return NotifyApi(self.url, self.key, connect=self.connect, answer=self.answer)

    async def deliver(self, letter: Letter) -> Delivery:
        """Hand over one letter, alone and at once: no limit of ours holds back a code that somebody waits for."""
        session = NotifySession(self, patient=False)
        try:
            return await session.deliver(letter)
        finally:
            session.close()

    @asynccontextmanager
    async def session(self) -> "AsyncGenerator[NotifySession]":
        """One connection for many letters, within the limits of the minute and of the day."""
        session = NotifySession(self, left=self.per_day - await asyncio.to_thread(self.sent_today))
        try:
            yield session
        finally:
            session.close()

    async def deliver_paper(
        self, lines: Sequence[str], subject: str, body: str, key: str, *, again: bool = True
    ) -> Delivery:
        """A letter that Notify prints and posts. `key` names it for ever; `again`: it may have been sent before.

        `lines` is the address, three lines to seven, the last a postcode or a country.
        """
        address = [line for line in (line.strip() for line in lines) if line]
        if not self.paper_template:
            return Delivery(Outcome.TEMPORARY, detail="no letters on paper: set EHCP_NOTIFY_LETTER_TEMPLATE")
        if not FEWEST_LINES <= len(address) <= MOST_LINES:
            return Delivery(Outcome.PERMANENT, detail="a postal address has three lines to seven")
        fields = {f"address_line_{number}": line for number, line in enumerate(address, 1)}
        fields |= {"subject": subject, "body": as_markdown(body)}
        session = NotifySession(self, patient=False)
        try:
            reference = reference_of(key)
            return await session.handed_over(
                reference, again, lambda api: api.send_paper(self.paper_template, fields, reference)
            )
        finally:
            session.close()

    async def greet(self) -> str:
        """Ask for the template, sending nothing: a sentence saying that letters could be handed over now.

        Raises ServerAway saying what stands in the way.
        """
        api = NotifyApi(self.url, self.key, connect=_GREETING[0], answer=_GREETING[1])
        try:
            await asyncio.to_thread(api.template, self.mail_template)
        except NotifyError as error:
            missing = "Notify does not have the template of EHCP_NOTIFY_EMAIL_TEMPLATE: see 'ehcp notify templates'"
            raise ServerAway(missing if error.code == 404 else answers.answered(error, self.now()).detail) from None
        finally:
            api.close()
        return "GOV.UK Notify answers and has the template"


class NotifySession:
    """A run of deliveries, one after the other. `left` is how many may still go today; None when nobody counts."""

    def __init__(self, courier: NotifyCourier, *, patient: bool = True, left: int | None = None) -> None:
        self._courier = courier
        self._patient = patient
        self._left = left
        self._pace = Pace(PER_SECOND)
        self._api: NotifyApi | None = None
        self._failures = 0
        self._closed: Delivery | None = None

    async def deliver(self, letter: Letter) -> Delivery:
        """Hand over one letter. What Notify or the network does is an outcome, never raised."""
        reference = letter.message_id.strip("<>").partition("@")[0]
        fields = {"subject": letter.subject, "body": body_of(letter)}
        template = self._courier.mail_template
        return await self.handed_over(
            reference, letter.again, lambda api: api.send_mail(letter.to, template, fields, reference)
        )

    async def handed_over(self, reference: str, again: bool, send: Callable[[NotifyApi], str]) -> Delivery:
        """Look it up if it may have left before; send it if it has not."""
        if self._failures >= _GIVE_UP_AFTER:
            return self._untried(again)
        earlier = await self._looked_up(reference) if again else None
        if earlier is not None:
            return earlier
        if self._left is not None and self._left <= 0:
            spent = "the mails of the day are sent (EHCP_NOTIFY_PER_DAY)"
            self._closed = answers.limit_reached(self._courier.now(), spent)
        if self._closed is not None:
            return self._closed
        await self._pace.turn()
        return self._noted(await self._sent(send))

    def close(self) -> None:
        """Let go of the connection."""
        if self._api is not None:
            self._api.close()

    async def _looked_up(self, reference: str) -> Delivery | None:
        try:
            return answers.looked_up(await asyncio.to_thread(self._connection().find, reference))
        except NotifyError as error:
            self._failures += 1
            return answers.not_looked_up(error)

    async def _sent(self, send: Callable[[NotifyApi], str]) -> Delivery:
        """Sent, and once more if Notify took no more in that minute: it has not taken that one, and says so."""
        try:
            return answers.accepted(await asyncio.to_thread(send, self._connection()))
        except NotifyError as error:
            delivery = answers.answered(error, self._courier.now())
            if not (self._patient and error.code == 429 and delivery.not_before is None):
                return delivery
            await self._rest(error.wait)
        try:
            return answers.accepted(await asyncio.to_thread(send, self._connection()))
        except NotifyError as error:
            return answers.answered(error, self._courier.now())

    async def _rest(self, seconds: float | None) -> None:
        await self._courier.sleep(_PAUSE if seconds is None else seconds)

    def _noted(self, delivery: Delivery) -> Delivery:
        if delivery.outcome in (Outcome.ACCEPTED, Outcome.PERMANENT):
            self._failures = 0
        else:
            self._failures += 1
        if delivery.not_before is not None:
            self._closed = delivery
        if self._left is not None and delivery.outcome is not Outcome.PERMANENT:
            self._left -= 1
        return delivery

    def _untried(self, again: bool) -> Delivery:
        outcome = Outcome.UNKNOWN if again else Outcome.TEMPORARY
        return Delivery(outcome, detail="not tried: Notify could not be used just before", carrier=answers.NOTIFY)

    def _connection(self) -> NotifyApi:
        self._api = self._api or self._courier.api()
        return self._api


def reference_of(key: str) -> str:
    """The reference of what is named `key`: the same for ever, and telling nobody what the key holds."""
    return sha256(key.encode()).hexdigest()[:40]
