"""The mailbox that bounces and replies come back to: one IMAP folder, or a Maildir on this machine.

Nothing is ever sent from here.
"""

from contextlib import AbstractContextManager
from pathlib import Path
from urllib.parse import unquote, urlsplit

from post.returns.boxes import Mailbox, MailboxAway, Waiting
from post.returns.imap import DONE, imap
from post.returns.maildir import maildir

__all__ = ["DONE", "Mailbox", "MailboxAway", "Waiting", "mailbox_at"]


def mailbox_at(url: str) -> AbstractContextManager[Mailbox]:
    """The mailbox of `EHCP_RETURNS_URL`, open while the block runs. Entering it raises MailboxAway."""
    parts = urlsplit(url)
    return maildir(Path(unquote(parts.path))) if parts.scheme == "maildir" else imap(parts)
