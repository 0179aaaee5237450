"""`ehcp login-link`: a way in for somebody who has no other yet, or when mail or the provider fails."""

from typing import TYPE_CHECKING, Annotated

import typer

from cli import output
from cli.cases import AsJson
from cli.desk import desk, refusals

if TYPE_CHECKING:
    from config.settings import Settings


def login_link(
    user: Annotated[str, typer.Argument(metavar="USER", help="Username, or mail address, of an officer.")],
    admin: Annotated[
        tuple[str, str] | None,
        typer.Option(
            "--admin",
            metavar="NAME ADDRESS",
            help="Put USER into the directory as the first administrator; only where there is none.",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """A link that signs one officer in to the pages: once, and within an hour. Hand it to nobody else.

    Example: ehcp login-link h.service
    Example: ehcp login-link h.service --admin "H. Service" head.send@council.example
    """
    from casework.sign_in.links import VALID, add_first_admin, make_link

    with desk() as place, refusals():
        if admin is not None:
            add_first_admin(place.db, user, *admin, place.actor)
        secret = make_link(place.db, user, place.actor, place.now)
        url = f"{pages_at(place.settings)}/sign-in/link/{secret}"
        until = place.now + VALID
    if as_json:
        output.print_json({"url": url, "until": until})
    else:
        output.say(url)
        output.news("Good for one hour, and for signing in once. Whoever has it can sign in: send it to nobody else.")


def pages_at(settings: "Settings") -> str:
    """Where the pages are: as the settings say, or where a running `ehcp up` serves them, or where they would be."""
    if settings.public_url:
        return settings.public_url
    try:
        from local.addresses import read
    except ImportError:
        found = None
    else:
        found = read(settings)
    return found.web if found and found.web else f"http://127.0.0.1:{settings.web_port}"


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("login-link")(login_link)
