"""Term lists: which wait to be sent, one of them as a file with names, and the word that it was sent."""

from dataclasses import asdict, fields
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli import output
from cli.cases import AsJson
from cli.days import parse_day
from cli.desk import desk, refusals

if TYPE_CHECKING:
    from casework.term_exports import Names

SERVICES = ("health", "social_care")


def known_service(service: str | None) -> str | None:
    """End the command for a service that gets no list."""
    if service is not None and service not in SERVICES:
        output.fail(f"there is no list for {service}: --service is one of {', '.join(SERVICES)}", output.USAGE)
    return service


Setting = Annotated[str | None, typer.Option("--setting", metavar="URN", help="The list of this setting.")]
Service = Annotated[
    str | None,
    typer.Option("--service", callback=known_service, help=f"The list of a service: {', '.join(SERVICES)}."),
]
NextTerm = Annotated[
    Any, typer.Option("--term", parser=parse_day, metavar="DAY", help="A day of the term (default: the next term).")
]
TermOf = Annotated[Any, typer.Option("--term", parser=parse_day, metavar="DAY", help="The first day of the term.")]
SentOn = Annotated[
    Any, typer.Option("--on", parser=parse_day, metavar="DAY", help="The day it was sent (default: today).")
]
AsXlsx = Annotated[Path | None, typer.Option("--xlsx", metavar="FILE", help="An Excel file that only you can read.")]
AsCsv = Annotated[Path | None, typer.Option("--csv", metavar="FILE", help="A CSV file that only you can read.")]

COLUMNS = {
    "recipient": "For",
    "name": "Name",
    "term_start": "Term",
    "due_on": "Send by",
    "count": "Reviews",
    "state": "State",
    "sent_on": "Sent",
}


def whose(setting: str | None, service: str | None) -> str:
    """The URN or the service; ends the command unless exactly one was named."""
    if (setting is None) == (service is None):
        output.fail("name one of --setting URN and --service health|social_care", output.USAGE)
    return setting or service or ""


def term_lists(as_json: AsJson = False) -> None:
    """Which lists of reviews are ready for a term, sent, or overdue; they are due two weeks before it.

    Example: ehcp reviews term-lists
    """
    from casework.term_exports import term_lists as prepared

    with desk() as place, refusals():
        lists = [asdict(row) for row in prepared(place.db, place.today)]
    if as_json:
        output.print_json({"lists": lists})
    else:
        output.print_table(f"Term lists: {len(lists)}", COLUMNS, lists)


def term_list(
    setting: Setting = None,
    service: Service = None,
    term: NextTerm = None,
    xlsx: AsXlsx = None,
    as_csv: AsCsv = None,
) -> None:
    """Write the reviews of a term with names into a file, for you to send by a secure way. Never send it by email.

    It holds each child whose review meeting has to be held before the term after it begins.

    Examples:

      ehcp reviews term-list --setting 117222 --xlsx 117222.xlsx

      ehcp reviews term-list --service health --term 2027-01-05 --csv health.csv
    """
    from casework.term_exports import names

    recipient = whose(setting, service)
    if (xlsx is None) == (as_csv is None):
        output.fail(
            "name one file, with --xlsx FILE or --csv FILE: the list holds names and is not shown", output.USAGE
        )
    with desk() as place, refusals():
        found = names(place.db, recipient, place.actor, place.today, term)
    write(found, xlsx, as_csv)
    output.warn(left_out(found))
    option = "--setting" if setting else "--service"
    output.news(
        "Send it by a secure way, by "
        f"{output.day_words(found.due_on)}; then say so with 'ehcp reviews term-list-sent {option} {recipient} "
        f"--term {found.term_start}'."
    )


def write(found: "Names", xlsx: Path | None, as_csv: Path | None) -> None:
    """The file, mode 0600."""
    from casework.exports import MARKED, write_csv_file, write_xlsx
    from casework.term_children import Child

    rows = [asdict(child) for child in found.children]
    headings = [field.name for field in fields(Child)]
    target = xlsx or as_csv
    assert target is not None
    with output.writing(target, f"{len(rows)} {'child' if len(rows) == 1 else 'children'}"):
        if xlsx:
            write_xlsx(xlsx, rows, f"Reviews {found.term_start}", headings)
        else:
            write_csv_file(target, rows, headings, encoding=MARKED)


def left_out(found: "Names") -> list[str]:
    """Who is on no list, and whom the mail about the list left out."""
    said: list[str] = []
    if found.restricted:
        said.append(
            f"Not on the list, because restricted to named staff: {found.restricted}. Tell the setting yourself."
        )
    if found.unarmed:
        said.append(f"On the list, but not armed yet, so not counted in the mail about it: {found.unarmed}.")
    return said


def term_list_sent(
    term: TermOf, setting: Setting = None, service: Service = None, on: SentOn = None, as_json: AsJson = False
) -> None:
    """Record that a list was sent, so that nobody is reminded of it any more.

    Example: ehcp reviews term-list-sent --setting 117222 --term 2027-01-05
    """
    from casework.term_lists import mark_sent

    recipient, day = whose(setting, service), as_day(term)
    with desk() as place, refusals():
        row = mark_sent(place.db, recipient, day, on or place.today, place.actor, place.today)
    if as_json:
        output.print_json({"recipient": recipient, "term_start": day, "sent_on": row.sent_on, "sent_by": row.sent_by})
    else:
        output.say(f"Sent on {output.day_words(row.sent_on)} by {row.sent_by}: the list of {recipient} for {day}.")


def as_day(day: Any) -> date:
    """What the option's parser made of it."""
    return day


def add_to(app: typer.Typer) -> None:
    """Register these commands."""
    for command in (term_lists, term_list, term_list_sent):
        app.command(command.__name__.replace("_", "-"))(command)
