"""Measures as people name them on a command line."""

from difflib import get_close_matches
from typing import TYPE_CHECKING, Annotated

import typer

from cli import output

if TYPE_CHECKING:
    from scorecard.measure import Measure

MeasureId = Annotated[
    str, typer.Argument(metavar="MEASURE", help="A measure's id: 'ehcp scorecard --json' and docs/scorecard.md.")
]


def check_in_force(measure: "Measure", year: int) -> None:
    """Ends the command for a measure that is not defined for the calendar year, naming the one that is."""
    from scorecard.measures import instead_of, is_in_force

    if not is_in_force(measure, year):
        instead = instead_of(measure, year)
        hint = f": look at {instead.id}" if instead else ""
        output.fail(f"{measure.id} is not in force in {year}{hint}", output.USAGE)


def known_measure(name: str) -> "Measure":
    """The measure of that id; ends the command when there is none.

    Figures by officer are for line managers, on their page: they are not known here.
    """
    from scorecard.measures import MEASURES

    known = {each.id: each for each in MEASURES if not each.for_managers}
    if name not in known:
        near = get_close_matches(name, known, n=3, cutoff=0.5)
        hint = f"did you mean {' or '.join(near)}?" if near else "'ehcp scorecard --json' lists them"
        output.fail(f"there is no measure {name}: {hint}", output.USAGE)
    return known[name]
