"""Populations of plans and their reviews: how each plan that was held on a day stood with its last review."""

from collections.abc import Mapping
from types import MappingProxyType

from scorecard.populations.plans import HELD, OURS

# The array whose first day is the latest; of equal ones, that whose second day is: so a meeting whose decision is told
# by the review behind it is decided, and of a decision that is told twice the one with a meeting counts.
_LAST_MEETING = (
    "max(ARRAY[c.met_on, CASE WHEN c.decided_on <= p.as_at THEN c.decided_on ELSE '-infinity' END]) "
    "FILTER (WHERE c.met_on <= p.as_at)"
)
_WITH_MEETING = "c.met_on <= c.decided_on"
_COMPLETED = f"{_WITH_MEETING} AND c.decided_on <= p.last_day"


def _last_decision(where: str) -> str:
    return f"max(ARRAY[c.decided_on, c.met_on]) FILTER (WHERE {where})"


def _on(outcome: str, where: str) -> str:
    return f"max(c.decided_on) FILTER (WHERE c.outcome = '{outcome}' AND {where})"


_OUTCOMES = ("amend", "maintain", "cease")
_LAST_OF_EACH = ", ".join(
    f"{_on(outcome, where)} AS {outcome}_{name}"
    for name, where in (("known", "c.decided_on <= p.as_at"), ("completed", _COMPLETED))
    for outcome in _OUTCOMES
)


def _which(day: str, name: str) -> str:
    """The outcome of the decision on that day."""
    return f"CASE {day} " + " ".join(f"WHEN k.{each}_{name} THEN '{each}'" for each in _OUTCOMES) + " END"


# What a review tells of the one before it counts for nothing where that was opened in error.
_TOLD_IN_ERROR = (
    "SELECT v.plan_id, v.completed_on FROM counted_review v "
    "WHERE v.authority = :authority AND v.void AND v.completed_on IS NOT NULL"
)
# What is known of the reviews of each plan: one row for it, read in one pass without sorting.
_KNOWN = (
    f"SELECT c.plan_id, max(c.cycle) AS cycle, {_LAST_MEETING} AS met, "  # noqa: S608 - SQL of ours
    f"{_last_decision(f'{_WITH_MEETING} AND c.decided_on <= p.as_at')} AS decided, "
    f"{_last_decision(_COMPLETED)} AS completed, {_LAST_OF_EACH} "
    "FROM counted_review c WHERE c.authority = :authority AND NOT c.void "
    f"AND (c.place = 1 OR (c.plan_id, c.decided_on) NOT IN ({_TOLD_IN_ERROR})) GROUP BY c.plan_id"
)
_LATEST_KNOWN = "greatest(k.amend_known, k.maintain_known, k.cease_known)"
# The limit of regulation 18, of every plan once for each move: an unmet one stands in the next review as well.
_MOVES = (
    "SELECT c.plan_id, max(c.cycle) AS cycle, d.subject, d.legal_due AS due_on, min(d.met_on) AS met_on "
    "FROM deadline d JOIN counted_review c ON c.process_id = d.process_id AND c.place = 1 "
    "WHERE d.limit_id = 'reg18_phase_transfer' AND d.to_day IS NULL AND d.legal_due IS NOT NULL "
    "AND c.authority = :authority AND NOT c.void GROUP BY c.plan_id, d.subject, d.legal_due"
)

REVIEWS: Mapping[str, str] = MappingProxyType(
    {
        # Plans that are held on the day of looking, each with its last review meeting and its last decision by then;
        # and with the last decision by the end of the period: the review that was completed.
        # OFFSET 0 keeps each of these worked out once for a row, however many measures ask for it.
        "held": (
            "SELECT coalesce(r.process_id, t.process_id) AS process_id, t.id AS plan_id, t.made_on, "  # noqa: S608 - SQL of ours
            "t.made_on < CAST(date_trunc('year', p.last_day) AS date) AS expected, "
            "k.met[1] AS met_on, coalesce(k.met[2] = '-infinity', FALSE) AS undecided, "
            "k.decided[1] AS decided_on, k.decided[2] AS decided_met_on, k.decided[1] - k.decided[2] AS days, "
            f"{_which(_LATEST_KNOWN, 'known')} AS outcome, k.completed[1] AS completed_on, "
            f"k.completed[1] - k.completed[2] AS completed_days, {_which('k.completed[1]', 'completed')} "
            f"AS completed_outcome FROM plan t LEFT JOIN ({_KNOWN}) k ON k.plan_id = t.id "
            f"LEFT JOIN review r ON r.plan_id = t.id AND r.cycle = k.cycle WHERE {HELD} OFFSET 0"
        ),
        # Moves to another phase of education of the plans that are held on the day of looking, due since they came.
        "moves": (
            "SELECT r.process_id, t.id AS plan_id, m.subject, m.due_on, "  # noqa: S608 - SQL of ours
            "CASE WHEN m.met_on <= p.as_at THEN m.met_on END AS final_on, m.met_on - m.due_on AS days "
            f"FROM plan t JOIN ({_MOVES}) m ON m.plan_id = t.id "
            f"JOIN review r ON r.plan_id = t.id AND r.cycle = m.cycle WHERE {HELD} AND {OURS.format('m.due_on')}"
        ),
    }
)
