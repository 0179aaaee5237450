"""`ehcp scorecard freeze`, `months` and `note`: frozen months, and what is said of a measure."""

from decimal import Decimal
from typing import Annotated, Any

import typer

from cli import output
from cli.cases import AsJson
from cli.desk import desk, refusals
from cli.entry import read_stdin
from cli.measures import MeasureId, check_in_force, known_measure
from cli.months import TheMonth

ACTIONS = ("not_started", "some_action", "advanced", "outcome_reached")


def freeze(month: TheMonth, as_json: AsJson = False) -> None:
    """Freeze the scorecard of a month that is over. A worker does it at each month's end; once done, it stays.

    Example: ehcp scorecard freeze --month 2026-10
    """
    from scorecard.snapshots.freezing import NotOver
    from scorecard.snapshots.freezing import freeze as freeze_month

    with desk() as place, refusals():
        try:
            made = freeze_month(place.db, month, place.actor, place.now)
        except NotOver as error:
            output.fail(f"{error}: what is frozen never changes, so the month must have ended.")
    if as_json:
        output.print_json({"month": f"{month:%Y-%m}", "frozen": made is not None, "id": made})
        return
    output.say(f"{month:%B %Y} is frozen." if made else f"{month:%B %Y} was frozen before; nothing was changed.")


def months(as_json: AsJson = False) -> None:
    """The months that were frozen, the newest first.

    Example: ehcp scorecard months
    """
    from scorecard.snapshots.reading import frozen_on_days, is_late

    with desk() as place, refusals():
        found = frozen_on_days(place.db)
    if as_json:
        output.print_json({"months": [f"{each:%Y-%m}" for each in found]})
        return
    rows = [
        {"month": f"{each:%Y-%m}", "on": taken, "late": "late" if is_late(each, taken) else ""}
        for each, taken in found.items()
    ]
    output.print_table("Frozen months", {"month": "Month", "on": "Frozen on", "late": "Late"}, rows)


def note(
    measure: MeasureId,
    month: TheMonth,
    owner: Annotated[str | None, typer.Option("--owner", help="Who answers for the measure from then on.")] = None,
    target: Annotated[
        str | None, typer.Option("--target", metavar="NUMBER", help="The authority's own target, in the figure's unit.")
    ] = None,
    action: Annotated[str | None, typer.Option("--action", help=f"How far it is: {', '.join(ACTIONS)}.")] = None,
    narrative: Annotated[
        str | None, typer.Option("--narrative", metavar="-", help="-: read what is to be said from standard input.")
    ] = None,
) -> None:
    """Say something of a measure for a month; what is not named here stays as it was. No child's name: boards read it.

    Example: echo "Two posts filled." | ehcp scorecard note plans_twenty_weeks --month 2026-10 --action advanced
    --narrative -
    """
    from scorecard.notes import change_note
    from scorecard.noting import NotNoted, noted

    wanted = known_measure(measure)
    check_in_force(wanted, month.year)
    if narrative not in (None, "-"):
        output.fail("--narrative takes - alone: the words come by standard input", output.USAGE)
    said: dict[str, Any] = {
        "owner": owner,
        "target": target_in(target),
        "action": action_in(action),
        "narrative": None if narrative is None else read_stdin("what is to be said"),
    }
    if all(each is None for each in said.values()):
        output.fail("say something: --owner, --target, --action or --narrative -", output.USAGE)
    with desk() as place, refusals():
        try:
            change_note(
                place.db, wanted.id, month, lambda held: noted(held, wanted, month, **said), place.actor, place.now
            )
        except NotNoted as error:
            output.fail("; ".join(f"--{field} {words}" for field, words in error.faults), output.USAGE)
    output.say(f"Noted of {wanted.name} for {month:%B %Y}.")


def target_in(typed: str | None) -> Decimal | None:
    """A target as typed; ends the command for what is no number."""
    from scorecard.noting import NotANumber, target_of

    try:
        return None if typed is None else target_of(typed)
    except NotANumber as error:
        output.fail(f"--target: {error}", output.USAGE)


def action_in(typed: str | None) -> Any:
    """A point of the scale; ends the command for another word."""
    from scorecard.notes import Action

    if typed is not None and typed not in ACTIONS:
        output.fail(f"--action {typed!r} is none of {', '.join(ACTIONS)}", output.USAGE)
    return None if typed is None else Action(typed)


def add_to(room: typer.Typer) -> None:
    """Register these commands."""
    for command in (freeze, months, note):
        room.command()(command)
