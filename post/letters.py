"""A finished letter, and how items become one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from post.house import House
from post.items import Item


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail to one person, ready to travel. `text` and `html` say the same.

    `sender` is the address it leaves from, `sender_name` the authority; `message_id` is with its angle
    brackets; `written_at` is aware; `headers` are the further header lines.
    """

    to: str
    subject: str
    text: str
    html: str
    message_id: str
    reply_to: str
    sender: str
    sender_name: str
    written_at: datetime
    headers: Mapping[str, str]

    def written(self, at: datetime) -> "Letter":
        """The same letter with this moment (aware) as its Date."""
        return replace(self, written_at=at)


def compose(to: str, items: Sequence[Item], house: House, key: str, day: date) -> Letter:
    """One letter of everything there is to tell one person on one day, the most urgent first.

    `key` names the letter for ever (digest id): the same key gives the same Message-ID, so a letter sent
    twice can be recognised. `day` is the day the letter speaks from (Europe/London). Its Date header is the
    start of that day; `written` gives the moment of sending. Raises AddressError for an address that cannot
    be written to, PostError without items or key.
    """
    raise NotImplementedError
