"""GOV.UK Notify as its documentation describes its API (version 2), on a real socket of this machine.

It checks the signed token, keeps what it takes, answers questions by id and by reference a page at a time, and refuses,
hangs or breaks off as told. Nothing here was compared with the real service.
"""

import json
import re
import socket
import threading
import time
from collections import Counter
from collections.abc import Generator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import jwt

from post.notify_templates import MAIL, PAPER

SERVICE, SECRET = "26785a09-ab16-4eb0-8407-a37497a57506", "3d844edf-8d35-48ac-975b-e847b4f122b0"
KEY = f"ehcp_clock-{SERVICE}-{SECRET}"
MAIL_TEMPLATE, PAPER_TEMPLATE = "f33517ff-2a88-4f6e-b855-c550268ce08a", "1d6b2e4c-0a3f-4a5e-9d1c-6a2f2b7c9e10"
CLOCK_SECONDS = 30

HANG, HANG_AFTER = "hang", "hang after taking it"
DROP, DROP_AFTER = "drop", "drop after taking it"
LONGER_THAN_ANYBODY_WAITS = 2.0


@dataclass(frozen=True)
class Refusal:
    """An answer that is no success, in the documented form."""

    code: int
    error: str
    message: str
    headers: Mapping[str, str] = field(default_factory=dict[str, str])


RATE = Refusal(429, "RateLimitError", "Exceeded rate limit for key type LIVE of 3000 requests per 60 seconds")
DAILY = Refusal(429, "TooManyRequestsError", "Exceeded send limits (250000) for today")
NO_KEY = Refusal(403, "AuthError", "Invalid token: API key not found")
CLOCK = Refusal(403, "AuthError", "Error: Your system clock must be accurate to within 30 seconds")
INTERNAL = Refusal(500, "Exception", "Internal server error")
AWAY = Refusal(503, "Exception", "Service unavailable")
GATEWAY = Refusal(502, "", "Bad gateway")
TEAM_ONLY = Refusal(400, "BadRequestError", "Can't send to this recipient using a team-only API key")
TRIAL = Refusal(
    400,
    "BadRequestError",
    "Can't send to this recipient when service is in trial mode - see "
    "https://www.notifications.service.gov.uk/trial-mode",
)
BAD_ADDRESS = Refusal(400, "ValidationError", "email_address Not a valid email address")
BAD_POSTCODE = Refusal(400, "ValidationError", "Last line of address must be a real UK postcode or another country")
NO_TEMPLATE = Refusal(400, "BadRequestError", "Template not found")
NO_ID = Refusal(400, "ValidationError", "notification_id is not a valid UUID")
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
NOT_FOUND = Refusal(404, "NoResultFound", "No result found")

Mood = Refusal | str
Row = dict[str, Any]


