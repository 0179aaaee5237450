"""The mails that the catcher has kept, read back from their files."""

from dataclasses import dataclass, field
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

_SHOWN = ("From", "To", "X-Envelope-To", "Reply-To", "Subject", "Date", "Message-ID")
MOST_LISTED = 500


@dataclass(frozen=True, slots=True)
class Mail:
    """One kept mail. `name` is its file without `.eml`; `received` its arrival, in UTC, for reading."""

    name: str
    received: str
    to: str
    subject: str
    headers: tuple[tuple[str, str], ...]
    text: str = field(repr=False)
    html: str = field(repr=False)
    raw: bytes = field(repr=False)


def mails(folder: Path) -> list[Mail]:
    """The newest mails first, at most `MOST_LISTED` of them."""
    newest = sorted(folder.glob("*.eml"), reverse=True)[:MOST_LISTED]
    return [_read(path) for path in newest]


def one_mail(folder: Path, name: str) -> Mail | None:
    """The mail called `name`; None when there is none."""
    path = folder / f"{name}.eml"
    return _read(path) if path.parent == folder and path.is_file() else None


def _read(path: Path) -> Mail:
    raw = path.read_bytes()
    message = BytesParser(policy=policy.default).parsebytes(raw)
    headers = tuple((name, value) for name in _SHOWN for value in _header(message, name))
    return Mail(
        name=path.stem,
        received=_time_of(path.stem),
        to=", ".join(value for name, value in headers if name == "X-Envelope-To"),
        subject=" ".join(_header(message, "Subject")),
        headers=headers,
        text=_part(message, "plain"),
        html=_part(message, "html"),
        raw=raw,
    )


def _header(message: EmailMessage, name: str) -> list[str]:
    try:
        return [str(value) for value in message.get_all(name, [])]
    except (ValueError, LookupError, AttributeError, TypeError):
        # The library trips over some malformed headers; the list must show the other mails all the same.
        return ["(this header cannot be read)"]


def _time_of(name: str) -> str:
    return f"{name[0:4]}-{name[4:6]}-{name[6:8]} {name[9:11]}:{name[11:13]}:{name[13:15]} UTC"


def _part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    if body is None:
        return ""
    try:
        return str(body.get_content())
    except (LookupError, ValueError):
        return "(this part cannot be read: see the mail as it was sent)"
