"""Populations of work in hand: what fell due, what can still be saved, who waits, and with whom."""

from collections.abc import Mapping
from types import MappingProxyType

from casework.listing.queries import CAN_BE_MET
from scorecard.populations.over import UNDER_WAY, over
from scorecard.populations.plans import HELD

_A = "counted_assessment a WHERE a.authority = :authority AND NOT a.void"
_DUE = "a.began + 140"
# Ended by its day, or over since then on the day of looking and gone on with later.
_FINISHED = (
    f"a.ended_as IS DISTINCT FROM 'final_plan_sent' AND a.ended_on <= {_DUE} OR (a.plan_on <= p.as_at) IS NOT TRUE "
    f"AND EXISTS (SELECT FROM unnest(a.gaps) g WHERE g @> p.as_at AND lower(g) <= {_DUE})"
)
# As it stood then, not as it stands now. A draft that goes out on the day of looking leaves the family fifteen days.
_STOOD = "from_day <= p.as_at AND coalesce({0}.to_day, 'infinity') > p.as_at"
_COULD_BE_MET = CAN_BE_MET.replace("w.to_day IS NULL", f"w.{_STOOD.format('w')}").replace(":window", "p.as_at + 14")
# Days after the day that it lifts: that of the twenty weeks, or where it does not lift that, of the last that it does.
_AFTER = (
    "coalesce(max(l.granted_on - l.legal_due) FILTER (WHERE l.limit_id = 'reg13_final_plan'), "
    "min(l.granted_on - l.legal_due))"
)

STOCK: Mapping[str, str] = MappingProxyType(
    {
        # Assessments whose twenty weeks end in the period, those that ended before then among them.
        "cohort": (
            f"SELECT a.process_id, a.began, a.plan_on, a.ended_on, a.excepted, {_DUE} AS due_on, "  # noqa: S608 - SQL of ours
            "coalesce(a.plan_on, a.ended_on, p.as_at) - a.began AS days, "
            f"coalesce({_FINISHED}, FALSE) AS ended_before, "
            f"coalesce(a.replaced_on <= p.as_at, FALSE) AS replaced, {over(_DUE)} AS over, "
            f"coalesce(a.plan_on <= {_DUE}, FALSE) AS in_time "
            f"FROM {_A} AND a.began BETWEEN p.first_day - 140 AND p.last_day - 140"
        ),
        # Assessments whose twenty weeks are not over on the day of looking and which no exception lets off: looked up
        # one by one, for Postgres would rather read every deadline there is.
        "running": (
            "SELECT a.process_id, a.began, d.legal_due AS due_on, p.as_at - a.began AS days, d.can "  # noqa: S608 - ours
            f"FROM counted_assessment a CROSS JOIN LATERAL (SELECT d.legal_due, {_COULD_BE_MET} AS can FROM deadline d "
            "WHERE d.process_id = a.process_id AND d.limit_id = 'reg13_final_plan' AND d.standing = 'open' "
            f"AND d.{_STOOD.format('d')} AND d.legal_due >= p.as_at OFFSET 0) d WHERE {UNDER_WAY}"
        ),
        # Assessments under way on the day of looking, with the age of the child or young person then.
        "children": (
            "SELECT a.process_id, p.as_at - a.began AS days, n.age FROM counted_assessment a "  # noqa: S608 - ours
            "CROSS JOIN LATERAL (SELECT CAST(date_part('year', age(p.as_at, n.date_of_birth)) AS integer) AS age "
            "FROM process c JOIN person n ON n.id = c.person_id WHERE c.id = a.process_id OFFSET 0) n "
            f"WHERE {UNDER_WAY}"
        ),
        # Assessments under way, and plans that are held, on the day of looking, with the officer who has them now.
        "caseload": (
            "SELECT a.process_id, o.officer FROM counted_assessment a CROSS JOIN LATERAL "  # noqa: S608 - ours
            f"(SELECT c.officer FROM process c WHERE c.id = a.process_id OFFSET 0) o WHERE {UNDER_WAY} "
            "UNION ALL SELECT coalesce((SELECT v.process_id FROM review v WHERE v.plan_id = t.id "
            f"ORDER BY v.cycle DESC LIMIT 1), t.process_id), t.officer FROM plan t WHERE {HELD}"
        ),
        # Exceptions granted in the period, each once, whatever limits it lifts.
        "reliefs": (
            "SELECT l.process_id, min(l.ground) AS ground, nullif(min(l.approver), '') AS approver, "  # noqa: S608 - ours
            f"min(l.granted_on) AS granted_on, {_AFTER} AS days, coalesce({_AFTER} > 0, FALSE) AS after_the_day "
            "FROM counted_relief l JOIN counted_assessment a ON a.process_id = l.process_id AND NOT a.void "
            "WHERE l.authority = :authority AND l.granted_on BETWEEN p.first_day AND p.last_day "
            "GROUP BY l.process_id, l.sequence"
        ),
        # Assessments that moved to a plan in the period, by a decision or the plan itself, and what was missing then.
        "moved": (
            "SELECT a.process_id, a.moved_on, a.moved_on - a.began AS days, coalesce(a.blank, '') AS blank "  # noqa: S608 - SQL of ours
            f"FROM {_A} AND a.moved_on BETWEEN p.first_day AND p.last_day"
        ),
    }
)
