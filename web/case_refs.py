"""The reference of a case in an address: the mail reference, also where somebody typed the council's own.

The council's own may hold a child's initials, and addresses are kept in histories and by proxies.
"""

from typing import Annotated
from urllib.parse import quote

from fastapi import Depends, Request
from fastapi.responses import RedirectResponse, Response

from casework.case import mail_ref_called
from web.place import Desk, who_asks

_CASES = "/cases/"


class Elsewhere(Exception):
    """The page stands at another address of ours."""

    def __init__(self, url: str) -> None:
        super().__init__("elsewhere")
        self.url = url


def _by_mail_ref(request: Request, desk: Annotated[Desk, Depends(who_asks)], ref: str) -> str:
    """The mail reference of the case. Raises Elsewhere for a page that was asked for by another; UnknownCase."""
    mail_ref = mail_ref_called(desk.db, ref, desk.actor)
    if mail_ref != ref and request.method == "GET":
        raise Elsewhere(_address(request, ref, mail_ref))
    return mail_ref


CaseRef = Annotated[str, Depends(_by_mail_ref)]
"""The `ref` of every route under `/cases/{ref}`, after `at`: whoever may not read cases is refused before."""


def _address(request: Request, ref: str, mail_ref: str) -> str:
    rest = quote(request.scope["path"].removeprefix(f"{_CASES}{ref}"))
    query = f"?{request.url.query}" if request.url.query else ""
    return f"{_CASES}{mail_ref}{rest}{query}"


async def elsewhere(_: Request, error: Exception) -> Response:
    """On to where the page stands."""
    return RedirectResponse(error.url if isinstance(error, Elsewhere) else "/", status_code=303)
