"""The worked examples of reviews that came with the law, read from their file."""

from datetime import date

import pytest

from statute.appeal_window import last_day_to_appeal
from statute.counting import months_of, working_days_beginning_with
from tests.statute.saying import day
from tests.statute.saying_reviews import at
from tests.statute.test_vectors import VECTORS


def legal(limit: str, as_of: str, *said: str, subject: str = "") -> date | None:
    found = at(as_of, *said).get(limit, subject)
    assert found is not None
    return found.legal_due


def test_a_review_from_the_notice_to_the_final_plan() -> None:
    given, expected = VECTORS["WE12"]["input"], VECTORS["WE12"]["expect"]
    meeting, notice = given["meeting"], given["amendment_notice_sent"]
    found = at(
        notice,
        "plan_made=2023-12-01",
        f"review_meeting={meeting}",
        f"decision_amend={notice}",
        f"amendment_notice_sent={notice}",
    )
    rows = {row.limit: row for row in found.deadlines}
    for limit in ("reg20_notice", "reg20_papers"):
        assert rows[limit].practice_due == day(expected["notice_and_papers_out_14d"])
        assert rows[limit].legal_due == day(expected["notice_and_papers_out_clear_days"])
    assert rows["reg20_report"].legal_due == day(expected["report"])
    assert rows["reg20_decision"].legal_due == day(expected["decision_and_draft_amendments"])
    assert rows["reg20_decision"].state.value == "met"
    assert rows["reg22_representations"].legal_due == day(expected["reps_last_day"])
    assert rows["reg22_final"].legal_due == day(expected["final_8w_from_notice"])
    assert rows["devon_final"].legal_due == day(expected["outer_12w"])


def test_a_late_notice_shows_both_clocks() -> None:
    given, expected = VECTORS["WE14"]["input"], VECTORS["WE14"]["expect"]
    notice = given["amendment_notice_sent"]
    said = ("plan_made=2023-12-01", f"review_meeting={given['meeting']}", "decision_amend=2024-12-03")
    found = at(notice, *said, f"amendment_notice_sent={notice}")
    rows = {row.limit: row for row in found.deadlines}
    assert (rows["reg20_decision"].state.value, rows["reg20_decision"].days) == (
        "met_late",
        expected["decision_breach_days"],
    )
    assert rows["devon_final"].legal_due == day(expected["outer_12w"])
    assert rows["reg22_final"].legal_due == day(expected["final_8w_from_notice"])


def test_a_review_across_christmas() -> None:
    meeting, expected = VECTORS["WE15"]["input"]["meeting"], VECTORS["WE15"]["expect"]
    said = ("plan_made=2025-01-10", f"review_meeting={meeting}")
    assert legal("reg20_report", meeting, *said) == day(expected["report"])
    assert legal("reg20_decision", meeting, *said) == day(expected["decision"])
    assert legal("devon_final", meeting, *said) == day(expected["outer_12w"])


def test_a_transfer_between_authorities_counts_working_days_over_easter() -> None:
    aware = day(VECTORS["WE22"]["input"]["aware"])
    expected = day(VECTORS["WE22"]["expect"]["transfer_by"])
    assert working_days_beginning_with(15).last_day(aware) == expected


@pytest.mark.parametrize("name", ["WE31", "WE32", "WE34"])
def test_the_two_months_to_appeal(name: str) -> None:
    given, expected = VECTORS[name]["input"], VECTORS[name]["expect"]
    sent = day(given["decision_sent"])
    assert months_of(2).last_day(sent) == day(expected["limb_i_2m"])
    if given["certificate_issued"] is None:  # the month from a certificate is not recorded here
        assert last_day_to_appeal(sent) == day(expected["must_be_received_by"])


@pytest.mark.parametrize("name", ["WE40", "WE41"])
def test_the_first_review(name: str) -> None:
    made, expected = VECTORS[name]["input"]["plan_first_made"], VECTORS[name]["expect"]
    assert legal("s44_review", made, f"plan_made={made}") == day(expected["review_completed_by"])


@pytest.mark.parametrize("kind", ["school", "post16"])
def test_the_phase_transfers(kind: str) -> None:
    year, expected = VECTORS["WE44"]["input"]["transfer_calendar_year"], VECTORS["WE44"]["expect"]
    said = ("plan_made=2025-01-15", f"phase_transfer:{kind}={year}-09-01")
    found = at("2025-10-01", *said).get("reg18_phase_transfer", kind)
    assert found is not None
    assert found.legal_due == day(expected[f"{kind}_strict"])
    assert found.practice_due == day(expected[f"{kind}_practice"])
