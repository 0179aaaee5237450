"""`ehcp scorecard feed`: figures from outside the house, in a file."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from cli import output
from cli.cases import AsJson
from cli.desk import desk, refusals
from cli.files import File

if TYPE_CHECKING:
    from scorecard.fed.importing import FedReport

COLUMNS = {"line": "Line", "column": "Column", "reason": "Why"}


def feed(
    file: File,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen; write nothing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Take in figures from outside: waits, exclusions, attendance, audits, appeals (columns in docs/importing.md).

    The file is taken whole or not at all. Where a row is wrong, every reason is told, and the file with the reasons
    beside its rows is written to a rejects file: correct it there and feed that one.

    Example: ehcp scorecard feed waits-october.csv --dry-run
    """
    from scorecard.fed.importing import import_fed

    with desk() as place, refusals():
        fallback = place.settings.data_dir
        report = import_fed(place.db, file, place.actor, place.now, dry_run=dry_run, fallback=fallback)
    if as_json:
        output.print_json(asdict(report))
    else:
        tell(report)
    if report.refused:
        raise typer.Exit(output.REFUSED)


def tell(report: "FedReport") -> None:
    """What came of the file: what was wrong with it, or what it changed."""
    output.warn([f"the column {name} is not known and was not read" for name in report.unread])
    if report.refused:
        output.print_table("Nothing was taken", COLUMNS, [asdict(each) for each in report.refused])
        if report.rejects:
            output.say(f"The file with the reasons is {report.rejects}: correct it there and feed that one.")
        return
    said = f"{report.added} added, {report.changed} changed, {report.unchanged} unchanged."
    output.say(f"Dry run, nothing was written. It would give: {said}" if report.dry_run else f"Figures: {said}")


def add_to(room: typer.Typer) -> None:
    """Register the command."""
    room.command("feed")(feed)
