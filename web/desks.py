"""The types of a page's first parameter, `at`: whoever asks, having been let in."""

from typing import Annotated

from fastapi import Depends

from web.place import Allowed, Desk
from web.roles import ADMINISTER, ADVICE, ANYBODY, COVER_SERVICES, EVERYBODY, MANAGE, OVERSEE, PASS_ON, READ, WORK

Open = Annotated[Desk, Depends(Allowed(ANYBODY))]
Staff = Annotated[Desk, Depends(Allowed(EVERYBODY))]
Reader = Annotated[Desk, Depends(Allowed(READ))]
Worker = Annotated[Desk, Depends(Allowed(WORK))]
Overseer = Annotated[Desk, Depends(Allowed(OVERSEE))]
Manager = Annotated[Desk, Depends(Allowed(MANAGE))]
Admin = Annotated[Desk, Depends(Allowed(ADMINISTER))]
Lead = Annotated[Desk, Depends(Allowed(ADVICE))]
PassesOn = Annotated[Desk, Depends(Allowed(PASS_ON))]
CoversServices = Annotated[Desk, Depends(Allowed(COVER_SERVICES))]
