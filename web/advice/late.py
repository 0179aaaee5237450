"""Whoever sends an answer by a link, also when the link was good while they wrote it and is no longer."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends

from casework.answering.late import late_visit, opened_late
from casework.secure_links.making import Opens
from casework.secure_links.visits import Opened, opened_by, visit_of
from web.cookies import visit_secret
from web.place import Allowed, Desk
from web.roles import BY_LINK
from web.visitors import NoVisit, VisitorDesk


def by_link_perhaps_late(desk: Annotated[Desk, Depends(Allowed(BY_LINK))]) -> VisitorDesk:
    """The desk of whoever visits, or did so until what they opened was over. Raises NoVisit."""
    secret = visit_secret(desk.request)
    visit = (visit_of(desk.db, secret, desk.now) or late_visit(desk.db, secret, desk.now)) if secret else None
    if visit is None:
        raise NoVisit
    return VisitorDesk(desk.place, desk.request, None, desk.now, visit)


PerhapsLate = Annotated[VisitorDesk, Depends(by_link_perhaps_late)]


def opened_perhaps_late(at: VisitorDesk, link_id: UUID) -> tuple[Opened, bool]:
    """What a link of a request opens, and whether it is too late for that: then nothing of the child is shown.

    Raises NoVisit, as for any other link, where this visit never could open it.
    """
    opened = opened_by(at.db, at.visit, link_id, at.now)
    if opened is not None and opened.kind is Opens.REQUEST:
        return opened, False
    late = opened_late(at.db, at.visit, link_id, at.now)
    if late is None:
        raise NoVisit
    return late, True
