"""The calendar: bank holidays proclaimed or taken away, closures of the offices, term dates."""

import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli import output
from cli.calendar_shown import TERM_COLUMNS, as_plain, moved, nothing, tell, term_row
from cli.cases import AsJson
from cli.days import parse_day
from cli.desk import desk, refusals

if TYPE_CHECKING:
    from casework.calendar_changes import Plan
    from casework.calendar_edits import Edit

HELP = "The calendar: bank holidays, closures of the offices, term dates; what would move is shown first."
room = typer.Typer(help=HELP, no_args_is_help=True)
adding = typer.Typer(help="Add a day to the calendar.", no_args_is_help=True)
removing = typer.Typer(help="Take a day or a term out of the calendar again.", no_args_is_help=True)


def parse_days(text: str) -> tuple[date, date]:
    """A day, or the first and the last of several: 2026-12-24..2026-12-31.

    Raises:
        typer.BadParameter: one of them is not a day that exists.
    """
    first, _, last = text.partition("..")
    return parse_day(first), parse_day(last or first)


Day = Annotated[Any, typer.Argument(parser=parse_day, metavar="DAY", help="2027-05-31 or 31/05/2027.")]
Days = Annotated[Any, typer.Argument(parser=parse_days, metavar="DAY|FROM..TO", help="Both ends included.")]
Name = Annotated[str, typer.Argument(metavar="NAME", help="What it is called. No child's name: it is shown widely.")]
Because = Annotated[
    str, typer.Option("--because", metavar="TEXT", help="Why; shown beside every day that moves. No child's name.")
]
Yes = Annotated[bool, typer.Option("--yes", help="Change it without being asked.")]
Setting = Annotated[str, typer.Option("--setting", metavar="URN", help="The terms of this school or setting.")]

DAY_COLUMNS = {"day": "Day", "kind": "What", "name": "Name", "change": "Change"}
CHANGE_COLUMNS = {"number": "No", "what": "Change", "because": "Why", "applied_at": "On", "applied_by": "By"}


@room.command("show")
def show(as_json: AsJson = False) -> None:
    """What was recorded beside England's bank holidays: days, terms, every change; and when each part runs out.

    Example: ehcp calendar show
    """
    from casework.calendar_report import report

    with desk() as place, refusals():
        found = report(place.db)
    if as_json:
        ends = [{"what": what, "until": until} for what, until in found.until]
        output.print_json({**asdict(found), "until": ends})
        return
    output.print_table("Days of the authority's own", DAY_COLUMNS, [asdict(each) for each in found.days])
    output.print_table("Terms", TERM_COLUMNS, [term_row(asdict(each)) for each in found.terms])
    output.print_table("Changes", CHANGE_COLUMNS, [asdict(each) for each in found.changes])
    for what, until in found.until:
        output.say(f"The {what} are recorded up to {output.day_words(until)}." if until else f"No {what} are recorded.")


@adding.command("bank-holiday")
def add_bank_holiday(day: Day, name: Name, because: Because = "", yes: Yes = False, as_json: AsJson = False) -> None:
    """Add a bank holiday that was proclaimed once.

    Example: ehcp calendar add bank-holiday 2027-05-31 "Jubilee" --because "Royal Proclamation of 3 May 2027"
    """
    from casework.calendar_edits import AddDays
    from casework.calendars import BANK_HOLIDAY

    change(AddDays(BANK_HOLIDAY, day, day, name), because, yes, as_json)


@adding.command("closure")
def add_closure(days: Days, name: Name, because: Because = "", yes: Yes = False, as_json: AsJson = False) -> None:
    """Add days on which the offices are closed. No limit moves: the last day on which something can be done does.

    Example: ehcp calendar add closure 2026-12-24..2026-12-31 "Christmas closure"
    """
    from casework.calendar_edits import AddDays
    from casework.calendars import CLOSURE

    change(AddDays(CLOSURE, days[0], days[1], name), because, yes, as_json)


