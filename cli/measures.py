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
