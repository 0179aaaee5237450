"""The reminder policy: who is reminded when, who is told of lateness, hours, school holidays, local norms."""

from pathlib import Path
from typing import Annotated

import typer

from cli import output
from cli.cases import AsJson
from cli.desk import desk, refusals

room = typer.Typer(help="The reminder policy: rungs, escalation, hours, school holidays, norms.", no_args_is_help=True)
File = Annotated[
    Path, typer.Argument(exists=True, dir_okay=False, metavar="FILE", help="TOML; 'ehcp policy show' prints one.")
]


@room.command("show")
def show(as_json: AsJson = False) -> None:
    """The policy in force, as TOML: save it, change it, adopt it.

    Example: ehcp policy show > policy.toml
    """
    from casework.adopting import policy_text

    with desk() as place, refusals():
        number, toml = policy_text(place.db)
    if as_json:
        output.print_json({"number": number, "toml": toml})
    else:
        typer.echo(toml, nl=False)


@room.command("adopt")
def adopt(file: File, as_json: AsJson = False) -> None:
    """Put a policy in force as a new version; every open clock follows it at once.

    Example: ehcp policy adopt policy.toml
    """
    from casework.adopting import adopt_policy

    with desk() as place, refusals():
        adopted = adopt_policy(place.db, file.read_text(encoding="utf-8-sig"), place.actor, place.now)
    if as_json:
        output.print_json({"number": adopted.number, "woken": adopted.woken, "recomputed": adopted.recomputed})
    else:
        output.say(f"Policy {adopted.number} is in force; {adopted.woken} open clocks follow it.")


def add_to(app: typer.Typer) -> None:
    """Register these commands."""
    app.add_typer(room, name="policy")
