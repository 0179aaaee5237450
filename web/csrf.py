"""The proof that a form is ours: keyed from the browser's own cookie, so that another site cannot know it."""

import hmac
from hashlib import sha256

from fastapi import Request

SESSION_COOKIE = "ehcp_session"
BROWSER_COOKIE = "ehcp_browser"


def csrf_of(request: Request) -> str:
    """What the forms of this browser carry: of its session, or before anybody is signed in of its browser cookie.

    Empty only when the browser has neither, and then nothing that it posts is taken.
    """
    secret = request.cookies.get(SESSION_COOKIE) or request.cookies.get(BROWSER_COOKIE)
    secret = secret or getattr(request.state, "browser", "")
    return hmac.new(secret.encode(), b"ehcp csrf", sha256).hexdigest() if secret else "none"
