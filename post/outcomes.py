"""What an SMTP answer or failure means for a letter."""

import ssl

from aiosmtplib import SMTPAuthenticationError, SMTPException, SMTPResponseException

from post.courier import Delivery, Outcome

# The server wants something of us, not of this address: bad sequence, sign in first, encrypt first.
_OUR_SETTING = frozenset({503, 530, 538})
_LONGEST_DETAIL = 200


def refused_recipient(code: int, text: str) -> Delivery:
    """The answer to RCPT TO: the only one that is about the address."""
    if 500 <= code <= 599 and code not in _OUR_SETTING:
        return Delivery(Outcome.PERMANENT, code, _said("the address was refused", code, text))
    return Delivery(Outcome.TEMPORARY, code, _said("the address was not taken for now", code, text))


def refused_sender(code: int, text: str) -> Delivery:
    """The answer to MAIL FROM. It is about us, so no letter is given up for it: the setting will be mended."""
    return Delivery(
        Outcome.TEMPORARY,
        code,
        _said("the mail server does not take mail from this sender; check EHCP_MAIL_FROM", code, text),
    )


def refused_data(code: int) -> Delivery:
    """The answer to DATA, when it is not "go on". Only the code is kept, as below."""
    if 500 <= code <= 599 and code not in _OUR_SETTING:
        return Delivery(Outcome.PERMANENT, code, f"the letter was refused ({code})")
    return Delivery(Outcome.TEMPORARY, code, f"the letter was not taken for now ({code})")


def answered_letter(code: int) -> Delivery:
    """The answer to the letter itself. Only the code is kept: the server's text may quote the letter."""
    if 200 <= code <= 299:
        return Delivery(Outcome.ACCEPTED, code, "accepted by the mail server")
    if 400 <= code <= 599:
        return refused_data(code)
    return lost_after_sending()


def lost_after_sending() -> Delivery:
    """No answer after the whole letter had been sent: the server may have it."""
    return Delivery(
        Outcome.UNKNOWN,
        detail="the connection was lost after the letter was sent and before the answer; it may have arrived",
    )


def unreachable(error: BaseException) -> Delivery:
    """Everything before the letter itself: no connection, no encryption, no sign-in, a drop, a silence."""
    code = error.code if isinstance(error, SMTPResponseException) and error.code > 0 else None
    return Delivery(Outcome.TEMPORARY, code, _reason(error))


# Our own words only: what a server says to a sign-in, or what a library puts in its message, may hold the user name
# or worse. The first that fits counts.
_REASONS: tuple[tuple[type[BaseException], str], ...] = (
    (
        ssl.SSLCertVerificationError,
        "the mail server's certificate could not be verified; check the host in EHCP_SMTP_URL, or add ?ca=FILE",
    ),
    (ssl.SSLError, "no encrypted connection to the mail server; check scheme and port in EHCP_SMTP_URL"),
    (SMTPAuthenticationError, "the mail server refused our sign-in; check user and password in EHCP_SMTP_URL"),
    (TimeoutError, "the mail server did not answer in time"),
    (SMTPResponseException, "the mail server is not ready"),
    (OSError, "the mail server could not be reached, or closed the connection"),
    (SMTPException, "the mail server does not offer what EHCP_SMTP_URL asks for (encryption or sign-in)"),
)


def _reason(error: BaseException) -> str:
    chain = _chain(error)
    fitting = (words for kind, words in _REASONS if any(isinstance(link, kind) for link in chain))
    return next(fitting, "the mail server could not be used")


def _chain(error: BaseException | None) -> list[BaseException]:
    links: list[BaseException] = []
    while error is not None:
        links.append(error)
        error = error.__cause__
    return links


def _said(meaning: str, code: int, text: str) -> str:
    words = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return f"{meaning}: {code} {words}".strip()[:_LONGEST_DETAIL]
