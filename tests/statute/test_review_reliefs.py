"""The relaxation of 2020, limit by limit: what it reached, what it never reached, and that nothing else lifts a review."""

import pytest

from statute.annual_review import LIMITS
from statute.kinds import GROUNDS
from tests.statute.saying_reviews import at, one

RELIEF = "relief=2020-09-20;ground=coronavirus"
MEETING = "review_meeting=2020-06-02"  # report due 16 June, decision 30 June, final plan 25 August 2020
PLAN = "plan_made=2019-03-02"
AMENDING = (PLAN, MEETING, "decision_amend=2020-06-29", "amendment_notice_sent=2020-06-29")
LIFTED: dict[str, tuple[str, ...]] = {
    "s44_review": ("plan_made=2019-06-02",),
    "reg27_review": ("plan_made=2019-06-02;after=reassessment",),
    "reg15_inform": (PLAN, "transferred_in=2020-06-01"),
    "reg15_review": (PLAN, "transferred_in=2020-06-01"),
    "reg20_report": (PLAN, MEETING),
    "reg20_decision": (PLAN, MEETING),
    "reg22_final": AMENDING,
    "devon_final": AMENDING,
}
NEVER: dict[str, tuple[str, ...]] = {
    "reg18_phase_transfer": (PLAN, "phase_transfer:post16_move=2020-11-01"),
    "reg20_notice": (PLAN, "review_papers_sent=2020-06-01;meeting=2020-06-20"),
    "reg20_papers": (PLAN, "review_invited=2020-06-01;meeting=2020-06-20"),
    "code_early_years": ("plan_made=2020-01-02;early_years=yes",),
}


@pytest.mark.parametrize("limit", LIFTED)
def test_in_2020_a_coronavirus_reason_lifts_the_limit(limit: str) -> None:
    named = f"{RELIEF};limit={limit}"
    found = one("2020-09-24", limit, *LIFTED[limit], named)
    assert found.state.value == "lifted", found
    assert "coronavirus" in found.explain()
    assert one("2020-09-24", limit, *LIFTED[limit]).state.value == "overdue"


@pytest.mark.parametrize("limit", [limit for limit in LIFTED if limit != "reg20_report"])
def test_a_relief_that_names_no_limit_reaches_the_authoritys_own(limit: str) -> None:
    assert one("2020-09-24", limit, *LIFTED[limit], RELIEF).state.value == "lifted"


def test_it_reaches_a_report_only_by_name_unless_the_authority_writes_it() -> None:
    by_authority = "review_arranged_by:authority=2020-05-01"
    assert one("2020-09-24", "reg20_report", PLAN, MEETING, RELIEF).state.value == "overdue"
    assert one("2020-09-24", "reg20_report", PLAN, by_authority, MEETING, RELIEF).state.value == "lifted"


@pytest.mark.parametrize("limit", NEVER)
def test_it_never_reached_the_other_limits(limit: str) -> None:
    row = next(d for d in at("2020-09-24", *NEVER[limit], f"{RELIEF};limit={limit}").deadlines if d.limit == limit)
    assert row.state.value == "overdue"
    assert any(
        "has no exceptions" in each for each in at("2020-09-24", *NEVER[limit], f"{RELIEF};limit={limit}").warnings
    )


@pytest.mark.parametrize(
    ("meeting", "expected"),
    [
        ("2020-04-02", "overdue"),  # due on 30 April, the day before
        ("2020-04-03", "lifted"),
        ("2020-08-28", "lifted"),  # due on 25 September itself, as the Department read it
        ("2020-08-29", "overdue"),
    ],
)
def test_only_a_last_day_between_may_and_september_2020_was_relaxed(meeting: str, expected: str) -> None:
    found = at("2020-10-20", PLAN, f"review_meeting={meeting}", f"{RELIEF};limit=reg20_decision")
    row = found.get("reg20_decision")
    assert row is not None and row.state.value == expected
    doubtful = any("unsettled" in warning for warning in found.warnings)
    assert doubtful is (expected == "lifted")


def test_done_late_under_the_relief_it_was_not_late_in_law() -> None:
    said = (PLAN, MEETING, "decision_maintain=2020-08-01", f"{RELIEF};limit=reg20_decision")
    assert one("2020-10-20", "reg20_decision", *said).state.value == "met_under_relief"


@pytest.mark.parametrize("ground", sorted(set(GROUNDS) - {"coronavirus"}))
def test_no_other_ground_lifts_any_limit_of_a_review(ground: str) -> None:
    assert all(ground not in limit.grounds for limit in LIMITS.values())
    said = (*AMENDING, f"relief=2020-09-20;ground={ground};limit=reg22_final;from=2020-05-01;to=2020-09-20")
    assert one("2020-09-24", "reg22_final", *said).state.value == "overdue"


def test_every_limit_of_a_review_is_either_lifted_in_2020_or_never() -> None:
    windows = {"reg22_representations", "s45_hold", "local_report_decision", "code_term_list"}
    assert set(LIFTED) | set(NEVER) | windows == set(LIMITS)
    assert {limit.id for limit in LIMITS.values() if limit.grounds} == set(LIFTED)
