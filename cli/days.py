"""Days as people type them on a command line."""

from datetime import date, datetime

import typer

FORMATS = ("%Y-%m-%d", "%d/%m/%Y")


def parse_day(text: str) -> date:
    """A day typed as 2026-11-20 or 20/11/2026.

    Raises:
        typer.BadParameter: it is not a day that exists.
    """
    for form in FORMATS:
        try:
            return datetime.strptime(text.strip(), form).date()  # noqa: DTZ007 - a whole day has no zone
        except ValueError:
            continue
    raise typer.BadParameter(f"'{text}' is not a day that exists; write it as 2026-11-20 or 20/11/2026")
