"""A part of a figure in an address, which is kept in logs: a service by its name, a person never.

Who an officer is or who approved something stands there as a word that only this house can make and read back.
"""

from fastapi import HTTPException

from casework.sign_in.keys import keyed
from scorecard.kept import Wanted, kept_card
from scorecard.measure import Measure
from web import scorecard_asked as asked
from web.place import Desk

_FIGURES = 20
"""Of the hash: enough that no two people of an authority have the same."""


def part_in_address(at: Desk, measure: Measure, part: str) -> str:
    """What stands for a part in addresses; nothing for all together. Raises Refused when the house has no key."""
    if not part or not measure.for_managers:
        return part
    return keyed(at.place.settings, "part of a figure", measure.id, part).hex()[:_FIGURES]


def part_asked(at: Desk, measure: Measure, chosen: asked.Month, said: str) -> str:
    """The part that an address means; empty for all together. Raises 404 for a person of whom there is no figure."""
    if not said or not measure.parts:
        return ""
    if not measure.for_managers:
        return said
    wanted = Wanted(chosen.first, at.today, asked.amber(at), [measure], for_managers=True)
    line = kept_card(at.db, wanted, at.now).card.line(measure.id)
    known = {part_in_address(at, measure, each.part): each.part for each in (line.parts if line else ())}
    if said not in known:
        raise HTTPException(404)
    return known[said]
