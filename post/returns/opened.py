"""A raw mail opened without trust: within bounds of size, depth and parts, and never with an exception.

Anybody can send anything to the mailbox. What cannot be read within these bounds is kept by its headers alone.
"""

import codecs
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.policy import compat32, default
from email.utils import parsedate_to_datetime
from hashlib import sha256
from typing import Any, cast

from post.returns.parts import Part, parts_of
from post.returns.written import LONGEST_TEXT, clean, page_text

LARGEST = 36 * 1024 * 1024
"""Bytes of a mail that is read in full; mail servers seldom let more through."""
MOST_PARTS = 2_000
DEEPEST = 60
_HEAD = 64 * 1024
_LONGEST_HEADER = 1_000
# Of one header of a part: the library works for minutes on one of a million signs.
_LONGEST_OF_A_PART = 4_000
_OF_A_PART = re.compile(rb"\ncontent-[^\n]*(?:\n[ \t][^\n]*)*")
# To read a megabyte as one of these takes hours: they are for the names of hosts, and no mail is written in them.
_NOT_FOR_TEXTS = frozenset({"punycode", "idna"})
_BLANK = re.compile(rb"\r?\n\r?\n")
_UNREADABLE = "The mail is not written as mails are, and could not be read."
_ADDRESS = re.compile(r"[^\s<>,;:\"'()\[\]@]{1,64}@[^\s<>,;:\"'()\[\]@]{1,255}")


@dataclass(frozen=True, slots=True)
class Opened:
    """A mail with its headers (names in small letters) and parts.

    `key` is the same whenever the same mail is read; `fault` says why its parts are missing, for a person.
    """

    headers: Sequence[tuple[str, str]]
    key: str
    parts: Sequence[Part] = ()
    media_type: str = "text/plain"
    report_type: str = ""
    fault: str = ""

    def header(self, name: str) -> str:
        """The first header of that name, empty where there is none."""
        return next((value for key, value in self.headers if key == name), "")

    def every(self, *names: str) -> str:
        """All headers of these names."""
        return " ".join(value for key, value in self.headers if key in names)

    @property
    def sender(self) -> str:
        """The bare address it says it is from, in small letters; empty where it says none."""
        return next(iter(reversed(addresses_in(self.header("from")))), "")

    @property
    def written(self) -> datetime | None:
        """When it says it was written, aware; None where it says nothing that can be read."""
        try:
            found = parsedate_to_datetime(self.header("date"))
        except (ValueError, TypeError, OverflowError, IndexError):
            return None
        return found if found.tzinfo else None

    @property
    def text(self) -> str:
        """What a person wrote: the plain text, or the text of the page where there is no other."""
        plain = [part.text for part in self.parts if part.media_type == "text/plain" and not part.name]
        if any(text.strip() for text in plain):
            return clean("\n".join(plain))
        pages = [part.text for part in self.parts if part.media_type == "text/html" and not part.name]
        return clean("\n".join(page_text(page[: 10 * LONGEST_TEXT]) for page in pages))


def opened(raw: bytes, *, whole: bool = True) -> Opened:
    """Read a mail. Never raises: what cannot be read within bounds has its `fault`, and headers as far as they go.

    Not `whole`: only its beginning is there, because it is larger than LARGEST.
    """
    split = _BLANK.search(raw[:_HEAD])
    head = raw[: split.start() if split else _HEAD]
    headers = _headers(head)
    named = dict(reversed(headers))
    names = "\0".join(named.get(name, "") for name in ("message-id", "date", "from", "subject"))
    key = sha256(names.encode("utf-8", "replace") + b"\0" + raw[len(head) :]).hexdigest()
    if fault := _too_much(raw, whole):
        return Opened(headers, key, fault=fault)
    try:
        message = message_from_bytes(raw, policy=default)
        if any(_takes_hours(part) for part in message.walk()):
            return Opened(headers, key, fault=_UNREADABLE)
        return Opened(
            headers,
            key,
            tuple(parts_of(message)),
            message.get_content_type(),
            str(cast("Any", message.get_param("report-type", ""))).lower(),
        )
    except Exception:  # the library promises not to raise, and does
        return Opened(headers, key, fault=_UNREADABLE)


def addresses_in(text: str) -> list[str]:
    """Every mail address in a text, in small letters, each once; at most a hundred."""
    found = (match.group().strip(".").lower() for match in _ADDRESS.finditer(text))
    return list(dict.fromkeys(found))[:100]


def _too_much(raw: bytes, whole: bool) -> str:
    if not whole or len(raw) > LARGEST:
        return f"The mail is larger than {LARGEST // 2**20} MB and was not read."
    if raw.count(b"\n--") > MOST_PARTS:
        return "The mail has too many parts and was not read."
    small = raw.lower()
    if small.count(b"boundary=") > DEEPEST:
        return "The mail holds too many parts within parts and was not read."
    if any(len(match.group()) > _LONGEST_OF_A_PART for match in _OF_A_PART.finditer(small)):
        return "The mail describes its parts at too great a length and was not read."
    return ""


def _takes_hours(part: EmailMessage) -> bool:
    """Whether a part says that it is written in what no text is. The library reads it so as soon as it is asked."""
    try:
        return codecs.lookup(str(part.get_content_charset() or "utf-8")).name in _NOT_FOR_TEXTS
    except (LookupError, ValueError):
        return False  # unknown: then it is read as UTF-8


def _headers(head: bytes) -> Sequence[tuple[str, str]]:
    try:
        # By the older policy, which works on no header before it is asked for: they are cut first.
        message = BytesHeaderParser(policy=compat32).parsebytes(head)
        return tuple((name.lower(), _decoded(str(value))) for name, value in message.raw_items())
    except Exception:
        return ()


def _decoded(value: str) -> str:
    """A header in words: cut before anything works on it, and without signs that no database takes."""
    value = " ".join(value[:_LONGEST_HEADER].encode("ascii", "surrogateescape").decode("utf-8", "replace").split())
    try:
        return clean(str(make_header(decode_header(value))))
    except Exception:
        return clean(value)
