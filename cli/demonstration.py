"""What `ehcp up --demo` runs behind its first answer: hidden commands that load the demonstration."""

import time

import typer

from cli import output
from cli.desk import Desk, desk, refusals
from config.clock import utc_now


def load_demo() -> None:
    """Load the demonstration's cases as at today, arm them and make one post round. Once; `ehcp up --demo` runs it.

    Example: ehcp load-demo
    """
    from casework.caseload.demo import load_demo as load
    from casework.mailing import courier_of, house_of
    from casework.round import post_round

    with desk() as place, refusals():
        if not place.settings.demo:
            output.fail("this is for a demonstration: start one with 'ehcp up --demo'", output.USAGE)
        load(place.db, place.actor, place.now)
        wait_for_workflows(place)
        post_round(place.db, utc_now(), courier_of(place.settings), house_of(place.settings), force=True)


def load_council() -> None:
    """Add a synthetic council to the demonstration, quiet, and freeze its months. Once; `ehcp up --demo` runs it.

    Example: ehcp load-council
    """
    from scorecard.demonstration import add_council

    with desk() as place, refusals():
        if not place.settings.demo:
            output.fail("this is for a demonstration: start one with 'ehcp up --demo'", output.USAGE)
        add_council(place.db, place.settings.data_dir / "council", place.actor, place.now)


def wait_for_workflows(place: Desk) -> None:
    """Wait until every workflow was woken and has put down its messages, for at most two minutes."""
    from casework.relay import all_seen

    until = time.monotonic() + 120
    while not all_seen(place.db) and time.monotonic() < until:
        time.sleep(0.5)


def add_to(app: typer.Typer) -> None:
    """Register these commands, which are nobody's to type."""
    app.command("load-demo", hidden=True)(load_demo)
    app.command("load-council", hidden=True)(load_council)
