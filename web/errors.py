"""What people see when something cannot be done: plain, with a way on, and never a trace of the inside."""

from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from starlette.exceptions import HTTPException

from casework.documents import UnknownDocument
from casework.errors import CaseworkError, UnknownCase
from casework.unfiled import UnknownMail
from config.log import get_log
from documents.errors import StoreAway
from web.case_refs import Elsewhere, elsewhere
from web.forms import NotOurForm
from web.place import Desk, NotAllowed, NotSignedIn, who_asks
from web.security import head
from web.visitors import NoVisit
from web.without_commands import without_commands

NOT_FOUND = "Page not found"

log = get_log(__name__)


async def not_signed_in(request: Request, _: Exception) -> Response:
    """Off to sign in, and back here afterwards (a page that was asked for, never a form that was posted)."""
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    back = f"?next={quote(here, safe='')}" if request.method == "GET" and here != "/" else ""
    return RedirectResponse(f"/sign-in{back}", status_code=303)


async def not_allowed(request: Request, _: Exception) -> Response:
    """403."""
    said = ["Your role does not allow you to use this page. If you need it, ask your manager or administrator."]
    return _page(request, 403, "You cannot use this page", said)


async def no_visit(request: Request, _: Exception) -> Response:
    """403: nobody visits, or the link is none, too old, revoked, or another's: the same words for all of it."""
    said = [
        "This page cannot be opened now. Open the link in the email again, and type the code that we send you.",
        "Nothing that was sent in this page has been recorded. Your browser may still hold what you typed.",
        "If that does not help, the request may have been answered, passed on or closed. Ask whoever wrote to you.",
    ]
    return _page(request, 403, "Open the link again", said)


async def not_our_form(request: Request, _: Exception) -> Response:
    """The form was not ours, or somebody signed out meanwhile."""
    said = [
        "This page had been open too long, or you signed out in another window. Nothing was recorded.",
        "Go back, reload the page, and send it again. Your browser may still hold what you typed.",
    ]
    return _page(request, 403, "Send that again", said)


async def unknown_case(request: Request, error: Exception) -> Response:
    """No such case, or it is not for this person to know: the same words for both."""
    return _page(request, 404, "Case not found", _messages(error))


async def refused(request: Request, error: Exception) -> Response:
    """A command that no page has explained beside its field."""
    return _page(request, 422, "That could not be done", _messages(error))


async def unreadable(request: Request, _: Exception) -> Response:
    """An address or a form that no page of ours makes."""
    return _page(request, 404, NOT_FOUND, ["The address is not one of ours. Check it, or start from 'My work'."])


async def http_error(request: Request, error: Exception) -> Response:
    """What the framework says no to: unknown addresses, methods, bodies too large or malformed."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    if status == 404:
        return await unreadable(request, error)
    if isinstance(error, HTTPException) and status == 413:
        return _page(request, 413, "That is too large", [error.detail, "Nothing was recorded."])
    return _page(request, status, "That could not be done", ["The request could not be read. Nothing was recorded."])


async def away(request: Request, error: Exception) -> Response:
    """503: the database does not answer."""
    log.error("database_away", error=error)
    said = [
        "EHCP Clock cannot reach its records at the moment. Nothing that you sent was recorded.",
        "Wait a minute, then go back and send it again, or reload the page.",
    ]
    answer = _page(request, 503, "Try again in a minute", said)
    answer.headers["Retry-After"] = "30"
    return answer


async def documents_away(request: Request, error: Exception) -> Response:
    """503: the store of documents does not answer, or has no key."""
    log.error("documents_away", error=error)
    said = [
        "EHCP Clock cannot keep or read documents at the moment. Nothing that you sent was recorded.",
        "Wait a few minutes, then go back and send it again. If it goes on, tell your administrator.",
    ]
    answer = _page(request, 503, "Documents cannot be reached", said)
    answer.headers["Retry-After"] = "300"
    return answer


async def unknown_document(request: Request, error: Exception) -> Response:
    """No such document, or it is not for this person to know: the same words for both."""
    return _page(request, 404, "Document not found", _messages(error))


async def unknown_mail(request: Request, error: Exception) -> Response:
    """No such mail to file, or it is not for this person to know: the same words for both."""
    return _page(request, 404, "Mail not found", _messages(error))


async def fault(request: Request, _: Exception) -> Response:
    """500: a fault of ours. It is answered outside of the guard, so the guard's headers are put on here."""
    said = [
        "Something went wrong here, and it is not your fault. What you sent last may not have been recorded.",
        "Look at the case before you send it again. If it happens again, tell your administrator what you did.",
    ]
    answer = _page(request, 500, "Something went wrong", said)
    head(answer.headers, request)
    return answer


def _messages(error: Exception) -> list[str]:
    return [without_commands(said) for said in error.messages] if isinstance(error, CaseworkError) else []


def _page(request: Request, status: int, title: str, said: list[str]) -> Response:
    desk = _desk(request)
    return desk.page("problem.html", title=title, status=status, sentences=said)


def _desk(request: Request) -> Desk:
    try:
        return who_asks(request)
    except Exception:  # the database is away: the page is shown without a name
        place = request.app.state.place
        return Desk(place, request, None, place.now())


def add_to(app: FastAPI) -> None:
    """Register the handlers."""
    handlers = {
        NotSignedIn: not_signed_in,
        NotAllowed: not_allowed,
        NoVisit: no_visit,
        Elsewhere: elsewhere,
        NotOurForm: not_our_form,
        UnknownCase: unknown_case,
        UnknownDocument: unknown_document,
        UnknownMail: unknown_mail,
        StoreAway: documents_away,
        CaseworkError: refused,
        RequestValidationError: unreadable,
        HTTPException: http_error,
        404: unreadable,
        OperationalError: away,
        NoConnection: away,
        Exception: fault,
    }
    for what, handler in handlers.items():
        app.add_exception_handler(what, handler)
