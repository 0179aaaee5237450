"""`ehcp scorecard`: the measures of a month, live or frozen, and the year in the department's own columns."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli import fed, output, published, scorecard_cases, scorecard_compare, scorecard_forecast, scorecard_months
from cli.cases import AsJson
from cli.desk import Desk, desk, refusals
from cli.months import Month
from cli.packs import Html, PackKind, Pdf, Public, Xlsx, check_pack, write_packs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorecard.as_published import AsPublished

room = typer.Typer()
COLUMNS = {"name": "Measure", "figure": "Figure", "of": "Of", "target": "Target", "rag": "Status", "told": "Told"}
FROZEN_COLUMNS = {"id": "Measure", "part": "Part", "figure": "Figure", "of": "Of", "target": "Target", "now": "Now"}


@room.callback(invoke_without_command=True)
def scorecard(
    context: typer.Context,
    month: Month = None,
    frozen: Annotated[bool, typer.Option("--frozen", help="As it was told: the snapshot of the month.")] = False,
    year: Annotated[
        int | None, typer.Option("--year", min=2014, max=2100, help="With --as-published: a calendar year.")
    ] = None,
    as_published: Annotated[
        bool, typer.Option("--as-published", help="The year in the columns of the department's tables.")
    ] = False,
    pack: PackKind = None,
    xlsx: Xlsx = None,
    html: Html = None,
    pdf: Pdf = None,
    public: Public = False,
    as_json: AsJson = False,
) -> None:
    """The scorecard of a month as it is known now: every measure with its figure, target and status.

    Examples:

      ehcp scorecard --month 2026-10

      ehcp scorecard --month 2026-10 --frozen --json

      ehcp scorecard --year 2025 --as-published --json

      ehcp scorecard --month 2026-10 --pack board --pdf board.pdf --xlsx board.xlsx

      ehcp scorecard --month 2026-10 --pack board --public --html published.html
    """
    if context.invoked_subcommand:
        return
    if as_published != (year is not None):
        output.fail("--year and --as-published go together: a year in the department's columns", output.USAGE)
    if as_published and (month or frozen):
        output.fail("choose a month, or a year with --as-published", output.USAGE)
    files = {"xlsx": xlsx, "html": html, "pdf": pdf}
    packed = check_pack(pack, files, public, others=as_published or frozen or as_json)
    with desk() as place, refusals():
        if packed:
            write_packs(place, packed, month, files, public)
        elif year:
            show_as_published(place, year, as_json)
        elif frozen:
            show_frozen(place, month, as_json)
        else:
            show_live(place, month or place.today, as_json)


def show_live(place: Desk, day: date, as_json: bool) -> None:
    """The live scorecard of the month of `day`; ends the command for a month that is still to come."""
    from scorecard.card import card
    from scorecard.plain import plain_card

    if day > place.today:
        output.fail(f"{day:%Y-%m} is still to come: name a month that has begun.", output.USAGE)
    found = card(place.db, day, place.today, place.settings.scorecard_amber)
    said = plain_card(found, place.now)
    if as_json:
        output.print_json(said)
        return
    state = "" if found.over else ", so far"
    for group, lines in found.groups:
        ids = {line.measure.id for line in lines}
        rows = [as_row(each) for each in said["measures"] if each["id"] in ids]
        output.print_table(f"{group.value}: {found.month:%B %Y}{state}", COLUMNS, rows)
    output.say("Told: another figure was told when the month was frozen. 'ehcp scorecard cases MEASURE' lists cases.")


def show_frozen(place: Desk, month: date | None, as_json: bool) -> None:
    """The snapshot of a month, by default the latest; ends the command when there is none."""
    from scorecard.plain import plain_snapshot
    from scorecard.snapshots.reading import frozen as snapshot_of
    from scorecard.snapshots.reading import frozen_months, is_intact
    from scorecard.snapshots.restating import restated

    wanted = month or next(iter(frozen_months(place.db)), None)
    taken = snapshot_of(place.db, wanted) if wanted else None
    if taken is None:
        output.fail("Nothing was frozen of that month. 'ehcp scorecard months' lists what was.")
    said = plain_snapshot(taken, is_intact(place.db, taken.month), restated(place.db, taken))
    if as_json:
        output.print_json(said)
        return
    now = {(each["id"], each["part"]): figure_of(each["now"] or {}) or "none" for each in said["restated"]}
    rows = [{**as_row(each), "now": now.get((each["id"], each["part"]), "")} for each in said["figures"]]
    output.print_table(f"As it was told: {taken.month:%B %Y}", FROZEN_COLUMNS, rows)
    if not said["intact"]:
        output.warn(["The snapshot does not say what was hashed when it was taken: somebody changed it."])


def show_as_published(place: Desk, year: int, as_json: bool) -> None:
    """The tables of a calendar year, to be laid beside the published file."""
    from scorecard.as_published import as_published

    found = as_published(place.db, year, place.today)
    if as_json:
        output.print_json({"authority": whose(place), "year": year, "tables": found.tables, "notes": found.notes})
        return
    for table, columns in found.tables.items():
        rows = [{"column": name, "figure": value} for name, value in (columns or {}).items()]
        output.print_table(f"{table}, {year}", {"column": "Column", "figure": "Figure"}, rows)
    say_notes(found)


def whose(place: Desk) -> str:
    """The authority by its own name; by its published one where none is set."""
    from scorecard.comparison import own_name
    from scorecard.published.loading import source_of

    return own_name(source_of(place.db), place.settings)


def say_notes(found: "AsPublished") -> None:
    """What is not there, and why."""
    for note in found.notes:
        output.news(note)


def as_row(said: "Mapping[str, Any]") -> dict[str, object]:
    """One measure, or one frozen figure, as a row of a table."""
    told = said.get("told")
    return {
        **said,
        "name": name_of(said),
        "figure": figure_of(said) or said.get("no_figure") or "",
        "of": said["denominator"],
        "rag": "" if said.get("rag") == "none" else said.get("rag"),
        "told": figure_of(told) if told and said["restated"] else "",
    }


def name_of(said: "Mapping[str, Any]") -> object:
    """The name of a measure; of a figure that was fed with the days that it is of."""
    fed = said.get("shape") == "fed" and said["value"] is not None
    return f"{said['name']} ({said['first']} to {said['last']})" if fed else said.get("name")


def figure_of(said: "Mapping[str, Any]") -> str:
    """A figure in few signs; nothing where there is none."""
    value = said.get("value")
    return "" if value is None else f"{value}%" if said.get("unit") == "%" else f"{value}"


def add_to(app: typer.Typer) -> None:
    """Register this group with all its commands."""
    for part in (scorecard_months, scorecard_cases, scorecard_forecast, scorecard_compare, published, fed):
        part.add_to(room)
    app.add_typer(room, name="scorecard")
