"""Every column of the four tables that the Department for Education publishes, with what it counts.

Columns that say the same as a measure are counted as that; the others have a question of their own. What the
department's release of 2026 (calendar year 2025) renamed and added is in no data that we have: those columns, and the
phase transfers with them, are unverified in name and place.
"""

from collections.abc import Mapping
from types import MappingProxyType

from scorecard.columns import Columns, Count, NotKept, Percent, Sum, average, numerator
from scorecard.measures import measure
from scorecard.measures.dfe_reviews_2025 import MET_IN_YEAR

_RYA = NotKept("whether the child was in relevant youth accommodation is not recorded")
_MEDIATION = NotKept("mediation is not recorded yet")
_TRIBUNAL = NotKept("appeals to the Tribunal about an assessment are not recorded yet")
_OUTCOMES_OF_REQUESTS = (
    "requests_decided_to_assess",
    "requests_decided_not_to_assess",
    "requests_decision_not_made",
    "requests_withdrawn",
)
_SIX_WEEKS = ("request_outcome_six_weeks", "request_outcome_over_6_weeks")
_OUTCOMES = ("assess_issued", "assess_not_issued", "assess_not_made", "assess_withdrawn")
_SIXTEEN_WEEKS = ("outcome_decision_within_time", "outcome_decision_over_time")
_FOUR_WEEKS = ("number_decsion_4weeks", "number_decision_gt_4weeks")
_FIRST_OF_REVIEWS = 2024
_RELEASE_OF_2026 = 2025


def _counts(**measures: str) -> Columns:
    return {column: numerator(measure(name)) for column, name in measures.items()}


REQUESTS: Columns = {
    **_counts(requests_received_in_year="requests_received"),
    "requests_rya": _RYA,
    **_counts(
        requests_decided_to_assess="requests_agreed",
        requests_decided_not_to_assess="requests_refused",
        requests_decision_not_made="requests_not_decided",
        requests_withdrawn="requests_withdrawn",
    ),
    "request_assess_pc": Percent("requests_decided_to_assess", _OUTCOMES_OF_REQUESTS),
    "request_not_assess_pc": Percent("requests_decided_not_to_assess", _OUTCOMES_OF_REQUESTS),
    "request_outstanding_pc": Percent("requests_decision_not_made", _OUTCOMES_OF_REQUESTS),
    "request_withdrawn_pc": Percent("requests_withdrawn", _OUTCOMES_OF_REQUESTS),
    **_counts(
        request_outcome_six_weeks="decisions_six_weeks",
        request_outcome_over_6_weeks="decisions_over_six_weeks",
    ),
    **{f"{column}_pc": Percent(column, _SIX_WEEKS) for column in _SIX_WEEKS},
    "mediation_related_request": _MEDIATION,
    "tribunal_related_request": _TRIBUNAL,
    "tribunal_after_mediation_request": _TRIBUNAL,
}
_ISSUED = _counts(
    assess_issued="assessments_issue",
    assess_not_issued="assessments_no_plan",
    assess_not_made="assessments_not_decided",
    assess_withdrawn="assessments_withdrawn",
)
ASSESSMENTS: Columns = {
    **_counts(assess_in_year="assessments_finished"),
    **{
        name: said
        for column, count in _ISSUED.items()
        for name, said in ((column, count), (f"{column}_pc", Percent(column, _OUTCOMES)))
    },
    **_counts(
        outcome_decision_within_time="no_plan_sixteen_weeks",
        outcome_decision_over_time="no_plan_over_sixteen_weeks",
    ),
    **{f"{column}_pc": Percent(column, _SIXTEEN_WEEKS) for column in _SIXTEEN_WEEKS},
    "number_assess_mediation": _MEDIATION,
    "number_assess_tribunal": _TRIBUNAL,
    "number_asssess_mediation_tribunal": _TRIBUNAL,
    "number_other_mediation": _MEDIATION,
    "number_other_tribunal": _TRIBUNAL,
    "number_other_mediation_tribunal": _TRIBUNAL,
}


def _band(measured: str, column: str, without: str) -> Columns:
    return {
        column: numerator(measure(measured)),
        without: numerator(measure(f"{measured}_ex")),
        f"pc_{column}": Percent(column, ("plans_issued_den",)),
        f"PC_{without}": Percent(without, ("plans_issued_den_ex",)),
    }


