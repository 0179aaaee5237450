"""One folder of an IMAP server."""

from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from imaplib import IMAP4
from ssl import SSLError, create_default_context
from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote

from imap_tools import BaseMailBox, MailBox, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError

from post.returns.boxes import BEGINNING, Mailbox, MailboxAway, Waiting
from post.returns.opened import LARGEST

DONE = "EHCP done"
"""The folder that mails are moved to when they were dealt with."""
PATIENCE = 30.0
"""Seconds that the server may be silent."""


@contextmanager
def imap(parts: SplitResult) -> Generator[Mailbox]:
    """The folder that an address names, signed in to. Raises MailboxAway."""
    folder = unquote(parts.path.strip("/")) or "INBOX"
    with _explained():
        box = _connected(parts)
    try:
        with _explained("the mailbox refused our sign-in, or has no such folder"):
            box.login(unquote(parts.username or ""), unquote(parts.password or ""), folder)
        with _explained():
            moves = _moves(box, folder)
        yield Imap(box, moves)
    finally:
        with suppress(Exception):
            box.logout()


@dataclass(frozen=True, slots=True)
class Imap:
    """One folder of a mail server. `moves`: what is done goes to the folder DONE, else it is marked as seen."""

    box: BaseMailBox
    moves: bool

    def waiting(self, most: int) -> Iterator[Waiting]:
        """By their unique ids, so that what else happens to the folder meanwhile mixes nothing up."""
        with _explained():
            uids = sorted(self.box.uids("ALL" if self.moves else "UNSEEN", charset=None), key=int)
        for uid in uids[:most]:
            with _explained():
                found = self._read(uid)
            if found:
                yield found

    def put_aside(self, name: str) -> None:
        """Move it to DONE, or mark it as seen."""
        with _explained():
            if self.moves:
                self._asked("MOVE", name, f'"{DONE}"')
            else:
                self._asked("STORE", name, "+FLAGS", r"(\Seen)")

    def _read(self, uid: str) -> Waiting | None:
        size = _size(self._fetched(uid, "(RFC822.SIZE)"))
        what = "(BODY.PEEK[])" if size <= LARGEST else f"(BODY.PEEK[]<0.{BEGINNING}>)"
        raw = next((part[1] for part in self._fetched(uid, what) if isinstance(part, tuple)), None)
        return None if raw is None else Waiting(uid, raw, whole=size <= LARGEST)

    def _fetched(self, uid: str, what: str) -> list[bytes | tuple[bytes, bytes]]:
        return [each for each in self._asked("FETCH", uid, what) if each]

    def _asked(self, *command: str) -> list[Any]:
        # Past the library: it would let its own parser work on what anybody sent, and throw mails away with a flag.
        answer, found = self.box.client.uid(*command)
        if answer != "OK":
            raise IMAP4.error
        return found


def _size(found: list[bytes | tuple[bytes, bytes]]) -> int:
    words = b" ".join(each if isinstance(each, bytes) else each[0] for each in found)
    after = words.upper().partition(b"RFC822.SIZE")[2].strip(b" )").split()
    return int(after[0].strip(b")")) if after and after[0].strip(b")").isdigit() else 0


def _connected(parts: SplitResult) -> BaseMailBox:
    host = parts.hostname or ""
    if parts.scheme == "imap":
        return MailBoxUnencrypted(host, parts.port or 143, timeout=PATIENCE)
    context = create_default_context()
    for file in parse_qs(parts.query).get("ca", []):
        context.load_verify_locations(cafile=file)
    return MailBox(host, parts.port or 993, timeout=PATIENCE, ssl_context=context)


def _moves(box: BaseMailBox, folder: str) -> bool:
    """Whether mails can be moved in one step to the folder DONE, which is made where it is missing.

    Without that they would have to be copied and then deleted, with whatever else somebody marked to be deleted.
    """
    try:
        # Asked again, because most servers say only after the sign-in what they can; the library asks before it.
        if b"MOVE" not in box.client.capability()[1][0].upper().split() or folder == DONE:
            return False
        if not box.folder.exists(DONE):
            box.folder.create(DONE)
    except IMAP4.abort:
        raise  # the connection is gone
    except (ImapToolsError, IMAP4.error):
        return False
    return True


@contextmanager
def _explained(refused: str = "the mail server refused what was asked of the mailbox") -> Generator[None]:
    """In our own words: what a server or a library says may hold the user name, or a piece of a mail."""
    try:
        yield
    except SSLError:
        raise MailboxAway("no encrypted connection to the mailbox; check host, port and ?ca=FILE") from None
    except TimeoutError:
        raise MailboxAway("the mailbox did not answer in time") from None
    except (IMAP4.abort, OSError):
        raise MailboxAway("the mailbox could not be reached, or closed the connection") from None
    except (ImapToolsError, IMAP4.error, ValueError):
        raise MailboxAway(refused) from None
