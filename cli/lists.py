"""What is overdue, due soon, or lifted and past its day; the same rows for a person, a program and a spreadsheet."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from cli import output
from cli.cases import AsJson, AsOf, KnownOn
from cli.desk import desk, refusals

Limit = Annotated[str | None, typer.Option("--limit", help="Only this limit, for example reg13_final_plan.")]
Officer = Annotated[str | None, typer.Option("--officer", help="Only this officer's cases (username).")]
Team = Annotated[str | None, typer.Option("--team", help="Only this team's cases.")]
Service = Annotated[str | None, typer.Option("--service", help="Only advice owed by this service, for example health.")]
AsCsv = Annotated[bool, typer.Option("--csv", help="Print CSV.")]
Xlsx = Annotated[
    Path | None, typer.Option("--xlsx", metavar="FILE", help="Write an Excel file that only you can read.")
]

COLUMNS = {
    "case_ref": "Case",
    "limit": "Limit",
    "subject": "Subject",
    "legal_due": "Legal day",
    "days_overdue": "Days over",
    "officer": "Officer",
    "team": "Team",
    "citation": "Source",
}
DUE_COLUMNS = {**COLUMNS, "operational_due": "Do it by", "days_overdue": "Days"}
LIFTED_COLUMNS = {**COLUMNS, "lifted_until": "Relief ends", "target": "Target"}


def show(
    title: str,
    rows: Sequence[Any],
    not_timed: int,
    columns: dict[str, str],
    *,
    as_json: bool,
    as_csv: bool,
    xlsx: Path | None,
) -> None:
    """One list in the form that was asked for; rows that are not timed are named first, always."""
    from casework.exports import csv_text, write_xlsx

    items = [asdict(row) for row in rows]
    if as_json:
        output.print_json({"items": items, "not_timed": not_timed})
        return
    if not_timed:
        output.warn([f"{not_timed} rows refused: not timed. See the rejects file of the last import."])
    if xlsx:
        write_xlsx(xlsx, items, title)
        output.err.print(f"{len(items)} rows written to {xlsx}")
    elif as_csv:
        typer.echo(csv_text(items), nl=False)
    else:
        output.print_table(f"{title}: {len(items)}", columns, items)


def overdue(
    as_of: AsOf = None,
    known_on: KnownOn = None,
    limit: Limit = None,
    officer: Officer = None,
    team: Team = None,
    service: Service = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    xlsx: Xlsx = None,
) -> None:
    """Everything overdue, oldest first. Due today is not overdue; what is lifted is not here.

    Example: ehcp overdue --team East --xlsx east.xlsx
    """
    from casework.lists import overdue as listed

    with desk() as place, refusals():
        found = listed(
            place.db,
            place.actor,
            place.today,
            as_of=as_of,
            known_on=known_on,
            limit=limit,
            officer=officer,
            team=team,
            service=service,
        )
    show("Overdue", found.items, found.not_timed, COLUMNS, as_json=as_json, as_csv=as_csv, xlsx=xlsx)


def due(
    within: Annotated[int, typer.Option("--within", min=0, metavar="DAYS", help="Calendar days from today.")] = 14,
    limit: Limit = None,
    officer: Officer = None,
    team: Team = None,
    service: Service = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    xlsx: Xlsx = None,
) -> None:
    """What falls due from today on, within so many days.

    Example: ehcp due --within 14 --officer r.hale
    """
    from casework.lists import due as listed

    with desk() as place, refusals():
        found = listed(
            place.db,
            place.actor,
            place.today,
            within,
            limit=limit,
            officer=officer,
            team=team,
            service=service,
        )
    show(
        f"Due within {within} days",
        found.items,
        found.not_timed,
        DUE_COLUMNS,
        as_json=as_json,
        as_csv=as_csv,
        xlsx=xlsx,
    )


def lifted(
    officer: Officer = None,
    team: Team = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    xlsx: Xlsx = None,
) -> None:
    """Limits lifted by a relief and past their legal day: 'as soon as practicable' still runs.

    Example: ehcp lifted --json
    """
    from casework.lists import lifted as listed

    with desk() as place, refusals():
        found = listed(place.db, place.actor, place.today, officer=officer, team=team)
    show(
        "Lifted and past its day",
        found.items,
        found.not_timed,
        LIFTED_COLUMNS,
        as_json=as_json,
        as_csv=as_csv,
        xlsx=xlsx,
    )


def add_to(app: typer.Typer) -> None:
    """Register these commands."""
    for command in (overdue, due, lifted):
        app.command()(command)
