"""A letter as it goes over the wire: one message with a plain and an HTML part."""

from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime

from post.addresses import needs_smtputf8, with_name
from post.letters import Letter

# Seven bits and CRLF, so that no server on the way has to change a byte of it.
_ASCII = SMTP.clone(cte_type="7bit")
_UTF8 = SMTPUTF8.clone(cte_type="7bit")


def needs_utf8(letter: Letter) -> bool:
    """Whether only a server with SMTPUTF8 can carry it, because of an address (text never needs it)."""
    return any(needs_smtputf8(address) for address in (letter.to, letter.sender, letter.reply_to))


def as_message(letter: Letter) -> EmailMessage:
    """The message of a letter: one recipient, no copies.

    Raises ValueError if a header would hold a line break.
    """
    message = EmailMessage(policy=_UTF8 if needs_utf8(letter) else _ASCII)
    message["From"] = with_name(letter.sender_name, letter.sender)
    message["To"] = with_name("", letter.to)
    message["Reply-To"] = with_name("", letter.reply_to)
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(letter.written_at)
    message["Message-ID"] = letter.message_id
    message.set_content(letter.text, subtype="plain", charset="utf-8", cte="quoted-printable")
    message.add_alternative(letter.html, subtype="html", charset="utf-8", cte="quoted-printable")
    # Last, because add_alternative moves every Content- header that it finds into the first part.
    for name, value in letter.headers.items():
        message[name] = value
    return message


def as_bytes(letter: Letter) -> bytes:
    """The message as bytes with CRLF line ends, the form of SMTP and of an `.eml` file."""
    return as_message(letter).as_bytes()
