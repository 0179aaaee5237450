"""`ehcp up`: everything on one machine, in the foreground."""

import csv
import shlex
import sys
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from cli import output
from cli.desk import settings_or_fail

if TYPE_CHECKING:
    from local.addresses import Addresses


def announce(addresses: "Addresses", *, demo: bool) -> None:
    """Say where everything is, and in a demonstration whom one can sign in as."""
    rows = [{"what": what, "where": where} for what, where in addresses.for_people().items()]
    output.print_table("EHCP Clock is up. Ctrl-C stops it.", {"what": "What", "where": "Where"}, rows)
    ehcp = shlex.quote(sys.argv[0])
    output.say(f"In another terminal: {ehcp} overdue, {ehcp} doctor")
    if demo:
        output.print_table(f"Open {addresses.web} and sign in as", {"name": "Name", "role": "Role"}, demo_people())
        output.say(f"For managers: {addresses.web}/scorecard. Its year of history is loaded a minute later.")


def demo_people() -> list[dict[str, object]]:
    """The officers of the demonstration's own directory."""
    from demo import FOLDER

    with (FOLDER / "officers.csv").open(encoding="utf-8", newline="") as file:
        return [{"name": row["name"], "role": row["role"].replace("_", " ")} for row in csv.DictReader(file)]


def up(
    demo: Annotated[
        bool,
        typer.Option(
            "--demo",
            help="Load 600 synthetic cases and 400 plans as at today, arm them and send what falls due "
            "today to the catcher; then a quiet council for the scorecard. Never uses a real mail server.",
        ),
    ] = False,
    port: Annotated[
        int | None,
        typer.Option("--port", min=1024, max=65000, metavar="N", help="Port of the pages; the others follow it."),
    ] = None,
) -> None:
    """Everything on one machine in the foreground: the pages, Postgres, Temporal with its own, worker, mail catcher.

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
        run(settings, demo=demo, port=port, on_ready=partial(announce, demo=demo or settings.demo), on_news=output.news)
    except LocalError as error:
        output.fail(str(error), output.UNAVAILABLE)


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command()(up)
