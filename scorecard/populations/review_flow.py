"""Populations of reviews as they go: meetings, reports, decisions and what follows them, month by month."""

from collections.abc import Mapping
from types import MappingProxyType

from scorecard.populations.over import over
from scorecard.populations.plans import HELD

_C = "counted_review c WHERE c.authority = :authority AND NOT c.void"
_IN_PERIOD = "BETWEEN p.first_day AND p.last_day"
_SINCE_IT_CAME = "(c.came_on IS NULL OR {0} >= c.came_on)"
# What a review tells of the one before it, whose own row is there, is one decision, and none where that was opened in
# error. Looked up plan by plan (OFFSET 0), for Postgres would rather read every review there is.
_TOLD_ONCE = (
    "(c.place = 1 OR NOT EXISTS (SELECT FROM counted_review o WHERE o.plan_id = c.plan_id AND o.place = 1 "
    "AND o.completed_on = c.told_on OFFSET 0))"
)
_IN_TIME = "c.told_on <= c.met_on + 28"
_OUTER = "c.met_on + 84"
# Eight weeks from the notice (regulation 22(3)), and at most twelve from the meeting (R (L, M and P) v Devon).
_FINAL = f"least(c.notice_on + 56, {_OUTER})"
_ACTIONED = f"{_IN_TIME} AND ((c.amends_on <= {_OUTER}) IS NOT TRUE OR c.finished_on <= {_FINAL})"
# The plan ended while there still was time for what had not been done.
_ENDED_FIRST = (
    "c.told_on IS NULL AND t.ceased_on <= c.met_on + 28 "
    f"OR {_IN_TIME} AND c.amends_on IS NOT NULL AND c.finished_on IS NULL AND t.ceased_on <= {_FINAL}"
)
# The last day before the twelve months: of those up to 28 February it is 29 February where there was one.
_A_YEAR_BACK = "greatest(p.last_day - interval '1 year', p.last_day + 1 - interval '1 year' - interval '1 day')"
_SORTED = "(SELECT string_agg(k, ',' ORDER BY k) FROM unnest(string_to_array({}, ',')) k)"

REVIEW_FLOW: Mapping[str, str] = MappingProxyType(
    {
        # Decisions of reviews that the authority sent in the period as regulation 20(10) wants it.
        "review_decisions": (
            "SELECT c.process_id, c.plan_id, c.met_on, c.report_on, c.told_on, c.outcome, "  # noqa: S608 - SQL of ours
            "c.told_on - c.met_on AS days, c.told_on - c.report_on AS report_days "
            f"FROM {_C} AND c.told_on {_IN_PERIOD} AND {_TOLD_ONCE}"
        ),
        # Reviews whose twelve weeks from the meeting end in the period, decided or not.
        "review_actions": (
            f"SELECT c.process_id, c.plan_id, c.met_on, c.told_on, c.outcome, c.notice_on, c.finished_on, {_OUTER} "  # noqa: S608 - SQL of ours
            f"AS due_on, coalesce(c.finished_on, c.told_on) - c.met_on AS days, coalesce({_ACTIONED}, FALSE) "
            f"AS actioned, coalesce({_ENDED_FIRST}, FALSE) AS ended_before, {over(_OUTER)} AS over "
            "FROM counted_review c JOIN plan t ON t.id = c.plan_id WHERE c.authority = :authority AND NOT c.void "
            "AND c.place = 1 AND c.met_on BETWEEN p.first_day - 84 AND p.last_day - 84 "
            f"AND {_SINCE_IT_CAME.format(_OUTER)}"
        ),
        # Reviews of plans that are held on the day of looking whose meeting was held and which wait for the decision.
        "review_waiting": (
            "SELECT c.process_id, c.plan_id, c.met_on, c.report_on, p.as_at - c.met_on AS days, "  # noqa: S608 - SQL of ours
            "c.report_on IS NULL OR c.report_on > p.as_at AS no_report "
            "FROM counted_review c JOIN plan t ON t.id = c.plan_id WHERE c.authority = :authority AND NOT c.void "
            f"AND c.place = 1 AND c.met_on <= p.as_at AND (c.told_on IS NULL OR c.told_on > p.as_at) AND {HELD}"
        ),
        # Review meetings of the twelve months up to the end of the period that were held as one with another review.
        "aligned_meetings": (
            f"SELECT c.process_id, c.plan_id, c.met_on, {_SORTED.format('c.aligned')} AS aligned "  # noqa: S608 - SQL of ours
            f"FROM {_C} AND c.place = 1 AND c.aligned <> '' "
            f"AND c.met_on > {_A_YEAR_BACK} AND c.met_on <= p.last_day "
            f"AND {_SINCE_IT_CAME.format('c.met_on')}"
        ),
        # Appeals that were registered in the period and are on record with a review.
        "appeals": (
            "SELECT c.process_id, c.plan_id, c.appeal_on, "  # noqa: S608 - SQL of ours
            f"nullif({_SORTED.format('c.appeal_sections')}, '') AS sections "
            f"FROM {_C} AND c.appeal_on {_IN_PERIOD} AND {_SINCE_IT_CAME.format('c.appeal_on')}"
        ),
    }
)
