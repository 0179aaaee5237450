"""The style sheet and scripts. No secret and nothing that was typed is in them, so that they may be compressed.

Pages are not compressed here: what is typed and the proof of our forms stand on the same page, and from the length
of such a page, compressed, the proof can be guessed (BREACH).
"""

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from web.built import Asset, asset
from web.passing import Passerby

router = APIRouter()

FOR_EVER = "public, max-age=31536000, immutable"
BRIEFLY = "public, max-age=300"


@router.get("/assets/{name}")
def one(at: Passerby, name: str) -> Response:
    """One file of the closed list; 404 for every other name."""
    found = asset(name)
    if found is None:
        raise HTTPException(404)
    return _answer(found, at.request)


def _answer(found: Asset, request: Request) -> Response:
    same = request.query_params.get("v") == found.version
    headers = {"Cache-Control": FOR_EVER if same else BRIEFLY, "Vary": "Accept-Encoding", "ETag": f'"{found.version}"'}
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        return Response(found.compressed, media_type=found.media_type, headers=headers)
    return Response(found.content, media_type=found.media_type, headers=headers)
