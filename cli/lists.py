"""What is overdue, due soon, or lifted and past its day; the same rows for a person, a program and a spreadsheet."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli import output
from cli.cases import AsJson, AsOf, KnownOn
from cli.desk import desk, refusals

if TYPE_CHECKING:
    from casework.lists import Listed


def known_limit(limit: str | None) -> str | None:
    """End the command for a limit that does not exist: an empty list would read as 'nothing is overdue'."""
    from statute import annual_review, assessment

    known = (*assessment.LIMITS, assessment.LOCAL_DRAFT_PLAN.id, *annual_review.LIMITS)
    if limit is not None and limit not in known:
        output.fail(f"there is no limit {limit}: the limits are {', '.join(known)}", output.USAGE)
    return limit


Limit = Annotated[
    str | None,
    typer.Option("--limit", callback=known_limit, help="Only this limit, for example reg13_final_plan."),
]
Officer = Annotated[str | None, typer.Option("--officer", help="Only this officer's cases (username).")]
Team = Annotated[str | None, typer.Option("--team", help="Only this team's cases.")]
Service = Annotated[str | None, typer.Option("--service", help="Only advice owed by this service, for example health.")]
AsCsv = Annotated[bool, typer.Option("--csv", help="Print CSV, or write it to FILE.")]
CsvFile = Annotated[
    Path | None, typer.Argument(metavar="[FILE]", help="With --csv: a file to write that only you can read.")
]
Xlsx = Annotated[
    Path | None, typer.Option("--xlsx", metavar="FILE", help="Write an Excel file that only you can read.")
]

Shown = Callable[[dict[str, Any]], dict[str, object]]

# Eighty columns wide: the paragraph of the law is in every other form, and in `ehcp explain`.
CASE = {"case_ref": "Case", "limit": "Limit", "legal_due": "Legal day"}
OVERDUE_COLUMNS = {**CASE, "days_overdue": "Days", "officer": "Officer", "team": "Team"}
DUE_COLUMNS = {**CASE, "days_left": "Left", "operational_due": "Do it by", "officer": "Officer"}
LIFTED_COLUMNS = {**CASE, "lifted_until": "Relief ends", "target": "Target"}


@dataclass(frozen=True, slots=True)
class Form:
    """How a list was asked for: a table, or one of these."""

    as_json: bool
    as_csv: bool
    xlsx: Path | None
    file: Path | None = None

    @property
    def is_table(self) -> bool:
        """Whether it is shown to a person, and neither a program nor a file gets it."""
        return not (self.as_json or self.as_csv or self.xlsx)

    def __post_init__(self) -> None:
        """End the command when two forms were asked for."""
        if sum((self.as_json, self.as_csv, self.xlsx is not None)) > 1:
            output.fail("choose one of --json, --csv and --xlsx", output.USAGE)
        if self.file is not None and not self.as_csv:
            output.fail(f"{self.file} was not expected: a file is named with --csv or --xlsx", output.USAGE)


def as_shown(item: dict[str, Any]) -> dict[str, object]:
    """One row of a table: the limit with its subject, as `ehcp explain` takes them, and days left for days over."""
    limit = f"{item['limit']} {item['subject']}".strip()
    return {**item, "limit": limit, "days_left": -item["days_overdue"]}


def show(
    title: str, found: "Listed[Any]", kind: type, columns: output.Columns, form: Form, shown: Shown = as_shown
) -> None:
    """One list in the form that was asked for; rows that are not timed are named first, always.

    The headings of a file are the fields of `kind`; a row of a table is what `shown` makes of one.
    """
    items = [asdict(item) for item in found.items]
    if form.as_json:
        output.print_json({"items": items, "not_timed": found.not_timed})
        return
    headings = [field.name for field in fields(kind)]
    if form.as_csv or form.xlsx:
        if found.not_timed:
            output.warn([not_timed(found.not_timed)])
        export(form, headings, items, title)
        return
    if found.not_timed:
        output.say(not_timed(found.not_timed))
    output.print_table(f"{title}: {len(items)}", columns, [shown(item) for item in items])


def not_timed(rows: int) -> str:
    """What stands above every list until those rows are put right."""
    return f"{rows} {'row' if rows == 1 else 'rows'} refused: not timed. See the rejects file of the import."


def export(form: Form, headings: list[str], items: list[dict[str, Any]], title: str) -> None:
    """The list as CSV, on standard output or in a file, or as a workbook."""
    from casework.exports import csv_text, write_csv_file, write_xlsx

    target = form.xlsx or form.file
    if target is None:
        typer.echo(csv_text(items, headings), nl=False)
        return
    with output.writing(target, f"{len(items)} rows"):
        if form.xlsx:
            write_xlsx(target, items, title, headings)
        else:
            write_csv_file(target, items, headings)


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
    file: CsvFile = None,
) -> None:
    """Everything overdue, oldest first. Due today is not overdue; what is lifted is not here.

    Example: ehcp overdue --team East --xlsx east.xlsx
    """
    from casework.lists import Item
    from casework.lists import overdue as listed

    form = Form(as_json, as_csv, xlsx, file)
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
    show("Overdue", found, Item, OVERDUE_COLUMNS, form)


def due(
    within: Annotated[int, typer.Option("--within", min=0, metavar="DAYS", help="Calendar days from today.")] = 14,
    limit: Limit = None,
    officer: Officer = None,
    team: Team = None,
    service: Service = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    xlsx: Xlsx = None,
    file: CsvFile = None,
) -> None:
    """What falls due from today on, within so many days.

    Example: ehcp due --within 14 --officer r.hale
    """
    from casework.lists import Item
    from casework.lists import due as listed

    form = Form(as_json, as_csv, xlsx, file)
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
    show(f"Due within {within} days", found, Item, DUE_COLUMNS, form)


def lifted(
    limit: Limit = None,
    officer: Officer = None,
    team: Team = None,
    service: Service = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    xlsx: Xlsx = None,
    file: CsvFile = None,
) -> None:
    """Limits lifted by a relief and past their legal day: 'as soon as practicable' still runs.

    Example: ehcp lifted --json
    """
    from casework.lists import LiftedItem
    from casework.lists import lifted as listed

    form = Form(as_json, as_csv, xlsx, file)
    with desk() as place, refusals():
        found = listed(place.db, place.actor, place.today, limit=limit, officer=officer, team=team, service=service)
    show("Lifted and past its day", found, LiftedItem, LIFTED_COLUMNS, form)


def add_to(app: typer.Typer) -> None:
    """Register these commands."""
    for command in (overdue, due, lifted):
        app.command()(command)
