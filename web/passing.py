"""The type of `at` for what is the same whoever asks: nobody's session is looked up, so it needs no database."""

from typing import Annotated

from fastapi import Depends, Request

from web.place import Allowed, Desk, place_of
from web.roles import ANYBODY


class Passing(Allowed):
    """Lets anybody in without asking who it is."""

    def __init__(self) -> None:
        super().__init__(ANYBODY)

    def __call__(self, request: Request) -> Desk:  # pyright: ignore[reportIncompatibleMethodOverride]
        """A desk at which nobody is signed in."""
        place = place_of(request)
        return Desk(place, request, None, place.now())


Passerby = Annotated[Desk, Depends(Passing())]
