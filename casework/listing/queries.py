"""Which limits are on which managers' list: overdue, due soon, lifted, longest waits, saveable, due this month."""

from datetime import date, timedelta

from casework.list_queries import NOW, Query
from casework.listing.saving import FAMILY_KEEPS

# The last day of the family's fifteen must lie before the day the plan goes: reg 13(1)(a), "beginning with".
_WINDOW = (
    "EXISTS (SELECT FROM deadline w WHERE w.process_id = d.process_id AND w.limit_id = 'reg13_representations' "
    "AND w.to_day IS NULL{})"
)
# Bind `keeps`: the first 20-week day for which a draft that goes out today leaves the family its fifteen days.
CAN_BE_MET = (
    f"({_WINDOW.format(' AND w.legal_due < d.legal_due')} OR (NOT {_WINDOW.format('')} AND d.legal_due >= :keeps))"
)
_FINAL = "d.limit_id = 'reg13_final_plan'"
_OPEN_ASSESSMENTS = "d.process_id IN (SELECT id FROM process WHERE kind = 'assessment' AND ended_on IS NULL)"


def waits_query(today: date, weeks: int = 20) -> Query:
    """Open assessments whose request came longer ago than so many weeks, oldest first; lifted ones too."""
    standing = "d.to_day IS NULL AND d.standing IN ('open', 'lifted', 'replaced')"
    conditions = (standing, _FINAL, _OPEN_ASSESSMENTS, "d.start < :since")
    return Query(conditions, {"day": today, "since": today - timedelta(weeks=weeks)})


def saveable_query(today: date, *, can: bool = True) -> Query:
    """Assessments whose 20-week day is not past and can still be met, or (not `can`) cannot any more.

    It can be met while there is a day left for the draft plan that keeps the family's fifteen, or while those of a
    draft that is out end before the 20-week day.
    """
    conditions = (NOW, _FINAL, "d.legal_due >= :day", CAN_BE_MET if can else f"NOT {CAN_BE_MET}")
    return Query(conditions, {"day": today, "keeps": today + FAMILY_KEEPS})


def decisions_query(today: date, last: date) -> Query:
    """Decisions of reviews that bind and fall due from today up to and with `last`."""
    conditions = (NOW, "d.limit_id = 'reg20_decision'", "d.legal_due BETWEEN :day AND :last")
    return Query(conditions, {"day": today, "last": last})


def cohort_query(today: date, first: date, last: date) -> Query:
    """Every plan that is or was due in a month, however it went; where no plan came to be due it is not counted."""
    counted = "d.to_day IS NULL AND d.standing <> 'not_applicable'"
    conditions = (counted, _FINAL, "d.legal_due BETWEEN :first AND :last")
    return Query(conditions, {"day": today, "first": first, "last": last, "keeps": today + FAMILY_KEEPS})
