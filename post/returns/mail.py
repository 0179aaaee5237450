"""What a mail that came to the mailbox is, whom it is about and which letters of ours it names.

Nothing here is believed: a mail is only read. Which of our letters it can be about, and whether an address that it
names is the one that we wrote to, is for `casework.returns` to find.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from post.items import MAIL_REF
from post.returns.away import away_until
from post.returns.opened import Opened, Part, opened
from post.returns.reports import DELAYED, FAILED, Report, is_from_a_machine, reports

MOST_ATTACHMENTS = 30
# Drawn beside a signature: a logo, the sign of a network.
_SMALL_PICTURE = 40 * 1024
# As `post.letters.message_id` makes them: 160 bits that nobody can guess.
_OURS = re.compile(r"<?\b([0-9a-f]{40}@[A-Za-z0-9.\-]{1,253})\b>?")
_REFERENCE = re.compile(rf"\b{MAIL_REF.pattern}\b")
_AUTOMATIC_SUBJECT = re.compile(
    r"^\s*(?:automatic reply|auto(?:matic)?[ -]?(?:reply|response)|out of (?:the )?office|autoreply)\b", re.IGNORECASE
)
_AUTOMATIC_HEADERS = ("x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply")
_NOT_CONTENT = frozenset({"text/plain", "text/html", "message/delivery-status", "text/rfc822-headers"})


class Kind(StrEnum):
    """What a mail is."""

    BOUNCE = "bounce"  # a mail server says that a letter did not arrive
    DELAYED = "delayed"  # ... that it did not arrive yet
    AUTOMATIC = "automatic"  # a machine answers in somebody's place: out of office, a receipt
    REPLY = "reply"  # a person writes
    UNKNOWN = "unknown"  # it cannot be told


@dataclass(frozen=True, slots=True)
class Attachment:
    """Something that came with a mail, as it was named and sent."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Returned:
    """One mail understood as far as it can be.

    `ours` are Message-IDs (with their angle brackets) of the shape of ours that it names, `references` mail references;
    `reports` what a mail server says of addresses; `until` the last day that somebody is away. `left_out` says in
    sentences what of the mail was not taken. `key` is the same whenever the same mail is read.
    """

    kind: Kind
    key: str
    sender: str = ""
    subject: str = ""
    text: str = ""
    written: datetime | None = None
    ours: Sequence[str] = ()
    references: Sequence[str] = ()
    reports: Sequence[Report] = ()
    until: date | None = None
    attachments: Sequence[Attachment] = ()
    left_out: Sequence[str] = ()


def understood(raw: bytes, today: date, *, whole: bool = True) -> Returned:
    """What a raw mail is. Never raises. `today` stands for the day it was written where it names none.

    Not `whole`: `raw` is only the beginning of a mail that is too large.
    """
    mail = opened(raw, whole=whole)
    said = () if mail.fault else reports(mail)
    kind = _kind(mail, said)
    is_report = kind in (Kind.BOUNCE, Kind.DELAYED)
    attachments, left_out = ((), ()) if is_report else _attachments(mail)
    return Returned(
        kind=kind,
        key=mail.key,
        sender=mail.sender,
        subject=mail.header("subject"),
        text=mail.text,
        written=mail.written,
        ours=_ours(mail),
        references=tuple(dict.fromkeys(_REFERENCE.findall(f"{mail.header('subject')}\n{mail.text}")))[:20],
        reports=said,
        until=_until(mail, today) if kind is Kind.AUTOMATIC else None,
        attachments=attachments,
        left_out=(*left_out, *((mail.fault,) if mail.fault else ())),
    )


def _kind(mail: Opened, said: Sequence[Report]) -> Kind:
    if mail.fault:
        return Kind.UNKNOWN
    for what, kind in ((FAILED, Kind.BOUNCE), (DELAYED, Kind.DELAYED)):
        if any(each.what == what for each in said):
            return kind
    if said or _is_automatic(mail):
        return Kind.AUTOMATIC
    return Kind.UNKNOWN if is_from_a_machine(mail) or not mail.sender else Kind.REPLY


def _is_automatic(mail: Opened) -> bool:
    """RFC 3834, and what was usual before it and beside it."""
    auto = mail.header("auto-submitted").lower().partition(";")[0].strip()
    return (
        auto not in ("", "no")
        or bool(mail.every(*_AUTOMATIC_HEADERS))
        or mail.header("precedence").lower() in ("auto_reply", "bulk", "junk")
        or mail.report_type == "disposition-notification"
        or bool(_AUTOMATIC_SUBJECT.match(mail.header("subject")))
    )


def _until(mail: Opened, today: date) -> date | None:
    return away_until(f"{mail.header('subject')}\n{mail.text}", mail.written.date() if mail.written else today)


def _ours(mail: Opened) -> Sequence[str]:
    """Message-IDs of the shape of ours: in the headers of an answer, in its text, in a letter that is sent back."""
    named = [mail.every("in-reply-to", "references"), mail.text]
    # Of a long letter only its beginning: its headers come first.
    named += [part.text[:200_000] for part in mail.parts if _may_quote(part)]
    found = (f"<{match.group(1).lower()}>" for text in named for match in _OURS.finditer(text))
    return tuple(dict.fromkeys(found))[:50]


def _may_quote(part: Part) -> bool:
    return part.media_type.startswith(("message/", "text/"))


def _attachments(mail: Opened) -> tuple[Sequence[Attachment], Sequence[str]]:
    given = [part for part in mail.parts if part.content and (part.name or part.media_type not in _NOT_CONTENT)]
    drawn = [part for part in given if part.pictured and len(part.content) < _SMALL_PICTURE]
    taken = [part for part in given if part not in drawn]
    left_out = [f"{_name(part)}: a small picture within the text." for part in drawn[:5]]
    left_out += [f"{_name(part)}: more than {MOST_ATTACHMENTS} documents." for part in taken[MOST_ATTACHMENTS:][:5]]
    return tuple(Attachment(_name(part), part.content) for part in taken[:MOST_ATTACHMENTS]), tuple(left_out)


def _name(part: Part) -> str:
    return part.name or f"a part of the mail ({part.media_type})"
