"""Months as people type them on a command line."""

from datetime import date
from typing import Annotated, Any

import typer


def parse_month(text: str) -> date:
    """The first day of a month typed as 2026-10.

    Raises:
        typer.BadParameter: it is not a month that exists.
    """
    year, _, month = text.strip().partition("-")
    try:
        if not (len(year) == 4 and len(month) == 2):
            raise ValueError
        return date(int(year), int(month), 1)
    except ValueError:
        raise typer.BadParameter(f"'{text}' is not a month; write it as YYYY-MM, for example 2026-10") from None


Month = Annotated[
    Any, typer.Option("--month", parser=parse_month, metavar="YYYY-MM", help="Another month than the present one.")
]
TheMonth = Annotated[Any, typer.Option("--month", parser=parse_month, metavar="YYYY-MM", help="Which month.")]