@adding.command("working")
def add_working(day: Day, because: Because = "", yes: Yes = False, as_json: AsJson = False) -> None:
    """Make a bank holiday a working day, because it was moved or taken away that year.

    Example: ehcp calendar add working 2028-05-01 --because "moved to 8 May"
    """
    from casework.calendar_edits import AddDays
    from casework.calendars import WORKING

    change(AddDays(WORKING, day, day), because, yes, as_json)


def removal(kind: str) -> None:
    """`ehcp calendar remove bank-holiday|closure|working DAY|FROM..TO`."""
    called = kind.replace("_", "-")

    @removing.command(
        called,
        help=f"Take back what 'ehcp calendar add {called}' recorded.\n\nExample: ehcp calendar remove {called} "
        "2027-05-31",
    )
    def take_back(days: Days, because: Because = "", yes: Yes = False, as_json: AsJson = False) -> None:  # pyright: ignore[reportUnusedFunction]
        from casework.calendar_edits import RemoveDays

        change(RemoveDays(kind, days[0], days[1]), because, yes, as_json)


@removing.command("term")
def remove_term(
    first: Annotated[Any, typer.Argument(parser=parse_day, metavar="FIRST", help="The first day of the term.")],
    setting: Setting = "",
    because: Because = "",
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Take back one recorded term of the authority, or of a setting.

    Example: ehcp calendar remove term 2026-09-02 --setting 117222
    """
    from casework.calendar_edits import RemoveTerm

    change(RemoveTerm(first, setting), because, yes, as_json)


@room.command("terms")
def terms(
    file: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, metavar="FILE", help="CSV or xlsx, or iCal (.ics).")
    ],
    setting: Setting = "",
    because: Because = "",
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Record term dates: a list with the columns setting_urn (blank: all settings), first, last, name; or iCal.

    In iCal every event of whole days with "term" in its name is a term, unless it is a half-term, holiday or break.
    The file says everything between its first and its last day, for each setting in it; what was recorded there and
    is not in the file is taken out. A setting's own terms win over the authority's.

    Example: ehcp calendar terms terms.csv
    """
    from casework.calendar_edits import TakeTerms
    from casework.errors import CaseworkError
    from casework.term_files import read_terms

    try:
        read = read_terms(file, setting)
    except CaseworkError as error:
        output.fail(error.messages)
    change(TakeTerms(read), because, yes, as_json)


def change(edit: "Edit", because: str, yes: bool, as_json: bool) -> None:
    """Show what would move, ask, then change it; nothing is changed unless somebody said yes."""
    from casework.calendar_changes import apply, work_out

    with desk() as place, refusals():
        plan = work_out(place.db, edit, place.actor, place.now)
        output.warn(plan.notes)
        if not plan.what:
            nothing(as_json)
            return
        if not as_json:
            tell(plan)
        if not yes:
            ask(plan, as_json)
        applied = apply(place.db, plan, place.actor, place.now, because)
    if as_json:
        output.print_json(as_plain(plan, applied))
    else:
        clocks = f"{applied.woken} {'clock was' if applied.woken == 1 else 'clocks were'} told"
        output.say(f"Done, as change {applied.number} of the calendar: {moved(applied.moves)} moved, {clocks}.")


def ask(plan: "Plan", as_json: bool) -> None:
    """Ask on a terminal; elsewhere end the command with the remedy. Returns only after a yes."""
    if as_json:
        output.print_json(as_plain(plan, None))
    elif sys.stdin.isatty():
        if typer.confirm("Change the calendar?", err=True):
            return
        output.fail("Nothing was changed.", output.NEEDS_CONFIRMATION)
    output.fail("Nothing was changed. To change it, say it again with --yes.", output.NEEDS_CONFIRMATION)


def add_to(app: typer.Typer) -> None:
    """Register these commands."""
    app.add_typer(room, name="calendar")


room.add_typer(adding, name="add")
room.add_typer(removing, name="remove")
for each in ("bank_holiday", "closure", "working"):
    removal(each)
