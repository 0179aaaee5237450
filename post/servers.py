"""Which mail server: the setting `EHCP_SMTP_URL`, read and refused when it is unsafe."""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from types import MappingProxyType
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from post.errors import CourierSettingError

_PORTS: Mapping[str, int] = MappingProxyType({"smtp": 25, "smtps": 465, "smtp+starttls": 587})
_SHAPE = (
    "EHCP_SMTP_URL must look like smtps://user:password@mail.council.example:465 or "
    "smtp+starttls://user:password@mail.council.example:587, with special characters of the password written as %XX"
)


@dataclass(frozen=True, slots=True)
class Server:
    """A mail server and how to reach it. The password never shows in its repr.

    `scheme`: `smtp` (no encryption: this machine only), `smtps` (TLS from the first byte), `smtp+starttls` (TLS
    before anything is said). `tls`: how certificates are checked; None without encryption.
    """

    scheme: str
    host: str
    port: int
    username: str = ""
    password: str = field(default="", repr=False)
    tls: ssl.SSLContext | None = field(default=None, repr=False)


def server_from_url(url: str, *, tls: ssl.SSLContext | None = None) -> Server:
    """Read the setting. `?ca=FILE` trusts a private authority's certificate besides those of the machine.

    `tls` replaces how certificates are checked. Raises CourierSettingError for an unreadable URL, and for one
    that would send letters or a password over a network without encryption; no message repeats the password.
    """
    parts = _split(url)
    host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
    if parts.scheme == "smtp" and not is_loopback(host):
        raise CourierSettingError(
            f"EHCP_SMTP_URL would send letters to {host} without encryption: write smtps:// (port 465) or "
            "smtp+starttls:// (port 587); smtp:// is for this machine only"
        )
    return Server(
        parts.scheme,
        host,
        port,
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        None if parts.scheme == "smtp" else tls or _context(parts.query),
    )


def is_loopback(host: str) -> bool:
    """Whether the host is this machine."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        known = parts.scheme in _PORTS and bool(parts.hostname) and parts.port != 0
    except ValueError:
        # Its message may hold a piece of the password.
        raise CourierSettingError(_SHAPE) from None
    if not known or parts.path not in ("", "/") or parts.fragment or _half_signed_in(parts):
        raise CourierSettingError(_SHAPE)
    if not all(part.isprintable() for part in (url, unquote(url))):
        raise CourierSettingError(_SHAPE)
    return parts


def _half_signed_in(parts: SplitResult) -> bool:
    return bool(parts.username) != bool(parts.password)


def _context(query: str) -> ssl.SSLContext:
    options = parse_qs(query)
    if set(options) - {"ca"}:
        raise CourierSettingError("EHCP_SMTP_URL knows only the option ca, the file of a private certificate authority")
    context = ssl.create_default_context()
    for file in options.get("ca", []):
        _trust(context, file)
    return context


def _trust(context: ssl.SSLContext, file: str) -> None:
    try:
        context.load_verify_locations(cafile=Path(file))
    except OSError as error:
        raise CourierSettingError(
            f"the certificate file {file} in EHCP_SMTP_URL cannot be used: {error.strerror or 'not a certificate'}"
        ) from None
