"""A finished letter, and how items become one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import cache
from hashlib import sha256
from types import MappingProxyType
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from post.addresses import normalised
from post.errors import PostError
from post.house import House
from post.items import Item
from post.pages import Page, page_of
from post.telling import Telling

# Bounces must reach us, so only automatic answers are suppressed: never `All`, which stops them too.
HEADERS = MappingProxyType(
    {
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "OOF, AutoReply",
        "Content-Language": "en-GB",
    }
)
_CELL = "padding: 8px 16px 8px 0; border-bottom: 1px solid #b1b4b6; text-align: left; vertical-align: top;"


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail to one person, ready to travel. `text` and `html` say the same.

    `sender` is the address it leaves from, `sender_name` the authority; `message_id` is with its angle
    brackets; `written_at` is aware; `headers` are the further header lines. `again`: it may have left before, under the
    same Message-ID.
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
    again: bool = False

    def written(self, at: datetime, *, again: bool = False) -> "Letter":
        """The same letter with this moment (aware) as its Date; `again` when an attempt was made before."""
        return replace(self, written_at=at, again=again)


def compose(to: str, items: Sequence[Item], house: House, key: str, day: date, everything: str = "") -> Letter:
    """One letter of everything there is to tell one person on one day, the most urgent first.

    `key` names the letter for ever (digest id): the same key gives the same Message-ID, so a letter sent
    twice can be recognised. `day` is the day the letter speaks from (Europe/London). Its Date header is the
    start of that day; `written` gives the moment of sending. `everything` is the link to all that this person was asked
    for. Raises AddressError for an address that cannot
    be written to, PostError without items or key.
    """
    if not items or not key:
        raise PostError("a letter needs at least one item and the key that names it")
    page = page_of([Telling(item, house, day) for item in items], house, everything)
    return Letter(
        to=normalised(to),
        subject=page.title,
        text=_set("letter.txt", page),
        html=_set("letter.html", page),
        message_id=message_id(key, house),
        reply_to=normalised(house.reply_to),
        sender=normalised(house.mail_from),
        sender_name=house.authority_name,
        written_at=datetime.combine(day, time(), ZoneInfo("Europe/London")),
        headers=HEADERS,
    )


def message_id(key: str, house: House) -> str:
    """The Message-ID of the letter named `key`: the same for ever, and telling nobody what the key holds."""
    return f"<{sha256(key.encode()).hexdigest()[:40]}@{house.domain}>"


@cache
def templates() -> Environment:
    """The environment of the letters' templates, which says so when a word is missing."""
    return Environment(
        loader=PackageLoader("post"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _set(template: str, page: Page) -> str:
    return templates().get_template(template).render(page=page, cell=_CELL)
