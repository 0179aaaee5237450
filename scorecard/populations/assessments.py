"""Populations of assessments."""

from collections.abc import Mapping
from types import MappingProxyType

from scorecard.populations.over import UNDER_WAY

_A = "counted_assessment a WHERE a.authority = :authority AND NOT a.void"
_KNOWN_DECISION = "a.first_decided_on IS NOT NULL AND a.first_decided_on <= p.as_at"
# What comes after a decision says that there was one, where none is on record.
_KNOWN_AFTER_ONE = "a.first_decided_on IS NULL AND least(a.draft_on, a.outcome_on, a.plan_on) <= p.as_at"
# What had ended an assessment by the day of looking and was undone after it: a reopening changes nothing of the past.
_UNDONE = "jsonb_to_recordset(a.changes) AS u(ended_as text, ended_on date, until date)"
_HAD_ENDED = "u.ended_on <= p.as_at AND u.until > p.as_at"
_ASSESSMENT = (
    "SELECT a.process_id, a.began, a.source, a.inherited, a.first_decision, a.first_decided_on, "
    "a.replaced_on, a.agreed_on, a.outcome, a.outcome_on, a.draft_on, a.plan_on, a.excepted, a.ended_as, a.ended_on, "
)

# The same as it was on the day of looking, of those that ended in the period and were reopened later.
_AS_IT_WAS = _ASSESSMENT.replace("a.ended_as, a.ended_on", "u.ended_as, u.ended_on").replace(
    "a.plan_on", "CASE u.ended_as WHEN 'final_plan_sent' THEN u.ended_on END"
)
_REOPENED = (
    f"FROM counted_assessment a CROSS JOIN LATERAL {_UNDONE} WHERE a.authority = :authority AND NOT a.void "
    f"AND a.changes IS NOT NULL AND {_HAD_ENDED} AND u.ended_on BETWEEN p.first_day AND p.last_day"
)

ASSESSMENTS: Mapping[str, str] = MappingProxyType(
    {
        # Requests received in the period, with what had come of them by the day of looking.
        "requests": (
            f"{_ASSESSMENT} CASE WHEN {_KNOWN_DECISION} THEN a.first_decision WHEN {_KNOWN_AFTER_ONE} THEN 'assess' "  # noqa: S608 - SQL of ours
            "WHEN a.ended_as = 'withdrawn' AND a.ended_on <= p.as_at OR a.changes IS NOT NULL AND EXISTS ("
            f"SELECT FROM {_UNDONE} WHERE u.ended_as = 'withdrawn' AND {_HAD_ENDED}) "
            "THEN 'withdrawn' ELSE 'not_made' END AS came "
            f"FROM {_A} AND a.began BETWEEN p.first_day AND p.last_day"
        ),
        # First decisions whether to assess that were sent in the period, whenever the request came.
        "decisions": (
            f"{_ASSESSMENT} a.first_decided_on - a.began AS days "
            f"FROM {_A} AND a.first_decided_on BETWEEN p.first_day AND p.last_day"
        ),
        # Assessments that came to their outcome in the period: a decision about a plan, or another end without one.
        "outcomes": (
            f"{_ASSESSMENT} coalesce(a.outcome, CASE a.ended_as WHEN 'withdrawn' THEN 'withdrawn' ELSE 'not_made' END) "
            "AS came, a.outcome_on - a.began AS days "
            f"FROM {_A} AND (a.outcome_on BETWEEN p.first_day AND p.last_day OR a.outcome IS NULL "
            "AND a.agreed_on IS NOT NULL AND a.ended_on BETWEEN p.first_day AND p.last_day "
            "AND a.ended_as NOT IN ('decision_not_to_assess')) "
            f"UNION ALL {_AS_IT_WAS} CASE u.ended_as WHEN 'final_plan_sent' THEN 'issue' WHEN 'withdrawn' "
            f"THEN 'withdrawn' ELSE 'not_made' END, u.ended_on - a.began {_REOPENED} "
            "AND (a.outcome_on <= p.as_at) IS NOT TRUE "
            "AND (u.ended_as = 'final_plan_sent' OR a.agreed_on <= u.ended_on)"
        ),
        # Final plans sent to the family in the period.
        "plans": (
            f"{_ASSESSMENT} a.plan_on - a.began AS days FROM {_A} AND a.plan_on BETWEEN p.first_day AND p.last_day "
            f"UNION ALL {_AS_IT_WAS} u.ended_on - a.began {_REOPENED} AND u.ended_as = 'final_plan_sent'"
        ),
        # Assessments under way on the day of looking.
        "open": (
            f"{_ASSESSMENT} p.as_at - a.began AS days, coalesce(a.replaced_on <= p.as_at, FALSE) AS replaced "
            f"FROM counted_assessment a WHERE {UNDER_WAY}"
        ),
        # Assessments that ended in the period, whatever ended them.
        "ended": (
            f"{_ASSESSMENT} a.ended_on - a.began AS days FROM {_A} AND a.ended_on BETWEEN p.first_day AND p.last_day "
            f"UNION ALL {_AS_IT_WAS} u.ended_on - a.began {_REOPENED}"
        ),
        # Refusals that were changed in the period, each once: an assessment may have been refused twice.
        "changed": (
            "SELECT a.process_id, a.began, k.changed_on, k.changed_why, k.changed_on - a.began AS days "
            "FROM counted_assessment a CROSS JOIN LATERAL jsonb_to_recordset(a.changes) AS k(changed_on date, "
            "changed_why text) WHERE a.authority = :authority AND NOT a.void "
            "AND k.changed_on BETWEEN p.first_day AND p.last_day"
        ),
    }
)
