"""`ehcp scorecard compare`: the measures beside what the department published."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli import output
from cli.cases import AsJson
from cli.desk import desk, refusals

if TYPE_CHECKING:
    from scorecard.comparison import Cell, Comparison, Live

COLUMNS = {"name": "Measure", "own": "Published", "region": "Region", "england": "England", "here": "Here"}


def compare(
    year: Annotated[int | None, typer.Option("--year", help="Beside another published year than the latest.")] = None,
    beside: Annotated[
        str, typer.Option("--with", metavar="NAME", help="Beside this authority, not the one of the settings.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """The department's measures as published of the authority, its region and England, beside the figures here.

    Example: ehcp scorecard compare --year 2024 --with York
    """
    from scorecard.comparison import NOBODY, comparisons, council_named
    from scorecard.measures import MEASURES
    from scorecard.published.loading import source_of

    with desk() as place, refusals():
        settings = place.settings.model_copy(update={"council": beside, "authority": ""}) if beside else place.settings
        if not council_named(source_of(place.db), settings):
            output.fail(NOBODY if not beside else f"no figures of an authority {beside!r} are published")
        published = [each for each in MEASURES if each.columns and not each.for_managers]
        found = [each for each in comparisons(place.db, settings, published, place.today) if each.years]
    if as_json:
        output.print_json({"measures": [as_plain(each, year) for each in found]})
        return
    show(found, year or max(each.years[-1].year for each in found))


def show(found: "Sequence[Comparison]", wanted: int) -> None:
    """A table of one published year, with what is counted here this year so far."""
    rows = [as_row(each, wanted) for each in found]
    here = next(live.year for live in found[0].live if not live.whole)
    output.print_table(
        f"{found[0].council}, {found[0].region} and England as published of {wanted}; here in {here} so far",
        COLUMNS,
        [row for row in rows if row],
    )
    for why in {year.broke: year.year for each in found for year in each.years if year.broke}.items():
        output.news(f"{why[1]} began the series anew: {why[0]}.")


def as_row(found: "Comparison", wanted: int) -> dict[str, object]:
    """One measure of one year; nothing where that year was not published of it."""
    year = next((each for each in found.years if each.year == wanted), None)
    if year is None:
        return {}
    here = next((live for live in found.live if not live.whole), None)
    words = {name: cell_words(getattr(year, name)) for name in ("own", "region", "england")}
    return {"name": found.measure.name, **words, "here": here and here.figure and here.figure.value}


def cell_words(cell: "Cell") -> str:
    """A published figure, or why there is none."""
    return cell.missing or str(cell.value)


def as_plain(found: "Comparison", year: int | None) -> dict[str, Any]:
    """One measure with its years, and what is counted here."""
    from scorecard.plain import number

    years = [each for each in found.years if year in (None, each.year)]
    cells = ("own", "region", "england")
    return {
        "id": found.measure.id,
        "council": found.council,
        "region": found.region,
        "verified": found.measure.verified,
        "years": [
            {"year": each.year, "broke": each.broke}
            | {name: {**asdict(getattr(each, name)), "value": number(getattr(each, name).value)} for name in cells}
            for each in years
        ],
        "here": [live_plain(each) for each in found.live],
    }


def live_plain(live: "Live") -> dict[str, Any]:
    """What is counted here of a calendar year."""
    from scorecard.plain import plain_figure

    return {"year": live.year, "whole": live.whole, "last": live.period.last, **plain_figure(live.figure)}


def add_to(room: typer.Typer) -> None:
    """Register this command."""
    room.command()(compare)
