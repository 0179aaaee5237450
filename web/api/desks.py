"""Who asks: whoever holds the token, with the role that they have now. Cookies are not looked at."""

from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from casework.actor import Actor
from casework.tokens import holder_of
from web.place import Allowed, Desk, NotAllowed, place_of
from web.roles import ADVICE, EVERYBODY, MANAGE, OVERSEE, READ, WORK

BEARER = HTTPBearer(
    scheme_name="token",
    description="A personal access token, made on the page 'Your account': `Authorization: Bearer ehcp_...`.",
    auto_error=False,
)


class ApiDesk(Desk):
    """One request by a program; what it records is marked as having come through the API."""

    @property
    def actor(self) -> Actor:
        """In whose name casework acts."""
        return Actor(self.me.username, "api")


class ByToken(Allowed):
    """The dependency by which an operation declares who may use it; a test reads it off every route."""

    # Not through `who_asks`: it would look for a cookie, and every dependency costs a change of threads.
    def __call__(  # pyright: ignore[reportIncompatibleMethodOverride]
        self, request: Request, given: Annotated[HTTPAuthorizationCredentials | None, Depends(BEARER)]
    ) -> Desk:
        """The desk of the token's holder. Raises NotSignedIn without a token that works, NotAllowed."""
        place = place_of(request)
        now = place.now()
        desk = ApiDesk(place, request, holder_of(place.db, given.credentials, now) if given else None, now)
        if desk.me.role not in self.access.roles:
            raise NotAllowed
        return desk


ApiStaff = Annotated[Desk, Depends(ByToken(EVERYBODY))]
ApiReader = Annotated[Desk, Depends(ByToken(READ))]
ApiWorker = Annotated[Desk, Depends(ByToken(WORK))]
ApiLead = Annotated[Desk, Depends(ByToken(ADVICE))]
ApiOverseer = Annotated[Desk, Depends(ByToken(OVERSEE))]
ApiManager = Annotated[Desk, Depends(ByToken(MANAGE))]
