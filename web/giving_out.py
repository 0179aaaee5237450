"""Giving a document out: always to be saved, never shown by the browser, whatever is in it."""

import re
import unicodedata
from urllib.parse import quote

from fastapi.responses import Response

from casework.documents import Content
from documents.checking import TYPES

_OTHER = "application/octet-stream"
_PLAIN = re.compile(r"[^A-Za-z0-9._ ()-]+")


def given_out(content: Content) -> Response:
    """The document, to be saved under its name."""
    headers = {
        "Content-Disposition": disposition(content.name),
        "X-Content-Type-Options": "nosniff",
        # Should a browser show it all the same, nothing in it runs, and it belongs to no site.
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cache-Control": "private, no-store",
    }
    media_type = content.media_type if content.media_type in TYPES else _OTHER
    return Response(content.content, media_type=media_type, headers=headers)


def disposition(name: str) -> str:
    """The header that says under which name a file is to be saved, in signs that every browser knows and as it is."""
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = _PLAIN.sub("-", bare).strip(" -") or "document"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