TIMELINESS: Columns = {
    **_counts(plans_issued_den="plans_issued", plans_issued_den_ex="plans_issued_ex"),
    **_band("plans_twenty_weeks", "plans_issued_within_20_weeks", "plans_issued_20_weeks_ex"),
    **_band("plans_to_a_year", "plans_issued_gt20weeks_ltYear", "plans_issued_gt20weeks_ltYear_ex"),
    **_band("plans_over_a_year", "plans_issued_gt_1_year", "plans_issued_gt_1_year_ex"),
}
_WEEKS: Columns = {
    "avg_weeks_issue_plan": average(measure("weeks_to_plan")),
    "avg_weeks_issue_plan_exc": average(measure("weeks_to_plan_ex")),
}
_NOT_EXPECTED = Count("held", "NOT expected")
REVIEWS_2025: Columns = {
    **_counts(total_ehc_plans="plans_held", review_expected="reviews_expected"),
    "review_not_expected": _NOT_EXPECTED,
    "review_meeting_25": Count("held", "expected AND met_on > p.last_day"),
    "review_meeting_24": Count("held", f"expected AND {MET_IN_YEAR}"),
    "review_meeting_prior_24": Count("held", "expected AND met_on < p.first_day"),
    "total_review_meeting": Sum(("review_meeting_25", "review_meeting_24", "review_meeting_prior_24")),
    **_counts(no_review_meeting="reviews_not_met_2025"),
    "review_decision25": Count("held", "expected AND decided_on > p.last_day"),
    "review_decision24": Count("held", "expected AND decided_on BETWEEN p.first_day AND p.last_day"),
    "review_decision_prior24": Count("held", "expected AND decided_on < p.first_day"),
    **_counts(
        review_decision_not_due="reviews_not_due_2025",
        review_decision_outstanding="reviews_outstanding_2025",
        outcome_amend="reviews_amend_2025",
        outcome_cease="reviews_cease_2025",
        outcome_maintan="reviews_maintain_2025",
    ),
    "no_outcome": Sum(("total_review_meeting",), less=("outcome_amend", "outcome_cease", "outcome_maintan")),
    **_counts(
        number_decsion_4weeks="reviews_four_weeks_2025",
        number_decision_gt_4weeks="reviews_over_four_weeks_2025",
    ),
    "pc_decsion_4weeks": Percent("number_decsion_4weeks", _FOUR_WEEKS),
    "pc_decision_gt_4weeks": Percent("number_decision_gt_4weeks", _FOUR_WEEKS),
}


def _reviews(year: int) -> Columns:
    """The table of reviews by the release of 2026, with the phase transfers that came with it."""
    this, after = f"{year % 100:02}", f"{(year + 1) % 100:02}"
    next_year = "p.last_day + 1 AND p.last_day + INTERVAL '1 year'"
    return {
        "total_ehc_plans": numerator(measure("plans_held")),
        f"review_expected_{year}": numerator(measure("reviews_expected")),
        "review_not_expected": _NOT_EXPECTED,
        f"review_completed_{year}": numerator(measure("reviews_completed")),
        f"review_completed_prior_{year}": numerator(measure("reviews_completed_before")),
        **_counts(
            review_not_completed="reviews_not_completed",
            outcome_amended="reviews_completed_amend",
            outcome_ceased="reviews_completed_cease",
            outcome_maintained="reviews_completed_maintain",
            no_outcome_recorded="reviews_completed_no_outcome",
            decision_4_weeks="reviews_four_weeks",
            decision_over_4_weeks="reviews_over_four_weeks",
        ),
        f"due_{this}": Count("moves", "due_on BETWEEN p.first_day AND p.last_day"),
        f"due_{after}": Count("moves", f"due_on BETWEEN {next_year}"),
        f"final_{this}": Count("moves", "final_on BETWEEN p.first_day AND p.last_day"),
        f"final_{after}": Count("moves", f"final_on BETWEEN {next_year}"),
        "number_plans": Sum(("total_ehc_plans",)),
    }


def tables_of(year: int) -> Mapping[str, Columns | None]:
    """The columns of each table in the department's release on a calendar year, in its order; None: no such table."""
    new = year >= _RELEASE_OF_2026
    reviews = _reviews(year) if new else REVIEWS_2025
    return MappingProxyType(
        {
            "requests": REQUESTS,
            "assessments": ASSESSMENTS,
            "timeliness_20_week": {**TIMELINESS, **_WEEKS} if new else TIMELINESS,
            "annual_reviews": reviews if year >= _FIRST_OF_REVIEWS else None,
        }
    )


def name_in(column: str, year: int) -> str:
    """What a column that a measure names is called in the release on a calendar year: some names hold the year."""
    dated = f"{column.removesuffix('_2025')}_{year}"
    return dated if any(dated in (columns or ()) for columns in tables_of(year).values()) else column


def percentage(column: str, year: int) -> str | None:
    """The column that gives this one in per cent, where there is one."""
    each = (columns for columns in tables_of(year).values() if columns)
    shares = (item for columns in each for item in columns.items())
    return next((name for name, how in shares if isinstance(how, Percent) and how.counted == column), None)
