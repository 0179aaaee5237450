"""`ehcp synth`: a council of nobody with the counts that were published of an authority."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli import output
from cli.days import parse_day
from cli.desk import desk

if TYPE_CHECKING:
    from datetime import date

    from scorecard.published.tables import Published
    from scorecard.synthetic.council import Council


def synth(
    like: Annotated[
        str, typer.Option("--like", metavar="AUTHORITY", help="Its published name, ONS code or three-digit number.")
    ],
    year: Annotated[int, typer.Option("--year", metavar="YEAR", help="The calendar year whose counts it has.")],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="The folder to write to; only you can read it.")],
    seed: Annotated[int, typer.Option("--seed", metavar="NUMBER", help="Another number makes other cases.")] = 1,
    as_of: Annotated[
        Any,
        typer.Option("--as-of", parser=parse_day, metavar="DAY", help="Move all days: the census becomes this day."),
    ] = None,
    loaded: Annotated[
        bool, typer.Option("--loaded", help="By the tables that 'ehcp scorecard published load' took in.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print as JSON what was made and how.")] = False,
) -> None:
    """Cases and plans of nobody, in files for `ehcp import`, with exactly the counts published of an authority.

    Published tables do not all reconcile: bridges.md says how each difference was bridged, which missing figures were
    filled, and which figures no set of cases can have.

    Example: ehcp synth --like "Kingston upon Hull, City of" --year 2024 --seed 1 --out hull
    """
    from scorecard.synthetic.writing import told, write

    made = _made(_tables(loaded=loaded), like, year, seed, as_of)
    with output.writing(out, f"{len(made.assessments)} assessments and {len(made.plans)} plans"):
        written = write(made, out)
    if as_json:
        output.print_json({**told(made), "files": written})
        return
    bridges = made.bridges
    output.say(
        f"A council like {made.name} in {made.year}, as at {output.day_words(made.as_of)}. No row is a real child."
    )
    output.say(f"Bridges: {len(bridges.bridges)}. Filled cells: {len(bridges.filled)}. Not met: {len(bridges.unmet)}.")
    output.say(f"How: {written[2]}. Load it with: ehcp import {written[0]}, then ehcp import {written[1]}")


def _tables(*, loaded: bool) -> "Published":
    """The published tables: those of the database, or, without one, those that came with this version."""
    from scorecard.published.loading import source_of
    from scorecard.published.tables import from_files

    if not loaded:
        return from_files()
    with desk() as place:
        return source_of(place.db)


def _made(source: "Published", like: str, year: int, seed: int, as_of: "date | None") -> "Council":
    from scorecard.published.errors import NotPublished
    from scorecard.synthetic.council import council

    try:
        return council(source, like, year, seed, as_of)
    except NotPublished as error:
        output.fail(f"{error}", output.USAGE)


def add_to(app: typer.Typer) -> None:
    """Register this command."""
    app.command()(synth)
