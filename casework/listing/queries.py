"""Which limits are on which managers' list: overdue, due soon, lifted, longest waits, saveable, due this month."""

from datetime import date, timedelta

from casework.list_queries import NOW, Query
from casework.listing.saving import window_from

# As `casework.listing.saving.can_be_met`: the family's last day must lie before the day the plan goes, that of the
# draft that is out, else of one that goes out today (`window`, to be bound). Looked up for each row in turn: EXISTS
# would be made a search of all drafts.
CAN_BE_MET = (
    "coalesce((SELECT w.legal_due FROM deadline w WHERE w.process_id = d.process_id "
    "AND w.limit_id = 'reg13_representations' AND w.to_day IS NULL LIMIT 1), :window) < d.legal_due"
)
_FINAL = "d.limit_id = 'reg13_final_plan'"
_OPEN_ASSESSMENTS = "d.process_id IN (SELECT id FROM process WHERE kind = 'assessment' AND ended_on IS NULL)"


def waits_query(today: date, weeks: int = 20) -> Query:
    """Open assessments whose request came longer ago than so many weeks, oldest first; lifted ones too."""
    standing = "d.to_day IS NULL AND d.standing IN ('open', 'lifted', 'replaced')"
    conditions = (standing, _FINAL, _OPEN_ASSESSMENTS, "d.start < :since")
    return Query(conditions, {"day": today, "since": today - timedelta(weeks=weeks)})


def saveable_query(today: date, *, can: bool | None = True) -> Query:
    """Assessments whose 20-week day is not past and can still be met, or (not `can`) cannot any more; None: both.

    It can be met while there is a day left for the draft plan that keeps the family's fifteen, or while those of a
    draft that is out end before the 20-week day.
    """
    which = {None: (), True: (CAN_BE_MET,), False: (f"NOT ({CAN_BE_MET})",)}[can]
    conditions = (NOW, _FINAL, "d.legal_due >= :day", *which)
    return Query(conditions, {"day": today, "window": window_from(today)})


def decisions_query(today: date, last: date) -> Query:
    """Decisions of reviews that bind and fall due from today up to and with `last`."""
    conditions = (NOW, "d.limit_id = 'reg20_decision'", "d.legal_due BETWEEN :day AND :last")
    return Query(conditions, {"day": today, "last": last})


def cohort_query(today: date, first: date, last: date) -> Query:
    """Every plan that is or was due in a month, however it went; where no plan came to be due it is not counted."""
    counted = "d.to_day IS NULL AND d.standing <> 'not_applicable'"
    conditions = (counted, _FINAL, "d.legal_due BETWEEN :first AND :last")
    return Query(conditions, {"day": today, "first": first, "last": last, "window": window_from(today)})
