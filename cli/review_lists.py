"""Reviews to work through: outstanding decisions by pile, reviews without a meeting, how the year is going."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli import output
from cli.cases import AsJson, AsOf, KnownOn
from cli.days import parse_day
from cli.desk import desk
from cli.lists import AsCsv, CsvFile, Form, Officer, Team, Xlsx, show

if TYPE_CHECKING:
    from casework.backlog import Outstanding
    from casework.backlog_queries import Whose

PILES = ("urgent", "to_decide", "maintain")
DUTIES = ("reg20_decision", "reg22_final", "devon_final")


def _one_of(known: tuple[str, ...], what: str, said: str | None) -> str | None:
    if said is not None and said not in known:
        output.fail(f"there is no {what} {said}: it is one of {', '.join(known)}", output.USAGE)
    return said


def known_pile(pile: str | None) -> str | None:
    """End the command for a pile that does not exist."""
    return _one_of(PILES, "pile", pile)


def known_duty(limit: str | None) -> str | None:
    """End the command for a limit that is owed before or without a review meeting."""
    return _one_of(DUTIES, "such limit", limit)


PileName = Annotated[
    str | None,
    typer.Option("--pile", callback=known_pile, help=f"Only this pile: {', '.join(PILES)}."),
]
Duty = Annotated[
    str,
    typer.Option("--limit", callback=known_duty, help=f"What is owed: {', '.join(DUTIES)}."),
]
Setting = Annotated[str | None, typer.Option("--setting", metavar="URN", help="Only children at this setting.")]
Year = Annotated[int | None, typer.Option("--year", min=2014, max=2100, help="The calendar year (default: this one).")]

BACKLOG = {
    "case_ref": "Review",
    "pile": "Pile",
    "reasons": "Why on top",
    "recommends": "Report says",
    "legal_due": "Legal day",
    "days_overdue": "Days",
    "officer": "Officer",
}
NO_MEETING = {
    "case_ref": "Review",
    "legal_due": "Review by",
    "days_overdue": "Days",
    "transfer_due": "Transfer by",
    "planned": "Invited for",
    "setting_urn": "Setting",
    "officer": "Officer",
}


def backlog(
    as_of: AsOf = None,
    known_on: KnownOn = None,
    pile: PileName = None,
    limit: Duty = "reg20_decision",
    officer: Officer = None,
    team: Team = None,
    setting: Setting = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    xlsx: Xlsx = None,
    file: CsvFile = None,
) -> None:
    """Decisions still owed after review meetings: what cannot wait first, oldest first, then what needs only a letter.

    Urgent: needs have changed, no school place, or a phase transfer. Maintain: the report says so, nothing to draft.

    Example: ehcp reviews backlog --pile maintain --officer r.hale
    """
    from casework.backlog import Outstanding
    from casework.backlog import backlog as listed

    form = Form(as_json, as_csv, xlsx, file)
    with desk() as place:
        found = listed(
            place.db,
            place.actor,
            place.today,
            as_of=as_of,
            known_on=known_on,
            limit=limit,
            pile=pile,
            whose=_whose(officer, team, setting),
        )
    show("Backlog", found, Outstanding, BACKLOG, form, _as_read)
    if form.is_table:
        _totals(found.items)


def no_meeting(
    as_of: AsOf = None,
    officer: Officer = None,
    team: Team = None,
    setting: Setting = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    xlsx: Xlsx = None,
    file: CsvFile = None,
) -> None:
    """Reviews that are running or past their day, in which no meeting is recorded; oldest first.

    A phase transfer counts with its own day (14 February or 30 March) where that comes before.

    Example: ehcp reviews no-meeting --setting 999001 --csv
    """
    from casework.backlog import WithoutMeeting
    from casework.backlog import no_meeting as listed

    form = Form(as_json, as_csv, xlsx, file)
    with desk() as place:
        found = listed(place.db, place.actor, place.today, as_of=as_of, whose=_whose(officer, team, setting))
    show("No meeting recorded", found, WithoutMeeting, NO_MEETING, form, _as_read)


def progress(
    year: Year = None,
    as_of: AsOf = None,
    officer: Officer = None,
    team: Team = None,
    setting: Setting = None,
    as_json: AsJson = False,
) -> None:
    """How much of the year has gone, and how many of its reviews are complete.

    Example: ehcp reviews progress --team East
    """
    from casework.review_progress import progress as worked_out

    with desk() as place:
        whose = _whose(officer, team, setting)
        found = worked_out(place.db, place.actor, place.today, year=year, as_of=as_of, whose=whose)
    if as_json:
        output.print_json(asdict(found))
        return
    output.say(
        f"{found.year_gone} % of {found.year} gone, {found.complete_percent} % of its reviews complete: "
        f"{found.complete} of {found.expected} that fall due in the year ({found.in_time} in time), "
        f"{found.overdue} overdue."
    )


def month_end(
    month: Annotated[Any, typer.Argument(parser=parse_day, metavar="DAY", help="The last day of a month.")],
) -> None:
    """How reviews stood at the end of a month, as it was put down then; what was corrected since does not show in it.

    Example: ehcp reviews month-end 2026-10-31
    """
    from casework.month_end import position_of

    if (month + timedelta(days=1)).day != 1:
        output.fail(f"{month} does not end a month: give its last day.", output.USAGE)
    with desk() as place:
        found = position_of(place.db, month)
    if found is None:
        output.fail(f"Nothing was put down for {month}. It is done on the first of each month, while a worker runs.")
    output.print_json(found)


def add_to(app: typer.Typer) -> None:
    """Register these commands."""
    app.command()(backlog)
    app.command("no-meeting")(no_meeting)
    app.command()(progress)
    app.command("month-end")(month_end)


def _whose(officer: str | None, team: str | None, setting: str | None) -> "Whose":
    from casework.backlog_queries import Whose

    return Whose(officer, team, setting)


def _as_read(row: dict[str, Any]) -> dict[str, object]:
    """A row with its codes in words."""
    coded = {name: str(row[name]).replace("_", " ").replace(",", ", ") for name in ("pile", "reasons") if name in row}
    return {**row, **coded}


def _totals(found: "Sequence[Outstanding]") -> None:
    counted = {pile: sum(each.pile == pile for each in found) for pile in PILES}
    if any(counted.values()):
        output.say(", ".join(f"{pile.replace('_', ' ')}: {number}" for pile, number in counted.items()))
