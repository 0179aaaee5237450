"""Figures of the scorecard in statements written by hand, as somebody would who wants just these: what the measures as
data are held against, on the same rows in the same run.

Each column is named after the measure whose numerator it is, so that both can be seen to say the same.
"""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import Connection, Engine, text

ASSESSMENTS = """
SELECT count(*) FILTER (WHERE began BETWEEN :first AND :last) AS requests_received,
       count(*) FILTER (WHERE of_year AND came = 'assess') AS requests_agreed,
       count(*) FILTER (WHERE of_year AND came = 'not_assess') AS requests_refused,
       count(*) FILTER (WHERE of_year AND came = 'withdrawn') AS requests_withdrawn,
       count(*) FILTER (WHERE of_year AND came = 'not_made') AS requests_not_decided,
       count(*) FILTER (WHERE decided AND first_decided_on - began <= 42) AS decisions_six_weeks,
       count(*) FILTER (WHERE decided AND first_decided_on - began > 42) AS decisions_over_six_weeks,
       count(*) FILTER (WHERE decided AND first_decision = 'not_assess') AS refusals_to_assess,
       count(*) FILTER (WHERE concluded AND outcome = 'issue') AS assessments_issue,
       count(*) FILTER (WHERE concluded AND outcome = 'not_issue') AS assessments_no_plan,
       count(*) FILTER (WHERE concluded AND outcome = 'not_issue' AND outcome_on - began <= 112)
           AS no_plan_sixteen_weeks,
       count(*) FILTER (WHERE planned) AS plans_issued,
       count(*) FILTER (WHERE planned AND NOT excepted) AS plans_issued_ex,
       count(*) FILTER (WHERE planned AND plan_on - began <= 140) AS plans_twenty_weeks,
       count(*) FILTER (WHERE planned AND plan_on - began <= 140 AND NOT excepted) AS plans_twenty_weeks_ex,
       count(*) FILTER (WHERE planned AND plan_on - began BETWEEN 141 AND 364) AS plans_to_a_year,
       count(*) FILTER (WHERE planned AND plan_on - began > 364) AS plans_over_a_year,
       count(*) FILTER (WHERE planned AND plan_on - began > 140 AND NOT excepted) AS late_plans_issued,
       count(*) FILTER (WHERE planned AND excepted) AS plans_with_exception,
       count(*) FILTER (WHERE due AND coalesce(plan_on <= began + 140, FALSE)) AS due_in_time,
       count(*) FILTER (WHERE due AND NOT excepted AND coalesce(plan_on <= began + 140, FALSE)) AS due_in_time_ex,
       count(*) FILTER (WHERE due AND NOT excepted AND NOT coalesce(plan_on <= began + 140, FALSE)) AS went_late,
       count(*) FILTER (WHERE under_way) AS open_assessments,
       count(*) FILTER (WHERE under_way AND began < :last - 140) AS open_over_twenty_weeks,
       count(*) FILTER (WHERE under_way AND began < :last - 364) AS open_over_a_year,
       count(*) FILTER (WHERE under_way AND began < :last - 140 AND NOT excepted
                        AND (replaced_on <= :last) IS NOT TRUE) AS still_late
FROM (SELECT *, began BETWEEN :year AND :last AS of_year, first_decided_on BETWEEN :first AND :last AS decided,
             outcome_on BETWEEN :first AND :last AS concluded, plan_on BETWEEN :first AND :last AS planned,
             CASE WHEN first_decided_on <= :last THEN first_decision
                  WHEN first_decided_on IS NULL AND least(draft_on, outcome_on, plan_on) <= :last THEN 'assess'
                  WHEN ended_as = 'withdrawn' AND ended_on <= :last THEN 'withdrawn' ELSE 'not_made' END AS came,
             began BETWEEN :first - 140 AND :last - 140 AND (replaced_on <= :last) IS NOT TRUE
                 AND (ended_as IS DISTINCT FROM 'final_plan_sent' AND ended_on <= began + 140) IS NOT TRUE
                 AND NOT ((plan_on <= :last) IS NOT TRUE AND EXISTS (
                     SELECT FROM unnest(gaps) g WHERE g @> CAST(:last AS date) AND lower(g) <= began + 140)) AS due,
             began <= :last AND (ended_on > :last) IS NOT FALSE AND (gaps @> CAST(:last AS date)) IS NOT TRUE
                 AS under_way
      FROM counted_assessment WHERE authority = :authority AND NOT void) a
"""

