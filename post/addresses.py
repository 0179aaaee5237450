"""Mail addresses: checked before they go near a header or an SMTP command."""

import re
from email.headerregistry import Address

from post.errors import AddressError
from post.words import is_one_line

# One address, nothing else: no display name, no list, no quoting, no white space, no control character.
# Quoted local parts are lawful in RFC 5321 and used by nobody we write to; allowing them is how injections
# get in.
_LOCAL = re.compile(r"[^\s@<>()\[\]\\,;:\"\x00-\x1f\x7f]+")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_LONGEST_LOCAL, _LONGEST_ADDRESS = 64, 254


def normalised(text: str) -> str:
    """The address as it is used everywhere: trimmed, domain in lower case and in its ASCII (IDNA) form.

    The local part keeps its letters as they are, because the receiving server decides whether they matter.
    Reserved domains such as `.example` are ordinary. Raises AddressError; its message never holds the
    address.
    """
    local, at, domain = text.strip().rpartition("@")
    if not at or not local or not domain:
        raise AddressError("a mail address needs a name and a domain around one @; correct it in the directory")
    address = f"{_checked_local(local)}@{_ascii_domain(domain)}"
    if len(address) > _LONGEST_ADDRESS:
        raise AddressError(f"a mail address has at most {_LONGEST_ADDRESS} characters")
    return address


def is_address(text: str) -> bool:
    """Whether `normalised` would accept it."""
    try:
        normalised(text)
    except AddressError:
        return False
    return True


def domain_of(address: str) -> str:
    """The domain of a normalised address."""
    return address.rpartition("@")[2]


def needs_smtputf8(address: str) -> bool:
    """Whether the server must offer SMTPUTF8 (RFC 6531) to carry it: its local part is not plain ASCII."""
    return not address.isascii()


def with_name(name: str, address: str) -> Address:
    """`Name <address>` for a header. Raises AddressError if the name would break the header."""
    if not is_one_line(name):
        raise AddressError("a sender name must be one line of printable characters")
    local, _, domain = normalised(address).rpartition("@")
    return Address(name, local, domain)


def _checked_local(local: str) -> str:
    if not _LOCAL.fullmatch(local) or not local.isprintable():
        raise AddressError("the part of a mail address before the @ holds a character that cannot be used there")
    if local.startswith(".") or local.endswith(".") or ".." in local:
        raise AddressError("the part of a mail address before the @ has a dot where none may stand")
    if len(local.encode()) > _LONGEST_LOCAL:
        raise AddressError(f"the part of a mail address before the @ has at most {_LONGEST_LOCAL} characters")
    return local


def _ascii_domain(domain: str) -> str:
    try:
        # The standard codec maps to lower case and refuses empty and overlong labels.
        ascii_domain = domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        raise AddressError("the part of a mail address after the @ is not a domain name") from None
    if not all(_LABEL.fullmatch(label) for label in ascii_domain.split(".")):
        raise AddressError("the part of a mail address after the @ is not a domain name")
    return ascii_domain
