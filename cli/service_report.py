"""`ehcp services report`: how services answer, as a workbook for a meeting with a provider."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli import output
from cli.desk import Desk, desk, refusals

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casework.service_requests import Service


def month_of(text: str) -> date:
    """A month as it is typed, `2026-10`; ends the command for anything else."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        output.fail(f"{text!r} is not a month. Write it as YYYY-MM, for example 2026-10.", output.USAGE)


def report(
    month: Annotated[str, typer.Option("--month", metavar="YYYY-MM", help="The month in which requests fell due.")],
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

    wanted = month_of(month)
    with desk() as place, refusals():
        if wanted > place.today:
            output.fail(f"{month} is still to come: name a month that has begun.", output.USAGE)
        found = report_of(place.db, chosen(place, service), place.actor, place.today, wanted)
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