REVIEWS = """
WITH known AS (SELECT plan_id, met_on, decided_on, outcome FROM counted_review c
               WHERE authority = :authority AND NOT void AND NOT (place = 0 AND EXISTS (
                   SELECT FROM counted_review v
                   WHERE v.plan_id = c.plan_id AND v.void AND v.completed_on = c.decided_on))),
     met AS (SELECT DISTINCT ON (plan_id) plan_id, met_on, decided_on > :last OR decided_on IS NULL AS undecided
             FROM known WHERE met_on <= :last ORDER BY plan_id, met_on DESC, decided_on > :last OR decided_on IS NULL),
     decided AS (SELECT DISTINCT ON (plan_id) plan_id, decided_on - met_on AS days FROM known
                 WHERE decided_on <= :last AND met_on <= decided_on ORDER BY plan_id, decided_on DESC, met_on DESC),
     came AS (SELECT DISTINCT ON (plan_id) plan_id, outcome FROM known
              WHERE decided_on <= :last AND outcome IS NOT NULL ORDER BY plan_id, decided_on DESC,
              array_position(ARRAY['amend', 'maintain', 'cease'], outcome::text))
SELECT count(*) AS plans_held,
       count(*) FILTER (WHERE expected) AS reviews_expected,
       count(*) FILTER (WHERE expected AND met_on BETWEEN :year AND :last) AS reviews_met_2025,
       count(*) FILTER (WHERE expected AND met_on IS NULL) AS reviews_not_met_2025,
       count(*) FILTER (WHERE expected AND undecided AND met_on < :last - 28) AS reviews_outstanding_2025,
       count(*) FILTER (WHERE expected AND undecided AND met_on >= :last - 28) AS reviews_not_due_2025,
       count(*) FILTER (WHERE expected AND days <= 28) AS reviews_four_weeks_2025,
       count(*) FILTER (WHERE expected AND days > 28) AS reviews_over_four_weeks_2025,
       count(*) FILTER (WHERE expected AND outcome = 'amend') AS reviews_amend_2025,
       count(*) FILTER (WHERE expected AND outcome = 'cease') AS reviews_cease_2025,
       count(*) FILTER (WHERE expected AND outcome = 'maintain') AS reviews_maintain_2025
FROM (SELECT made_on < :year AS expected, m.met_on, m.undecided, d.days, c.outcome FROM plan t
      LEFT JOIN met m ON m.plan_id = t.id LEFT JOIN decided d ON d.plan_id = t.id LEFT JOIN came c ON c.plan_id = t.id
      WHERE t.authority = :authority AND made_on <= :last AND (ceased_on > :last) IS NOT FALSE
      AND ended_by <> 'opened_in_error'
      AND NOT EXISTS (SELECT FROM counted_review h WHERE h.plan_id = t.id AND h.came_on > :last)) held
"""

DEADLINES = """
SELECT count(*) FILTER (WHERE s.standing = 'met') AS advice_on_time,
       count(*) FILTER (WHERE s.standing IN ('open', 'ended_overdue') OR s.standing = 'met_late' AND s.met_on > :last)
           AS advice_not_returned
FROM deadline s JOIN advice_request a ON a.process_id = s.process_id AND a.mode = 'seek'
     AND s.subject = a.subject AND a.body_id IS NOT NULL
WHERE s.authority = :authority AND s.to_day IS NULL AND s.limit_id IN ('reg8_advice', 'code_advice')
AND s.legal_due BETWEEN :first AND :last
"""

STATEMENTS = (ASSESSMENTS, REVIEWS, DEADLINES)


def by_hand(db: Engine, authority: str, last: date) -> Mapping[str, int]:
    """The numerators of some measures in the month that ends on `last`, by the measures' ids."""
    bound = {"authority": authority, "first": last.replace(day=1), "last": last, "year": last.replace(month=1, day=1)}
    with db.connect() as connection:
        return {name: figure for each in STATEMENTS for name, figure in _asked(connection, each, bound).items()}


def _asked(connection: Connection, statement: str, bound: Mapping[str, object]) -> Mapping[str, int]:
    return dict(connection.execute(text(statement), bound).mappings().one())
