"""The letters to come of a case, those of one day and kind told together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from casework.forecast import Planned
from config.clock import london_day
from statute.words import listed
from web.case_words import about, letter, role


@dataclass(frozen=True, slots=True)
class Coming:
    """What goes on one day: what it is and about what, to whom, and who of them has no address."""

    day: date
    what: str
    to: str
    nowhere: str


def coming(planned: Sequence[Planned]) -> Iterator[Coming]:
    """The letters of each day and kind in one line, soonest first."""
    ordered = sorted(planned, key=lambda each: (london_day(each.at), each.kind, each.role))
    for (day, kind, who), group in groupby(ordered, key=lambda each: (london_day(each.at), each.kind, each.role)):
        each = list(group)
        named = dict.fromkeys(words for one in each if (words := about(one.limit, one.subject)))
        services = dict.fromkeys(one.service or role(who) for one in each)
        nowhere = dict.fromkeys(one.service or role(who) for one in each if not one.to)
        matter = f" ({listed(list(named))})" if named else ""
        yield Coming(day, f"{letter(kind)}{matter}", f"to {listed(list(services))}", listed(list(nowhere)))
