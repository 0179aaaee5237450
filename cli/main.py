"""The `ehcp` command: every command is named, explained and given an example here or beside it."""

import typer

from cli import cases, entry, files, health, lists, one_machine, service

app = typer.Typer(
    name="ehcp",
    help="EHCP Clock: the statutory clocks of education, health and care needs assessments and plans.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)

for room in (one_machine, entry, cases, lists, files, service, health):
    room.add_to(app)

if __name__ == "__main__":
    app()
