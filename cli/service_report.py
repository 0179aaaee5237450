"""`ehcp services report`: how services answer, as a workbook for a meeting with a provider."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli import output
from cli.desk import Desk, desk, refusals
from cli.months import parse_month

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casework.service_requests import Service


def report(
    month: Annotated[
        Any,
        typer.Option("--month", parser=parse_month, metavar="YYYY-MM", help="The month requests fell due in."),
    ],
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="The Excel file to write; only you can read it.")],
    service: Annotated[
        str, typer.Option("--service", metavar="CATEGORY/CODE", help="One service; without it all of them.")
    ] = "",
) -> None:
    """The report of a month for a meeting with a provider: figures, each breach, what is open, and what it all means.

    Example: ehcp services report --month 2026-10 --service health/paediatrics --out paediatrics.xlsx
    """
    from casework.read_log import note_read
    from casework.service_report import report_of
    from casework.service_workbook import workbook
    from config.files import write_private

    with desk() as place, refusals():
        if month > place.today:
            output.fail(f"{month:%Y-%m} is still to come: name a month that has begun.", output.USAGE)
        found = report_of(place.db, chosen(place, service), place.actor, place.today, month)
        note_read(place.db, place.actor, "services/report.xlsx", found.processes, place.now)
    with output.writing(out, f"The report about {found.month_words} (breaches: {len(found.breaches)})"):
        write_private(out, workbook(found))


def chosen(place: Desk, service: str) -> "Sequence[Service]":
    """The service that was named, or all; ends the command when there is none of that name."""
    from casework.service_requests import services_of

    known = services_of(place.db, lead=False, email=None, team=None)
    found = [each for each in known if service in ("", each.called)]
    if not found:
        names = ", ".join(each.called for each in known) or "none: add them with 'ehcp services import'"
        output.fail(f"there is no service {service or 'at all'}: the services are {names}", output.USAGE)
    return found
