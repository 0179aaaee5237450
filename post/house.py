"""Who writes: the authority and the box that people can answer to."""

from dataclasses import dataclass

from post.addresses import domain_of, normalised, with_name
from post.errors import PostError
from post.words import is_one_line


@dataclass(frozen=True, slots=True)
class House:
    """The sender of every letter.

    `mail_from` is the address mail leaves from (bounces come back there), `reply_to` a box that a person
    reads, `contact_phone` and `contact_email` whom to ask when an item names nobody nearer, `public_url`
    where this service can be opened, empty if there is no such place. Raises PostError when an address or
    the name is wrong.
    """

    authority_name: str
    mail_from: str
    reply_to: str
    contact_phone: str = ""
    contact_email: str = ""
    public_url: str = ""

    def __post_init__(self) -> None:
        if not self.authority_name.strip():
            raise PostError("the authority's name is missing: set EHCP_AUTHORITY_NAME")
        with_name(self.authority_name, self.mail_from)
        normalised(self.reply_to)
        if self.contact_email:
            normalised(self.contact_email)
        for text in (self.contact_phone, self.public_url):
            if not is_one_line(text):
                raise PostError("the contact telephone number and public URL must each be one line")

    @property
    def domain(self) -> str:
        """The domain letters come from; their Message-IDs end in it."""
        return domain_of(normalised(self.mail_from))

    @property
    def contact(self) -> str:
        """Whom to ring or write to when an item names nobody nearer."""
        known = [text for text in (self.contact_phone, self.contact_email or self.reply_to) if text]
        return " or ".join(known)
