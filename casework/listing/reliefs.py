"""Which relief lifts a limit: its ground and who approved it, for the list of what is lifted and past its day."""

from datetime import date

from casework.listing.details import Details
from statute.assessment import LIMITS
from statute.calendar import Calendar
from statute.case import read_case
from statute.facts import Fact
from statute.kind import ASSESSMENT
from statute.norms import NO_NORMS
from statute.reliefs import lifting


def relief_of(limit: str, subject: str, of: Details, day: date, calendar: Calendar) -> Fact | None:
    """The relief that lifts this limit on that day; the last recorded one where the law cannot be asked (a review)."""
    last = next((fact for fact in reversed(of.facts) if fact.kind == "relief"), None)
    spell = of.spells.get((limit, subject))
    if of.process != ASSESSMENT or limit not in LIMITS or spell is None:
        return last
    case = read_case(of.facts, day, calendar, NO_NORMS, 0)
    key = next((each.key for each in case.requests if each.subject == subject), subject)
    return lifting(LIMITS[limit], case, spell["start"], spell["legal_due"], key) or last
