"""The `ehcp` command: every command is named, explained and given an example here or beside it."""

from typing import Any

import typer
from typer.core import TyperGroup

from cli import (
    calendar,
    cases,
    entry,
    files,
    health,
    lists,
    notify,
    one_machine,
    output,
    policy,
    rehearse,
    returns,
    reviews,
    scorecard,
    service,
    sign_in,
    synth,
    web,
)

# How a command ends on purpose, was mistyped, or lost its reader (a closed pipe); the library knows what to do.
ENDINGS = (typer.Exit, typer.Abort, typer.TyperException, BrokenPipeError)
FAULT = (
    "This is a fault in EHCP Clock, not in what you typed. What was not said to be done was not done.",
    "Please report this line, it names nobody: ",
)


class Command(TyperGroup):
    """All commands. A fault of ours ends in words and places, never in a traceback that repeats what was typed."""

    def invoke(self, ctx: typer.Context) -> Any:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Run one command; an unforeseen error is told without its message, which may quote a row about a child."""
        try:
            return super().invoke(ctx)
        except ENDINGS:
            raise
        except Exception as error:
            from config.log import places

            output.fail([FAULT[0], FAULT[1] + places(error)], output.FAULT)


app = typer.Typer(
    name="ehcp",
    cls=Command,
    help="EHCP Clock: the statutory clocks of education, health and care needs assessments and plans.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)

ROOMS = (
    *(one_machine, entry, cases, lists, reviews, files, policy, calendar, service, notify, returns),
    *(web, sign_in, health),
    *(scorecard, synth, rehearse),
)
for room in ROOMS:
    room.add_to(app)

if __name__ == "__main__":
    app()
