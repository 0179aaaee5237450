"""`ehcp scorecard published`: the department's tables that the scorecard is compared with."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli import output
from cli.cases import AsJson
from cli.desk import desk, refusals

if TYPE_CHECKING:
    from scorecard.published.loading import Table
    from scorecard.published.rows import Row

published = typer.Typer(help="The department's published tables: load a new release, show what there is.")
COLUMNS = {"table": "Table", "year": "Year", "rows": "Rows", "loaded_at": "Loaded", "loaded_by": "By"}
Files = Annotated[
    list[Path],
    typer.Argument(exists=True, dir_okay=False, metavar="FILE...", help="CSV files as the department publishes them."),
]


@published.command("load")
def load(
    files: Files,
    partial: Annotated[
        bool, typer.Option("--partial", help="The files have only some areas: replace those, and keep all others.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Take in a new release: each file replaces its table for the years it has. All files are taken, or none.

    A file that lacks England, a region, or an area that there is now is refused without --partial.

    Example: ehcp scorecard published load requests.csv timeliness_20_week.csv
    """
    from scorecard.published.errors import NotATable
    from scorecard.published.loading import load as take_in

    contents = [(path.name, text_of(path)) for path in files]
    with desk() as place, refusals():
        try:
            taken = take_in(place.db, contents, place.actor, place.now, partial=partial)
        except NotATable as error:
            output.fail([*error.problems, "Nothing was loaded."])
    show_tables("Loaded", taken, as_json)


@published.command("show")
def show(
    year: Annotated[int | None, typer.Option("--year", help="Only this calendar year.")] = None,
    area: Annotated[
        str, typer.Option("--area", metavar="NAME", help="The figures of this authority, region, or England.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """The published tables that there are, with those that came with this version; or the figures of one area.

    Example: ehcp scorecard published show --area York --year 2024
    """
    from scorecard.published.errors import NotPublished
    from scorecard.published.loading import source_of, tables

    with desk() as place, refusals():
        if not area:
            show_tables("Published", [each for each in tables(place.db) if year in (None, each.year)], as_json)
            return
        source = source_of(place.db)
    try:
        code = source.code("E92000001" if area.casefold() == "england" else area)
    except NotPublished as error:
        output.fail(f"{error}", output.USAGE)
    rows = [row for row in source.each if row.area == code and year in (None, row.year)]
    if as_json:
        output.print_json({"items": [{"table": row.table, "year": row.year, **about(row)} for row in rows]})
        return
    for row in rows:
        figures = [{"column": name, "figure": value} for name, value in row.as_published().items()]
        output.print_table(f"{row.name}: {row.table}, {row.year}", {"column": "Column", "figure": "Figure"}, figures)


def about(row: "Row") -> dict[str, object]:
    """One row as data, its figures by the department's column names."""
    return {"area": row.area, "name": row.name, "level": row.level, "figures": row.as_published()}


def text_of(path: Path) -> str:
    """What a file says; ends the command when it is not text in UTF-8 or cannot be read."""
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        output.fail(f"{path.name} is not text in UTF-8: take the CSV file as the department publishes it.")
    except OSError as error:
        output.fail(f"{path} cannot be read: {error.strerror}")


def show_tables(title: str, found: "list[Table]", as_json: bool) -> None:
    """Tables by year with how many rows they have."""
    rows = [asdict(each) for each in found]
    if as_json:
        output.print_json({"tables": rows})
        return
    came = [{**row, "loaded_at": row["loaded_at"] or "with this version"} for row in rows]
    output.print_table(title, COLUMNS, came)


def add_to(room: typer.Typer) -> None:
    """Register this group."""
    room.add_typer(published, name="published")
