"""The proof that a form is ours: keyed from the browser's own cookie, so that another site cannot know it."""

import hmac
from hashlib import sha256
from secrets import token_hex

from fastapi import Request

from web.cookies import browser_secret, session_secret


def csrf_of(request: Request) -> str:
    """What the forms of this browser carry: of its session, or before anybody is signed in of its browser cookie.

    A browser that has neither gets what nobody can send back.
    """
    secret = session_secret(request) or browser_secret(request)
    return hmac.new(secret.encode(), b"ehcp csrf", sha256).hexdigest() if secret else token_hex(32)
