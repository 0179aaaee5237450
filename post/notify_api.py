"""GOV.UK Notify's own client, quiet and within bounds: what it raises becomes one error that tells nothing personal.

The client says nothing twice by itself and has no key against repeating: `reference` only lets us look a letter up.
"""

import logging
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, cast

from notifications_python_client.errors import APIError
from notifications_python_client.notifications import NotificationsAPIClient

from config.checks import host_of, is_loopback
from post.errors import CourierSettingError

# Its warnings repeat what Notify answers, which may quote a letter.
logging.getLogger("notifications_python_client").setLevel(logging.CRITICAL)

_UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_KEY = re.compile(rf".*{_UUID}-{_UUID}", re.IGNORECASE)
_LONGEST_WAIT = 60.0
# Errors of the libraries below the client with which a request certainly never arrived.
_NEVER_LEFT = frozenset({"ConnectTimeout", "NewConnectionError", "ProxyError", "TooManyRedirects"})
# Errors of an encrypted connection that may have carried the letter before it broke; all others are of its beginning.
_BROKEN_OFF = frozenset({"SSLEOFError", "SSLZeroReturnError", "SSLSyscallError"})


class Lost(StrEnum):
    """What is known of a request that had no answer."""

    BEFORE = "before"  # it never left
    TLS = "tls"  # nor could it: no encrypted connection
    PERHAPS = "perhaps"  # it may have arrived


@dataclass(slots=True)
class NotifyError(Exception):
    """An answer that is no success, or none. `kind` and `said` are Notify's; `said` is to be read and not repeated.

    `code` is 0 when there was no answer, and then `lost` says what is known. `wait` (seconds) is what Notify asked for.
    """

    code: int = 0
    kind: str = ""
    said: str = field(default="", repr=False)
    lost: Lost = Lost.PERHAPS
    wait: float | None = None

    def __str__(self) -> str:
        return f"Notify answered {self.code}" if self.code else "Notify did not answer"


@dataclass(frozen=True, slots=True)
class Held:
    """A letter as Notify holds it: its id and its status."""

    id: str
    status: str


class NotifyApi:
    """The requests that we make. Not for several threads at once. The key never shows in its repr."""

    def __init__(self, url: str, key: str, *, connect: float = 10.0, answer: float = 30.0) -> None:
        """`connect` and `answer` bound the waiting, in seconds. Raises CourierSettingError, which repeats no key."""
        if not _KEY.fullmatch(key):
            raise CourierSettingError(
                "EHCP_NOTIFY_API_KEY is not a key of GOV.UK Notify: copy it whole, with its name and both long numbers"
            )
        if not url.startswith("https://") and not is_loopback(host_of(url)):
            raise CourierSettingError("EHCP_NOTIFY_URL must begin with https://, or letters would travel unencrypted")
        # It names no types, and what it passes on as a timeout is a pair as well as a number.
        make = cast("Callable[..., Any]", NotificationsAPIClient)
        self._client = make(key, base_url=url, timeout=(connect, answer))
        # A letter that is redirected would go on as a question without its content.
        self._client.request_session.max_redirects = 0

    def send_mail(self, to: str, template: str, fields: Mapping[str, str], reference: str) -> str:
        """Hand over a mail; Notify's id of it. Raises NotifyError."""
        return self._id_of(
            lambda: self._client.send_email_notification(to, template, dict(fields), reference=reference)
        )

    def send_paper(self, template: str, fields: Mapping[str, str], reference: str) -> str:
        """Hand over a letter to be printed and posted; Notify's id of it. Raises NotifyError."""
        return self._id_of(lambda: self._client.send_letter_notification(template, dict(fields), reference=reference))

    def find(self, reference: str) -> Sequence[Held]:
        """The letters with that reference that Notify remembers, the newest first: those of the last seven days."""
        found = self._ask(lambda: self._client.get_all_notifications(reference=reference))
        # Asked for one reference, and looked at all the same: what is found here is not sent.
        mine = [each for each in _listed(found.get("notifications")) if each.get("reference") == reference]
        return [Held(str(each.get("id", "")), str(each.get("status", ""))) for each in mine]

    def status(self, carrier_id: str) -> str:
        """What has become of a letter. Raises NotifyError, with code 404 when Notify no longer knows it."""
        return str(self._ask(lambda: self._client.get_notification_by_id(carrier_id)).get("status", ""))

    def template(self, template: str) -> Mapping[str, Any]:
        """A template as Notify holds it. Raises NotifyError."""
        return self._ask(lambda: self._client.get_template(template))

    def close(self) -> None:
        """Let go of the connection."""
        self._client.request_session.close()

    def _id_of(self, request: Callable[[], object]) -> str:
        found = self._ask(request).get("id")
        if not found:
            raise NotifyError()
        return str(found)

    def _ask(self, request: Callable[[], object]) -> Mapping[str, Any]:
        try:
            answer = request()
        except APIError as error:
            raise _told(error) from None
        except OSError:  # which requests' own errors are too
            raise NotifyError() from None
        if not isinstance(answer, dict):
            raise NotifyError()
        return cast("dict[str, Any]", answer)


def _told(error: APIError) -> NotifyError:
    answer = error.response
    if answer is None:
        return NotifyError(lost=_lost(error.__cause__))
    if answer.status_code < 300:
        return NotifyError()  # "taken", and then nothing that can be read
    first = next(iter(_listed(cast("object", error.message))), cast("dict[str, Any]", {}))
    kind, said = str(first.get("error", "")), str(first.get("message", ""))
    return NotifyError(answer.status_code, kind, said, wait=_wait(answer.headers.get("Retry-After", "")))


def _lost(cause: BaseException | None) -> Lost:
    reason = getattr(_first(cause), "reason", None)
    names = _kinds(cause) | _kinds(reason) | _kinds(_first(reason))
    if names & _NEVER_LEFT:
        return Lost.BEFORE
    return Lost.TLS if "SSLError" in names and not names & _BROKEN_OFF else Lost.PERHAPS


def _first(error: object) -> object:
    return next(iter(getattr(error, "args", ())), None)


def _kinds(error: object) -> set[str]:
    """By name: the libraries below Notify's client are its own choice, and none that we build on."""
    return {kind.__name__ for kind in type(error).__mro__}


def _wait(text: str) -> float | None:
    return min(float(text), _LONGEST_WAIT) if re.fullmatch(r"\d{1,6}", text) else None


def _listed(found: object) -> list[dict[str, Any]]:
    rows = cast("list[object]", found) if isinstance(found, list) else []
    return [cast("dict[str, Any]", row) for row in rows if isinstance(row, dict)]
