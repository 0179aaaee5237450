"""What the machine of a mail server reports of a letter: that it did not arrive, or not yet (RFC 3464 and others).

A report counts for an address only where it says so itself: in its own field for that address, or where it is no report
of the standard, in the words around it. Which letter it is about is known by our Message-ID, see `post.returns.mail`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email import message_from_string
from email.message import Message
from email.policy import compat32
from itertools import takewhile

from post.returns.opened import Opened, Part, addresses_in

FAILED, DELAYED, OTHER = "failed", "delayed", "other"
_DELIVERY = "message/delivery-status"
_MOST_RECIPIENTS = 100
_LONGEST_FIELD = 500
_FAILED_NOW = re.compile(r"\b(5\.\d{1,3}\.\d{1,3})\b|\b(55[0-9])\b")
_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}(?!\d)", re.ASCII)
_DELAY_NOW = re.compile(r"\b4\.\d{1,3}\.\d{1,3}\b|\b4[25][0-9]\b")
_DELAYING = re.compile(r"\bdelay(?:ed)?\b|\bwarning\b|still (?:trying|being retried)", re.IGNORECASE)
_MACHINE = re.compile(r"^(?:mailer-daemon|postmaster|mail-daemon|mailerdaemon|microsoftexchange[0-9a-f]*)@")
_UNDELIVERED = re.compile(
    r"undeliver|delivery (?:status notification|has failed|failed|failure|incomplete|problem)|returned mail|"
    r"failure notice|mail delivery system|could ?n.t be delivered|not delivered",
    re.IGNORECASE,
)  # fmt: skip
# Where a report goes over into the letter that it is about.
_LETTER_BEGINS = re.compile(
    r"^\W*(?:original message|this is a copy of|below this line|the original message|message headers follow|"
    r"return-path:|received:)",
    re.IGNORECASE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Report:
    """What is said of one address (small letters): FAILED, DELAYED or OTHER; `code` as 5.1.1, empty where not given."""

    address: str
    what: str
    code: str = ""


def reports(mail: Opened) -> Sequence[Report]:
    """What a mail reports of addresses; empty where it is no report."""
    standard = [part for part in mail.parts if part.media_type == _DELIVERY]
    if standard:
        return tuple(_by_the_standard(standard))[:_MOST_RECIPIENTS]
    return tuple(_in_words(mail))[:_MOST_RECIPIENTS] if is_from_a_machine(mail) else ()


def is_from_a_machine(mail: Opened) -> bool:
    """Whether a mail server speaks, as far as can be told."""
    nobody = mail.header("return-path") in ("<>", "< >")
    by_name = bool(_MACHINE.match(mail.sender) or mail.header("x-failed-recipients"))
    return by_name or (nobody and bool(_UNDELIVERED.search(mail.header("subject"))))


def _by_the_standard(parts: Sequence[Part]) -> Iterator[Report]:
    """One block of fields for each recipient; the first block is about the whole."""
    for part in parts:
        text = part.text.replace("\r\n", "\n")[:200_000]
        for block in re.split(r"\n\s*\n", text)[: 2 * _MOST_RECIPIENTS]:
            yield from _of_one(message_from_string(block.strip() + "\n\n", policy=compat32))


def _of_one(fields: "Message[str, str]") -> Iterator[Report]:
    status = _STATUS.match(str(fields.get("Status") or "").strip())
    code = status.group() if status else ""
    action = str(fields.get("Action") or "").strip().lower()
    if not action and code:
        action = FAILED if code.startswith("5") else DELAYED
    # Whoever forwards his mail fails under another address than the one that was written to; both are named.
    for name in ("Original-Recipient", "Final-Recipient"):
        kind, semicolon, address = str(fields.get(name) or "").partition(";")
        for found in addresses_in((address if semicolon else kind)[:_LONGEST_FIELD])[:1]:
            yield Report(found, action if action in (FAILED, DELAYED) else OTHER, code)


def _in_words(mail: Opened) -> Iterator[Report]:
    before = "\n".join(takewhile(lambda line: not _LETTER_BEGINS.match(line), mail.text.split("\n")))
    said = f"{mail.header('subject')}\n{before}"
    failed = _FAILED_NOW.search(said)
    delayed = _DELAYING.search(mail.header("subject")) or (not failed and _DELAY_NOW.search(said))
    certain = bool(failed or mail.header("x-failed-recipients") or _UNDELIVERED.search(said))
    what = DELAYED if delayed else FAILED if certain else OTHER
    code = next(filter(None, failed.groups()), "") if failed and what == FAILED else ""
    for address in addresses_in(mail.every("x-failed-recipients")) or addresses_in(before):
        yield Report(address, what, code)
