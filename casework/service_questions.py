"""Requests to services as figures count them: when each was due, what became of it by then, and what came, in SQL."""

from casework.service_requests import SHOWN
from records.tables.facts import ANSWERS

OWED = "outcome IN ('on_time', 'late', 'out', 'never')"
"""What was due: whatever had not come in time is in it, also what never came."""

IN_ANY_CASE = "outcome <> 'let_go'"
"""What came counts also where an exception lifted its day."""

_DAYS = (
    "SELECT s.process_id, s.subject, s.service, s.start, s.legal_due, s.met_on, s.standing "
    "FROM deadline s WHERE s.authority = :authority AND s.to_day IS NULL "
    "AND s.limit_id IN ('reg8_advice', 'code_advice') AND s.standing IN ('open', 'met', 'met_late', "
    "'met_under_relief', 'lifted', 'ended_overdue', 'not_applicable')"
)
_ASKED = (
    "SELECT a.process_id, a.subject, a.body_id, b.name AS service, s.start, s.legal_due, s.met_on, "  # noqa: S608 - ours
    "CAST(date_trunc('month', s.legal_due) AS date) AS month, CASE s.standing WHEN 'met' THEN 'on_time' "
    "WHEN 'met_late' THEN 'late' WHEN 'open' THEN 'out' WHEN 'ended_overdue' THEN 'never' "
    "WHEN 'not_applicable' THEN 'let_go' ELSE 'excepted' END AS outcome "
    "FROM days s JOIN advice_request a ON a.process_id = s.process_id AND a.category = s.service "
    f"AND a.mode = 'seek' AND {SHOWN} JOIN body b ON b.id = a.body_id"
)
# With what each retraction of the same case takes out, so that no fact asks for its own.
_FACTS = (
    "SELECT f.process_id, f.subject, f.kind, f.sequence, f.attributes, array_agg(f.supersedes) "  # noqa: S608 - ours
    "FILTER (WHERE f.kind = 'retracted') OVER (PARTITION BY f.process_id) AS taken_out "
    f"FROM fact f WHERE f.process_id IN (SELECT process_id FROM days) AND f.{ANSWERS}"
)
# A fact that was taken out counts for nothing; a day that was corrected does not matter here.
_SAID = (
    "SELECT f.process_id, f.subject, bool_or(f.kind = 'advice_insufficient') AS insufficient, "  # noqa: S608 - ours
    "bool_or(f.kind = 'advice_declined') AS declined, bool_or(f.kind = 'advice_reassigned') AS passed_on, "
    "bool_or(f.kind IN ('advice_received', 'advice_nil')) AS came, "
    "max(f.sequence) FILTER (WHERE f.kind = 'advice_nil') > "
    "coalesce(max(f.sequence) FILTER (WHERE f.kind = 'advice_received'), 0) AS nil, "
    "max(coalesce(f.attributes->>'by', f.attributes->>'day')) FILTER (WHERE f.kind = 'advice_expected') AS promised "
    f"FROM ({_FACTS}) f WHERE f.kind <> 'retracted' AND (f.taken_out IS NULL OR f.sequence <> ALL (f.taken_out)) "
    "GROUP BY f.process_id, f.subject"
)


def requests_sql(days: str, asked: str = "TRUE") -> str:
    """The beginning of a question on `counted`, the requests with a day that were made to a service and what came.

    `days` and `asked` are SQL of ours: conditions on the limits `s`, and on the requests `a`.
    """
    # Joined in full, which is never done by holding each against each: Postgres expects one request of thousands.
    return (
        f"WITH days AS MATERIALIZED ({_DAYS} AND {days}), asked AS MATERIALIZED ({_ASKED} WHERE {asked}), "  # noqa: S608
        f"said AS MATERIALIZED ({_SAID}), "
        "counted AS (SELECT a.process_id, a.subject, a.body_id, a.service, a.start, a.legal_due, a.met_on, a.month, "
        "a.outcome, coalesce(x.came, false) AS came, coalesce(x.nil, false) AS nil, x.promised, "
        "coalesce(x.insufficient, false) AS insufficient, coalesce(x.declined, false) AS declined, "
        "coalesce(x.passed_on, false) AS passed_on "
        "FROM asked a FULL JOIN said x ON x.process_id = a.process_id AND x.subject = a.subject "
        "WHERE coalesce(a.outcome, '') <> '')"
    )
