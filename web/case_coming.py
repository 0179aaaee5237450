"""The letters to come of a case, those of one day and kind told together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from casework.forecast import Planned
from config.clock import london_day
from statute.ladder import Role
from statute.words import listed
from web.case_words import about, letter, role

_STAFF = frozenset({Role.CASEWORKER.value, Role.MANAGER.value})


@dataclass(frozen=True, slots=True)
class Coming:
    """What goes on one day: what it is and about what, to whom, and who of them has no address."""

    day: date
    what: str
    to: str
    nowhere: str


def coming(planned: Sequence[Planned]) -> Iterator[Coming]:
    """The letters of each day and kind in one line, soonest first; told together where they say the same to several."""
    ordered = sorted(planned, key=lambda each: (london_day(each.at), each.kind, each.role))
    lines: dict[tuple[date, str], list[tuple[str, Sequence[Planned]]]] = {}
    for (day, kind, who), group in groupby(ordered, key=lambda each: (london_day(each.at), each.kind, each.role)):
        some = list(group)
        named = dict.fromkeys(words for each in some if (words := about(each.limit, each.subject)))
        what = letter(kind) + (f" ({listed(list(named))})" if named else "")
        lines.setdefault((day, what), []).append((role(who), some))
    for (day, what), told in lines.items():
        yield Coming(day, what, f"to {_people(told)}", _people(told, without_address=True))


def _people(told: Sequence[tuple[str, Sequence[Planned]]], *, without_address: bool = False) -> str:
    """Who gets them, each once: `the officer and the officer's manager`; or those without an address."""
    wanted = [_named(each) for _, some in told for each in some if not (without_address and each.to)]
    return listed(list(dict.fromkeys(wanted)))


def _named(each: Planned) -> str:
    """The service that is written to; of the authority's own people what they are, whatever service it is about."""
    return role(each.role) if each.role in _STAFF else each.service or role(each.role)
