"""`ehcp web`: the pages and the API."""

from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from cli import output
from cli.desk import settings_or_fail

if TYPE_CHECKING:
    from config.settings import Settings

THREADS = 20


def web(
    host: Annotated[str, typer.Option("--host", help="Address to listen on; EHCP_WEB_HOST otherwise.")] = "",
    port: Annotated[
        int | None, typer.Option("--port", min=1, max=65535, metavar="N", help="Port; EHCP_WEB_PORT otherwise.")
    ] = None,
) -> None:
    """Serve the pages and the API. Stops cleanly on Ctrl-C or SIGTERM.

    Example: ehcp web --port 8000
    """
    settings = settings_or_fail()
    host, port = host or settings.web_host, port or settings.web_port
    _check(settings, host)
    _serve(settings, host, port)


def _check(settings: "Settings", host: str) -> None:
    from config.checks import is_loopback
    from web.built import is_built

    if not settings.database_url:
        _refuse("EHCP_DATABASE_URL is not set: the pages need a database. On one machine 'ehcp up' starts both.")
    if settings.demo and not is_loopback(host):
        _refuse("A demonstration lets anybody in: it is served on 127.0.0.1 alone. Unset EHCP_WEB_HOST or EHCP_DEMO.")
    if not is_built():
        _refuse("The style sheet and scripts were not made yet: 'make setup' does, or 'python -m web.build'.")


def _serve(settings: "Settings", host: str, port: int) -> None:
    from casework.store import StoreAway, open_store
    from config.log import configure_logging
    from web.app import create_app
    from web.place import Place
    from web.serving import listening, serve

    configure_logging(settings)
    try:
        db = open_store(settings.database_url, name="ehcp-web", pool_size=THREADS)
    except StoreAway as error:
        _refuse(str(error))
    try:
        at = listening(host, port)
    except OSError as error:
        _refuse(f"Cannot listen on port {port} of {host} ({error.strerror}): choose another with --port.")
    try:
        serve(create_app(Place(settings, db, demo=settings.demo)), settings, at)
    finally:
        db.dispose()


def _refuse(why: str) -> NoReturn:
    output.fail(why, output.UNAVAILABLE)


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command()(web)
