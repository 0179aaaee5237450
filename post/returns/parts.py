"""The parts of a mail: texts, documents, and what a mail server put into its report."""

from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import compat32
from typing import Any, cast

from post.returns.written import clean


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a mail that is no container. `name` is the file name it was given, empty where it has none.

    `pictured`: it is a picture that the text shows in its own place.
    """

    media_type: str
    name: str
    content: bytes
    charset: str = "utf-8"
    pictured: bool = False

    @property
    def text(self) -> str:
        """The content as text, whatever it claims to be written in."""
        try:
            return self.content.decode(self.charset, "replace")
        except (LookupError, ValueError):
            return self.content.decode("utf-8", "replace")


def parts_of(message: EmailMessage) -> Iterator[Part]:
    """The parts in their order; mails within the mail are one part each, and their own parts are not opened."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        within = part.get_payload()
        if part.get_content_maintype() != "message" and isinstance(within, list):
            waiting += reversed(cast("list[EmailMessage]", within))
        else:
            yield _part(part)


def _part(part: EmailMessage) -> Part:
    media_type = part.get_content_type()
    return Part(
        media_type,
        _file_name(part),
        _content(part),
        str(part.get_content_charset() or "utf-8"),
        media_type.startswith("image/") and bool(part.get("content-id")),
    )


def _content(part: EmailMessage) -> bytes:
    within = part.get_payload()
    if isinstance(within, list):
        return b"\n".join(each.as_bytes(policy=compat32) for each in cast("list[EmailMessage]", within))
    content = cast("Any", part.get_payload(decode=True))
    return content if isinstance(content, bytes) else b""


def _file_name(part: EmailMessage) -> str:
    try:
        return clean(str(part.get_filename() or "")).replace("\n", " ")[:255]
    except Exception:
        return "a document"
