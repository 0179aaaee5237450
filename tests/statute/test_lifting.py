"""What a relief could reach, and what it would do, before it is recorded."""

from datetime import date

from statute.calendar import ENGLAND
from statute.facts import Fact
from statute.kind import ANNUAL_REVIEW, ASSESSMENT
from statute.lifting import closed_for, effects, reaches
from statute.notation import parse_fact

REQUEST, ASKED = "request_received=2026-06-01", "advice_requested:health/slt=2026-07-14"
TODAY = date(2026, 11, 20)


def read(*facts: str) -> list[Fact]:
    """Facts in the order of recording."""
    return [parse_fact(fact) for fact in facts]


def lifted(relief: str, *facts: str) -> dict[str, str]:
    """Of every limit that the relief is meant for, why it is not lifted."""
    found = effects(ASSESSMENT, read(*facts), read(relief), TODAY, ENGLAND)
    return {f"{each.limit.id} {each.key}".strip(): each.reason for each in found}


def test_a_relief_can_reach_what_is_unmet_and_has_a_ground() -> None:
    found = reaches(ASSESSMENT, read(REQUEST, "decision_to_assess=2026-07-10", ASKED), TODAY, ENGLAND)
    assert [(each.limit.id, each.key) for each in found] == [
        ("reg8_advice", "health/slt"),
        ("reg10_refuse_plan", ""),
        ("reg13_final_plan", ""),
    ]
    assert "coronavirus" not in {ground for each in found for ground in each.grounds}
    assert reaches(ANNUAL_REVIEW, read("plan_made=2025-06-01"), TODAY, ENGLAND) == ()


def test_in_2020_there_was_one_ground_more_and_it_reached_reviews_too() -> None:
    found = reaches(ANNUAL_REVIEW, read("plan_made=2019-06-01"), date(2020, 7, 1), ENGLAND)
    assert {ground for each in found for ground in each.grounds} == {"coronavirus"}


def test_what_it_would_do_is_told_limit_by_limit() -> None:
    relief = "relief=2026-11-01;ground=personal;from=2026-06-10;to=2026-06-30"
    assert lifted(relief, REQUEST) == {"reg5_decide": "", "reg10_refuse_plan": "", "reg13_final_plan": ""}
    short = lifted("relief=2026-11-01;ground=absent_4w;limit=reg5_decide;from=2026-06-10;to=2026-06-30", REQUEST)
    assert "28 days in a row" in short["reg5_decide"]


def test_where_the_law_is_unsettled_only_a_persons_decision_is_missing() -> None:
    late = "relief=2026-11-01;ground=personal;limit=reg13_final_plan;from=2026-09-25;to=2026-10-10"
    (found,) = effects(ASSESSMENT, read(REQUEST), read(late), TODAY, ENGLAND)
    assert found.unsettled and "weeks 17 to 20" in found.open_question and "confirmed" not in found.open_question
    assert lifted(f"{late};confirmed=yes", REQUEST) == {"reg13_final_plan": ""}


def test_a_closure_is_tested_against_the_day_the_school_was_asked() -> None:
    said = "relief=2026-11-01;ground=closed_school;limit=reg13_final_plan;first_closed=2026-07-20;reopens=2026-09-01"
    facts = read(REQUEST, "advice_requested:education=2026-07-24")
    found = closed_for(ASSESSMENT, facts, parse_fact(said), TODAY, ENGLAND)
    assert found is not None and (found.closed_days, found.in_window) == (43, True)
    assert closed_for(ASSESSMENT, facts[:1], parse_fact(said), TODAY, ENGLAND) is None
    assert lifted(said, REQUEST, "advice_requested:education=2026-07-24") == {"reg13_final_plan": ""}


def test_an_advisers_limit_is_lifted_for_its_own_request_alone() -> None:
    said = "relief=2026-11-01;ground=missed_appointment;limit=reg8_advice;subject=health/slt"
    assert lifted(said, REQUEST, ASKED, "advice_requested:health/ot=2026-07-14") == {"reg8_advice health/slt": ""}