@dataclass
class Notify:
    """What the service holds, and its moods: by address, or `always` for every request to send."""

    moods: dict[str, Mood] = field(default_factory=dict[str, Mood])
    always: Mood = ""
    asking: Mood = ""  # the mood for questions
    taken: list[Row] = field(default_factory=list[Row])
    requests: list[str] = field(default_factory=list[str])
    templates: dict[str, Row] = field(default_factory=dict[str, Row])
    page: int = 250
    url: str = ""

    def __post_init__(self) -> None:
        self.templates = {
            MAIL_TEMPLATE: {"type": "email", "subject": MAIL.subject, "body": MAIL.body, "name": "EHCP Clock"},
            PAPER_TEMPLATE: {"type": "letter", "subject": PAPER.subject, "body": PAPER.body, "name": "EHCP Clock"},
        }

    @property
    def recipients(self) -> list[str]:
        """Who was written to, in order."""
        return [row["email_address"] or row["line_1"] for row in self.taken]

    def copies(self) -> Counter[str]:
        """How often each letter was taken, by its reference."""
        return Counter(row["reference"] for row in self.taken)

    def becomes(self, status: str, recipient: str = "") -> None:
        """The letters taken (to one recipient) get a status."""
        for row in self.taken:
            if recipient in ("", row["email_address"]):
                row["status"] = status

    def asked(self, what: str) -> int:
        """How many requests began with those words, like `GET /v2/notifications?`."""
        return sum(request.startswith(what) for request in self.requests)

    def mood_for(self, recipient: str) -> Mood:
        """How a letter to somebody is treated; a list of one mood is used up by it."""
        return self.moods.get(recipient) or self.always


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    @property
    def notify(self) -> Notify:
        assert isinstance(self.server, _Server)
        return self.server.notify

    def do_GET(self) -> None:
        if self._let_in() is not None and not self._mind(self.notify.asking):
            self._read()

    def do_POST(self) -> None:
        body = self._let_in()
        if body is not None:
            self._send(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing on the terminal."""

    def _let_in(self) -> bytes | None:
        """What was sent along; None for whoever has no good token."""
        self.notify.requests.append(f"{self.command} {self.path}")
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        return None if self._refuse(_token_fault(self.headers.get("Authorization", ""))) else body

    def _send(self, body: bytes) -> None:
        told = json.loads(body)
        kind = self.path.rsplit("/", 1)[1]
        fields = told.get("personalisation", {})
        recipient = told.get("email_address") or fields.get("address_line_1", "")
        mood = self.notify.mood_for(recipient)
        if self._mind(mood) or self._refuse(self._fault(kind, told)):
            return None
        row = _row(kind, told)
        self.notify.taken.append(row)
        if mood == HANG_AFTER:
            time.sleep(LONGER_THAN_ANYBODY_WAITS)
        if mood in (HANG_AFTER, DROP_AFTER):
            return self._break_off()
        content = {"subject": row["subject"], "body": row["body"]}
        self._answer(201, {"id": row["id"], "reference": row["reference"], "content": content})
        return None

    def _fault(self, kind: str, told: Row) -> Refusal | None:
        template = self.notify.templates.get(told["template_id"])
        if template is None or template["type"] != kind:
            return NO_TEMPLATE
        fields = told.get("personalisation", {})
        wanted = re.findall(r"\(\((\w+)\)\)", template["subject"] + template["body"])
        missing = [name for name in dict.fromkeys(wanted) if name not in fields]
        if missing:
            return Refusal(400, "BadRequestError", f"Missing personalisation: {', '.join(missing)}")
        if kind == "email" and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", told["email_address"]):
            return BAD_ADDRESS
        if kind == "letter" and not _posted(fields):
            return BAD_POSTCODE
        return None

    def _read(self) -> None:
        url = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(url.query).items()}
        if url.path == "/v2/notifications":
            return self._answer(200, self._page(asked))
        last = url.path.rsplit("/", 1)[1]
        if url.path.startswith("/v2/template/") and last in self.notify.templates:
            return self._answer(200, {"id": last, "version": 1, **self.notify.templates[last]})
        if url.path.startswith("/v2/notifications/") and not _ID.fullmatch(last):
            self._refuse(NO_ID)
            return None
        row = next((row for row in self.notify.taken if row["id"] == last), None)
        if row:
            self._answer(200, row)
        else:
            self._refuse(NOT_FOUND)
        return None

    def _page(self, asked: Mapping[str, str]) -> Row:
        rows = list(reversed(self.notify.taken))
        if "older_than" in asked:
            ids = [row["id"] for row in rows]
            rows = rows[ids.index(asked["older_than"]) + 1 :] if asked["older_than"] in ids else []
        for name in ("reference", "status"):
            rows = [row for row in rows if asked.get(name) in (None, row[name])]
        links = {"current": self.path}
        if len(rows) > self.notify.page:
            rows = rows[: self.notify.page]
            links["next"] = f"{self.notify.url}/v2/notifications?older_than={rows[-1]['id']}"
        return {"notifications": rows, "links": links}

    def _mind(self, mood: Mood) -> bool:
        """Do what a mood says instead of answering; whether it said something."""
        if isinstance(mood, Refusal):
            return self._refuse(mood)
        if mood == HANG:
            time.sleep(LONGER_THAN_ANYBODY_WAITS)
        if mood in (HANG, DROP):
            self._break_off()
            return True
        return False

    def _refuse(self, refusal: Refusal | None) -> bool:
        if refusal is None:
            return False
        errors = [{"error": refusal.error, "message": refusal.message}]
        self._answer(refusal.code, {"status_code": refusal.code, "errors": errors}, refusal.headers)
        return True

    def _answer(self, code: int, content: Row, headers: Mapping[str, str] | None = None) -> None:
        body = json.dumps(content).encode()
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _break_off(self) -> None:
        self.close_connection = True
        with suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, notify: Notify, port: int) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.notify = notify

    def handle_error(self, request: object, client_address: object) -> None:
        """Whoever did not want to wait for the answer is no fault of the server."""


def _token_fault(header: str) -> Refusal | None:
    try:
        claims = jwt.decode(header.removeprefix("Bearer "), SECRET, algorithms=["HS256"], leeway=CLOCK_SECONDS)
    except jwt.InvalidTokenError:
        return NO_KEY
    if claims.get("iss") != SERVICE:
        return NO_KEY
    return CLOCK if abs(time.time() - claims["iat"]) > CLOCK_SECONDS else None


def _posted(fields: Mapping[str, str]) -> bool:
    lines = [fields[name] for name in (f"address_line_{number}" for number in range(1, 8)) if fields.get(name)]
    return len(lines) >= 3 and bool(re.fullmatch(r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}", lines[-1]))


def _row(kind: str, told: Row) -> Row:
    fields = told.get("personalisation", {})
    lines = {f"line_{number}": fields.get(f"address_line_{number}") for number in range(1, 8)}
    return {
        "id": str(uuid4()),
        "reference": told.get("reference"),
        "type": kind,
        "status": "created" if kind == "email" else "accepted",
        "email_address": told.get("email_address"),
        "subject": fields.get("subject"),
        "body": fields.get("body"),
        **lines,
    }


@contextmanager
def notify_server(notify: Notify | None = None, port: int = 0) -> Generator[Notify]:
    """The service on a port of this machine (0: any that is free), in threads of its own."""
    held = notify or Notify()
    server = _Server(held, port)
    held.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield held
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
