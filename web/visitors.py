"""Whoever comes by a link, having typed the code that was sent to its address: what their pages work with.

`at: Visitor` is the first parameter of these pages as `at: Reader` is of others. It has all that a desk has, and knows
no member of staff: somebody who is signed in as well keeps both apart.
"""

from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends
from fastapi.responses import HTMLResponse

from casework.actor import PROFESSIONAL, Actor
from casework.secure_links.making import Opens
from casework.secure_links.visits import Opened, Visit, opened_by, visit_of
from web.cookies import visit_secret
from web.faults import Faults
from web.place import Allowed, Desk
from web.roles import BY_LINK


class NoVisit(Exception):
    """Nobody visits with this browser, or not what was asked for: they are told to open the link in the mail again."""


@dataclass(slots=True)
class VisitorDesk(Desk):
    """One request of somebody who visits by a link. `signed_in` is None, whoever else uses this browser."""

    visit: Visit

    @property
    def keeper(self) -> str:
        """For whom what is said once is kept: this visit."""
        return f"visit {self.visit.id}"

    @property
    def actor(self) -> Actor:
        """In whose name casework acts: never an address."""
        return PROFESSIONAL

    def opened(self, link_id: UUID, *kinds: Opens) -> Opened:
        """What a link opens, if it is of these kinds, this visit may open it and there is still something behind it.

        Raises NoVisit otherwise: the answer is the same whether or not there ever was such a link.
        """
        opened = opened_by(self.db, self.visit, link_id, self.now)
        if opened is None or opened.kind not in kinds:
            raise NoVisit
        return opened

    def page(
        self, template: str, *, title: str, faults: Faults | None = None, status: int = 200, **context: Any
    ) -> HTMLResponse:
        """A page as every other, with a button to sign out of the visit."""
        shown = {**context, "visit": self.visit}
        return Desk.page(self, template, title=title, faults=faults, status=status, **shown)


def by_link(desk: Annotated[Desk, Depends(Allowed(BY_LINK))]) -> VisitorDesk:
    """The desk of whoever visits with this browser. Raises NoVisit."""
    secret = visit_secret(desk.request)
    visit = visit_of(desk.db, secret, desk.now) if secret else None
    if visit is None:
        raise NoVisit
    return VisitorDesk(desk.place, desk.request, None, desk.now, visit)


Visitor = Annotated[VisitorDesk, Depends(by_link)]
