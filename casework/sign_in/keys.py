"""Hashes that only this house can make, so that a copy of the database gives away neither a code nor who tried."""

import hmac
from hashlib import sha256

from casework.errors import Refused
from config.errors import SettingsError
from config.keys import signing_key
from config.settings import Settings


def keyed(settings: Settings, purpose: str, *parts: str) -> bytes:
    """The keyed hash of `parts` for one purpose; 32 bytes. Raises Refused when the house has no key."""
    try:
        key = signing_key(settings)
    except SettingsError as error:
        raise Refused(error.problems) from error
    # No part holds a null character, so no two lists of parts read alike.
    return hmac.new(key, "\x00".join(("ehcp sign-in", purpose, *parts)).encode(), sha256).digest()


def browser_hash(browser: str) -> bytes:
    """What is kept of the cookie by which a browser is known again (192 random bits: nothing slower is needed)."""
    return sha256(browser.encode()).digest()
