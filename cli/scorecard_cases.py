"""`ehcp scorecard cases`: the cases behind a figure."""

from dataclasses import asdict
from typing import Annotated

import typer

from cli import output
from cli.cases import AsJson
from cli.desk import desk, refusals
from cli.lists import AsCsv, CsvFile, Form, Xlsx, export
from cli.measures import MeasureId, check_in_force, known_measure
from cli.months import Month

SIDES = ("counted", "not_counted", "among", "left_out")
HEADINGS = ["case_ref", "mail_ref", "subject", "days", "counted", "why", "officer", "team"]
COLUMNS = {
    "case_ref": "Case",
    "subject": "Of",
    "days": "Days",
    "counted": "Counted",
    "officer": "Officer",
    "why": "Why",
}


def cases(
    measure: MeasureId,
    month: Month = None,
    side: Annotated[
        str, typer.Option("--side", help="counted, not_counted, among (both), or left_out with the reason.")
    ] = "among",
    part: Annotated[str, typer.Option("--part", help="Only this part of the figure, a service or a band say.")] = "",
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    xlsx: Xlsx = None,
    file: CsvFile = None,
) -> None:
    """The cases behind a figure, as known now. That you read them is put down.

    Example: ehcp scorecard cases plans_twenty_weeks --month 2026-10 --side not_counted --csv
    """
    from casework.read_log import note_read
    from scorecard.behind import Side, behind
    from scorecard.measure import Shape
    from scorecard.spans import period_of

    wanted, form = known_measure(measure), Form(as_json, as_csv, xlsx, file)
    if side not in SIDES:
        output.fail(f"--side {side!r} is none of {', '.join(SIDES)}", output.USAGE)
    if wanted.shape is Shape.FED:
        output.fail(f"{wanted.name} comes from outside: there are no cases behind it.")
    if part and not wanted.parts:
        output.fail(f"{wanted.name} has no parts: leave --part out", output.USAGE)
    with desk() as place, refusals():
        check_in_force(wanted, (month or place.today).year)
        period = period_of(wanted, month or place.today, place.today)
        if period.first > place.today:
            output.fail(f"{month:%Y-%m} is still to come: name a month that has begun.", output.USAGE)
        found = behind(place.db, wanted, period, place.actor, Side(side), part=part, page=None)
        what = f"scorecard cases {wanted.id} {period.last:%Y-%m} {side}"
        note_read(place.db, place.actor, what, [each.process_id for each in found.cases], place.now)
    rows = [{name: asdict(each)[name] for name in HEADINGS} for each in found.cases]
    if as_json:
        about = {"measure": wanted.id, "first": period.first, "last": period.last, "side": side, "part": part}
        output.print_json({**about, "items": rows, "hidden": found.hidden})
        return
    warn_of_hidden(found.hidden)
    if as_csv or xlsx:
        export(form, HEADINGS, rows, wanted.name)
        return
    output.print_table(f"{wanted.name}, {output.day_words(period.last)}, {side}: {len(rows)}", COLUMNS, rows)


def warn_of_hidden(hidden: int | None) -> None:
    """Say how many cases are not listed; None: a part has a few of them or none."""
    if hidden is None:
        output.warn(["Whether a few of this part are restricted to named staff is not said."])
    elif hidden:
        output.warn([f"{hidden} more {'is' if hidden == 1 else 'are'} restricted to named staff."])


def add_to(room: typer.Typer) -> None:
    """Register this command."""
    room.command()(cases)
