"""`ehcp up`: everything on one machine, in the foreground."""

import shlex
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from cli import output
from cli.desk import settings_or_fail

if TYPE_CHECKING:
    from local.addresses import Addresses


def announce(addresses: "Addresses") -> None:
    """Say where everything is."""
    rows = [{"what": what, "where": where} for what, where in addresses.for_people().items()]
    output.print_table("EHCP Clock is up. Ctrl-C stops it.", {"what": "What", "where": "Where"}, rows)
    ehcp = shlex.quote(sys.argv[0])
    output.say(f"In another terminal: {ehcp} overdue, {ehcp} doctor")


def up(
    demo: Annotated[
        bool,
        typer.Option(
            "--demo",
            help="Load 600 synthetic cases and 400 plans as at today, arm them and send what falls due "
            "today to the catcher. Never uses a real mail server.",
        ),
    ] = False,
    port: Annotated[
        int | None,
        typer.Option("--port", min=1024, max=65000, metavar="N", help="Port of the mail pages; the others follow it."),
    ] = None,
) -> None:
    """Everything on one machine in the foreground: Postgres, Temporal with its web pages, worker, mail catcher.

    Example: ehcp up --demo
    """
    settings = settings_or_fail()
    try:
        from local.errors import LocalError
        from local.up import up as run
    except ImportError:
        output.fail(
            "The packages for one machine are not installed: install the extra 'local' ('make setup' does).",
            output.UNAVAILABLE,
        )
    try:
        run(settings, demo=demo, port=port, on_ready=announce, on_news=output.news)
    except LocalError as error:
        output.fail(str(error), output.UNAVAILABLE)


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command()(up)
