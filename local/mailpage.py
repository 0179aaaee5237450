"""The catcher's pages: a list of the mails kept, and each of them as its reader would see it.

Anybody on this machine can open them, and a mail can hold anything. So the pages are static, run no script and
load nothing; the HTML of a mail is shown in a frame that is a stranger to the page around it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from local.mailbox import Mail, mails, one_mail
from local.ports import LOOPBACK

_PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; form-action 'none'; base-uri 'none'"
# `sandbox` gives the mail an origin of its own and forbids scripts, forms and windows, also outside the frame.
_MAIL_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_MAIL_PATH = re.compile(r"/mail/([0-9TA-Za-z-]+)(/html|/raw)?")
_OWN_NAMES = ("localhost", LOOPBACK)
_STYLE = (
    "body{font:1rem/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#0b0c0c}"
    "table{border-collapse:collapse;width:100%}"
    "th,td{text-align:left;padding:.4rem .6rem;border-bottom:1px solid #b1b4b6}"
    "pre{white-space:pre-wrap;background:#f3f2f1;padding:1rem}iframe{width:100%;height:40rem;border:1px solid #b1b4b6}"
)


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to a browser."""

    body: bytes
    status: HTTPStatus = HTTPStatus.OK
    kind: str = "text/html; charset=utf-8"
    policy: str = _PAGE_POLICY


def answer(folder: Path, path: str) -> Answer:
    """What the page at `path` shows of the mails in `folder`."""
    if path == "/":
        return _page("Mail that was caught", _list(mails(folder)))
    asked = _MAIL_PATH.fullmatch(path)
    mail = one_mail(folder, asked.group(1)) if asked else None
    if asked is None or mail is None:
        return _page("Not found", "<p>There is no such mail.</p>", HTTPStatus.NOT_FOUND)
    return _VIEWS[asked.group(2) or ""](mail)


def serve_pages(folder: Path, port: int) -> ThreadingHTTPServer:
    """A web server for the mails in `folder`, on `port` of this machine only; not yet serving."""

    class Pages(BaseHTTPRequestHandler):
        server_version = "EHCPClockCatcher"
        sys_version = ""
        timeout = 30

        def do_GET(self) -> None:
            self._send(answer(folder, urlsplit(self.path).path) if self._for_us() else _STRANGER)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing: who read what is nobody's business."""

        def _for_us(self) -> bool:
            # A foreign page can point a name of its own at this machine; the browser still says that name.
            return (urlsplit(f"//{self.headers.get('Host', '')}").hostname or "") in _OWN_NAMES

        def _send(self, given: Answer) -> None:
            self.send_response(given.status)
            for name, value in _headers(given).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(given.body)

    server = ThreadingHTTPServer((LOOPBACK, port), Pages)
    server.daemon_threads = True
    return server


def _headers(given: Answer) -> dict[str, str]:
    return {
        "Content-Type": given.kind,
        "Content-Length": str(len(given.body)),
        "Content-Security-Policy": given.policy,
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "SAMEORIGIN",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
    }


def _page(title: str, body: str, status: HTTPStatus = HTTPStatus.OK) -> Answer:
    head = f'<meta charset="utf-8"><title>{escape(title)}</title><style>{_STYLE}</style>'
    text = f'<!DOCTYPE html><html lang="en"><head>{head}</head><body><h1>{escape(title)}</h1>{body}</body></html>'
    return Answer(text.encode(), status)


def _list(found: list[Mail]) -> str:
    if not found:
        return "<p>No mail yet.</p>"
    head = "<tr><th>Received</th><th>To</th><th>Subject</th></tr>"
    rows = "".join(_row(mail) for mail in found)
    return f"<p>{len(found)} kept; none of them left this machine.</p><table>{head}{rows}</table>"


def _row(mail: Mail) -> str:
    link = f'<a href="/mail/{mail.name}">{escape(mail.subject or "(no subject)")}</a>'
    return f"<tr><td>{escape(mail.received)}</td><td>{escape(mail.to)}</td><td>{link}</td></tr>"


def _whole(mail: Mail) -> Answer:
    heads = "".join(f"<tr><th>{escape(name)}</th><td>{escape(value)}</td></tr>" for name, value in mail.headers)
    frame = f'<h2>HTML</h2><iframe sandbox src="/mail/{mail.name}/html" title="The mail as HTML"></iframe>'
    links = f'<p><a href="/">All mail</a> · <a href="/mail/{mail.name}/raw">As it was sent</a></p>'
    body = f"{links}<table>{heads}</table><h2>Text</h2><pre>{escape(mail.text)}</pre>{frame if mail.html else ''}"
    return _page(mail.subject or "(no subject)", body)


def _html(mail: Mail) -> Answer:
    return Answer(mail.html.encode(), policy=_MAIL_POLICY)


def _raw(mail: Mail) -> Answer:
    return Answer(mail.raw, kind="text/plain; charset=utf-8", policy=_MAIL_POLICY)


_VIEWS: dict[str, Callable[[Mail], Answer]] = {"": _whole, "/html": _html, "/raw": _raw}
_STRANGER = _page("Refused", "<p>These pages are for this machine only.</p>", HTTPStatus.FORBIDDEN)
