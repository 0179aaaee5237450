"""Checks on the addresses that settings hold: mail servers, databases, Temporal, web pages, people."""

import ipaddress
import re
from urllib.parse import SplitResult, parse_qs, urlsplit
from uuid import UUID

SMTP_SCHEMES = ("smtp", "smtps", "smtp+starttls")
POSTGRES_SCHEMES = ("postgresql+psycopg", "postgresql", "postgres")
# One mailbox and nothing that could start a second header.
_MAILBOX = re.compile(r"[^@\s<>,;\"]+@[^@\s<>,;\"]+")


def is_loopback(host: str) -> bool:
    """Whether `host` can only be this machine. A name other than localhost could be anywhere."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def host_of(url: str) -> str:
    """The host in `url`; empty when there is none."""
    return _split(url).hostname or ""


def mail_server(url: str) -> str:
    """`url` if it is a mail server that may be used: TLS is required for every host but this machine."""
    parts = _split(url)
    if parts.scheme not in SMTP_SCHEMES or not parts.hostname or parts.path.strip("/"):
        raise ValueError("must be smtps://, smtp+starttls:// or smtp:// followed by a host and nothing after the port")
    if parts.scheme == "smtp" and not is_loopback(parts.hostname):
        raise ValueError(
            "sends mail unencrypted to another machine, which is refused: "
            "use smtp+starttls:// (port 587) or smtps:// (port 465)"
        )
    return url


def mailbox_folder(url: str) -> str:
    """`url` if it is a mailbox that may be read: TLS is required for every host but this machine."""
    parts = _split(url)
    if parts.scheme == "maildir" and parts.path.startswith("/") and not parts.netloc:
        return url
    if parts.scheme not in ("imaps", "imap") or not parts.hostname or not parts.username:
        raise ValueError("must be imaps:// with user, password and host, or maildir:///and/a/folder")
    if parts.scheme == "imap" and not is_loopback(parts.hostname):
        raise ValueError("reads mail unencrypted from another machine, which is refused: use imaps:// (port 993)")
    return url


def document_store(url: str) -> str:
    """`url` if it names a bucket: s3://bucket, perhaps with a prefix, and nothing of a password."""
    parts = _split(url)
    if parts.scheme != "s3" or not parts.hostname or parts.username or parts.port:
        raise ValueError("must be s3:// and the name of a bucket, without user or password")
    asked = parse_qs(parts.query, keep_blank_values=True)
    if unknown := sorted(asked.keys() - {"region", "endpoint"}):
        raise ValueError(f"knows ?region= and ?endpoint=, not {unknown[0]}")
    for endpoint in asked.get("endpoint", ()):
        if web_page(endpoint).startswith("http://") and not is_loopback(host_of(endpoint)):
            raise ValueError("its endpoint must begin with https://, unless it is on this machine")
    return url


def uuid(text: str) -> str:
    """`text` if it is an id as GOV.UK Notify gives them."""
    try:
        return str(UUID(text))
    except ValueError:
        raise ValueError("must be an id like f33517ff-2a88-4f6e-b855-c550268ce08a") from None


def database(url: str) -> str:
    """`url` as SQLAlchemy wants it for psycopg 3, whichever usual scheme it was written with."""
    parts = _split(url)
    if parts.scheme not in POSTGRES_SCHEMES or not parts.path.strip("/"):
        raise ValueError("must be postgresql:// with user, host and the name of the database")
    return "postgresql+psycopg" + url[len(parts.scheme) :]


def host_and_port(address: str) -> str:
    """`address` if it is `host:port`, as Temporal's client wants it."""
    host, _, port = address.rpartition(":")
    if not host or "/" in host or not port.isdigit() or not 0 < int(port) < 65536:
        raise ValueError("must be host:port")
    return address


def web_page(url: str) -> str:
    """`url` without a closing slash, if it is where people reach the pages."""
    parts = _split(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("must begin with https:// or http:// and name a host")
    return url.rstrip("/")


def mailbox(address: str) -> str:
    """`address` if it is one bare mail address."""
    if not _MAILBOX.fullmatch(address):
        raise ValueError("must be one mail address without a display name")
    return address


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port  # a port that is no number shows only when it is asked for
    except ValueError:
        # The library's own message repeats the address, password included.
        raise ValueError("cannot be read as an address: check the port and any brackets") from None
    return parts
