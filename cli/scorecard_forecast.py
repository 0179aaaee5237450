"""`ehcp scorecard forecast`: who will probably be in time, and how the last forecast did."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli import output
from cli.cases import AsJson
from cli.days import parse_day
from cli.desk import Desk, desk, refusals

if TYPE_CHECKING:
    from datetime import date

Plain = Mapping[str, Any]

SHOWN = 20
MONTHS = {
    "limit": "Limit",
    "month": "Month",
    "in_time": "In time",
    "late": "Late",
    "open": "Open",
    "rate": "Expected in time",
    "interval": "80% interval",
    "breaches": "Expected late",
}
CASES = {
    "case_ref": "Case",
    "limit": "Next limit",
    "last_day": "Last day",
    "stage": "Stage",
    "chance": "Chance",
    "rests_on": "Rests on",
    "officer": "Officer",
}
HELD = {
    "limit": "Limit",
    "month": "Month",
    "rate": "Expected in time",
    "interval": "80% interval",
    "came": "Came",
    "inside": "Inside",
}
BANDS = {"limit": "Limit", "chance": "Chance given", "cases": "Cases", "mean": "On average", "met": "Met it"}
SCORES = {
    "limit": "Limit",
    "cases": "Cases",
    "brier": "Brier score",
    "brier_of_rate_before": "Of the rate before",
    "rate_before": "That rate",
}


def forecast(
    as_of: Annotated[
        Any, typer.Option("--as-of", parser=parse_day, metavar="DAY", help="As it could have been made on this day.")
    ] = None,
    backtest: Annotated[
        bool, typer.Option("--backtest", help="How the forecast of the last whole quarter did instead.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Who will probably be in time: the months to come, and the open cases most at risk, from the council's own waits.

    Example: ehcp scorecard forecast --backtest
    """
    with desk() as place, refusals():
        day = as_of or place.today
        if day > place.today:
            output.fail(f"{day} is still to come: a forecast is made from what has happened.", output.USAGE)
        if backtest:
            show_look_back(place, day, as_json)
        else:
            show_forecast(place, day, as_json)


def show_forecast(place: Desk, day: "date", as_json: bool) -> None:
    """The forecast of a day with its cases; that they were read is put down."""
    from casework.read_log import note_read
    from scorecard.forecast.looking_ahead import forecast as forecast_of
    from scorecard.forecast.plain import plain_case, plain_forecast
    from scorecard.forecast.reading import named, unseen

    found = forecast_of(place.db, day)
    others = unseen(place.db, place.actor)
    hidden = len({each.process_id for each in found.chances} & others)
    shown = [each for each in found.chances if each.process_id not in others][: None if as_json else SHOWN]
    names = named(place.db, [each.process_id for each in shown])
    note_read(place.db, place.actor, "scorecard forecast", names, place.now)
    cases = [plain_case(each, names[each.process_id]) for each in shown]
    said = plain_forecast(found)
    if as_json:
        output.print_json({**said, "cases": cases, "hidden": hidden})
        return
    months = [month_row(limit["name"], each) for limit in said["limits"] for each in limit["months"] if is_said(each)]
    output.print_table("In time, by the month of the last day", MONTHS, months)
    rows = [{**each, "chance": percent(each["chance"]) or "too few"} for each in cases]
    output.print_table(f"Cases most at risk: {len(rows)} of {len(found.chances)}", CASES, rows)
    if hidden:
        output.warn([f"{hidden} more {'is' if hidden == 1 else 'are'} restricted to named staff."])
    output.say(f"From what happened since {output.day_words(found.first)}. docs/forecast.md says how, and its limits.")


def show_look_back(place: Desk, day: "date", as_json: bool) -> None:
    """How the forecast of the last quarter before `day` did."""
    from scorecard.forecast.looking_back import look_back
    from scorecard.forecast.plain import plain_look_back

    said = plain_look_back(look_back(place.db, day))
    if as_json:
        output.print_json(said)
        return
    made = output.day_words(said["day"])
    months = [held_row(each["name"], month) for each in said["limits"] for month in each["months"]]
    output.print_table(f"Forecast as on {made}, and what came", HELD, months)
    bands = [band_row(each["name"], band) for each in said["limits"] for band in each["bands"] if band["cases"]]
    output.print_table("Of cases given a chance, how many met their limit", BANDS, bands)
    scores = [{**each, "limit": each["name"], "rate_before": percent(each["rate_before"])} for each in said["limits"]]
    output.print_table("How far chances were from what came (0 is perfect, a coin gets 0.25)", SCORES, scores)


def is_said(month: Plain) -> bool:
    """Whether anything is due in the month."""
    return bool(month["open"] or month["in_time"] or month["late"])


def month_row(limit: str, said: Plain) -> Plain:
    """A month to come as a row."""
    row, rate, late = {**said, "limit": limit}, said["rate"], said["expected_late"]
    if not rate:
        return {**row, "rate": "too few past cases" if said["open"] else "nothing due"}
    breaches = f"{late['expected']:.1f} ({late['low']:.0f} to {late['high']:.0f})"
    return {**row, "rate": percent(rate["expected"]), "interval": interval(rate), "breaches": breaches}


def held_row(limit: str, said: Plain) -> Plain:
    """A month as it was forecast and as it came."""
    row = month_row(limit, said["forecast"])
    return {**row, "came": percent(said["came"]["rate"]) or "nothing due", "inside": said["inside"]}


def band_row(limit: str, band: Plain) -> Plain:
    """A fifth of chances."""
    return {**band, "limit": limit, "mean": percent(band["mean_chance"]), "met": band["met"]}


def interval(spread: Plain) -> str:
    """`29% to 41%`."""
    return f"{percent(spread['low'])} to {percent(spread['high'])}"


def percent(share: float | None) -> str:
    """`43%`; empty where there is none."""
    return "" if share is None else f"{100 * share:.0f}%"


def add_to(room: typer.Typer) -> None:
    """Register this command."""
    room.command()(forecast)
