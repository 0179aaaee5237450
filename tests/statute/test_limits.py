"""The authority's own limits, on every side of their days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statute.assessment import timeline
from statute.facts import Fact
from statute.limits_of_assessments import LIMITS
from statute.timeline import OPEN, State
from tests.statute.saying import at, day, facts, one, state

REQUEST = "request_received=2024-09-02"  # 6 weeks: 14 October; 16: 23 December; 20: 20 January 2025
ASSESS = "decision_to_assess=2024-10-11"


def test_every_limit_is_always_listed() -> None:
    assert [row.limit for row in at("2024-09-02").deadlines] == list(LIMITS)
    assert {row.state for row in at("2024-09-02").deadlines} == {State.NOT_STARTED}
    assert {row.days for row in at("2024-09-02").deadlines} == {None}


@pytest.mark.parametrize(
    ("as_of", "expected", "days"),
    [
        ("2024-09-02", "running", -42),
        ("2024-09-29", "running", -15),
        ("2024-09-30", "due_soon", -14),
        ("2024-10-13", "due_soon", -1),
        ("2024-10-14", "due_today", 0),
        ("2024-10-15", "overdue", 1),
        ("2025-10-14", "overdue", 365),
    ],
)
def test_the_six_weeks_run_out_at_the_end_of_their_last_day(as_of: str, expected: str, days: int) -> None:
    row = one(as_of, "reg5_decide", REQUEST)
    assert (row.state, row.days) == (expected, days)
    assert (row.start, row.legal_due) == (day("2024-09-02"), day("2024-10-14"))


@pytest.mark.parametrize(
    ("fact", "expected", "days"),
    [
        ("decision_to_assess=2024-10-14", "met", 0),
        ("decision_not_to_assess=2024-10-01", "met", -13),
        ("decision_to_assess=2024-10-15", "met_late", 1),
        ("decision_not_to_assess=2024-10-15", "met_late", 1),
    ],
)
def test_a_decision_either_way_meets_regulation_5(fact: str, expected: str, days: int) -> None:
    row = one("2024-12-01", "reg5_decide", REQUEST, fact)
    assert (row.state, row.days, row.met_on) == (expected, days, facts(fact)[0].day)


@pytest.mark.parametrize(
    ("fact", "as_of", "expected"),
    [
        ("", "2024-09-20", "conditional"),
        ("", "2024-12-20", "conditional"),
        ("decision_to_assess=2024-10-14", "2024-10-14", "not_applicable"),
        ("decision_not_to_assess=2024-10-14", "2024-10-14", "met"),
        ("decision_not_to_assess=2024-10-15", "2024-10-20", "met_late"),
        ("decision_not_to_assess=2024-10-15;under=s36(5)", "2024-10-20", "met_late"),
        ("decision_not_to_assess=2024-10-15;under=both", "2024-10-20", "met_late"),
        ("decision_not_to_assess=2024-10-15;under=s36(9)", "2024-10-20", "not_applicable"),
        ("withdrawn=2024-12-01", "2024-12-02", "not_applicable"),
    ],
)
def test_regulation_4_binds_only_a_refusal_to_assess(fact: str, as_of: str, expected: str) -> None:
    assert state(as_of, "reg4_refuse_assessment", REQUEST, *filter(None, [fact])) == expected


@pytest.mark.parametrize(
    ("said", "as_of", "expected"),
    [
        ((), "2024-12-30", "conditional"),
        (("decision_not_to_issue=2024-12-23",), "2024-12-30", "met"),
        (("decision_not_to_issue=2024-12-24",), "2024-12-30", "met_late"),
        (("decision_to_issue=2024-12-01",), "2024-12-30", "not_applicable"),
        (("final_plan_sent=2025-01-20",), "2025-01-30", "not_applicable"),
        (("withdrawn=2025-01-20",), "2025-01-30", "not_applicable"),
    ],
)
def test_regulation_10_binds_only_a_refusal_to_issue(said: tuple[str, ...], as_of: str, expected: str) -> None:
    assert state(as_of, "reg10_refuse_plan", REQUEST, ASSESS, *said) == expected


@pytest.mark.parametrize(
    ("said", "as_of", "expected"),
    [
        ((), "2025-01-05", "running"),
        ((), "2025-01-06", "due_soon"),
        ((), "2025-01-20", "due_today"),
        ((), "2025-01-21", "overdue"),
        (("final_plan_sent=2025-01-20",), "2025-01-21", "met"),
        (("final_plan_sent=2025-01-21",), "2025-01-21", "met_late"),
        (("final_plan_sent=2025-01-20;to=family,setting",), "2025-01-21", "met"),
        (("final_plan_sent=2025-01-20;to=setting",), "2025-01-21", "overdue"),
        (("final_plan_sent=2025-01-20;to=setting", "final_plan_sent=2025-01-22;to=parent"), "2025-01-23", "met_late"),
        (("final_plan_sent=2025-01-22",), "2025-01-21", "overdue"),  # not yet, as of that day
    ],
)
def test_the_final_plan_is_met_when_it_goes_to_the_family(said: tuple[str, ...], as_of: str, expected: str) -> None:
    assert state(as_of, "reg13_final_plan", REQUEST, ASSESS, *said) == expected


def test_a_plan_due_on_christmas_day_is_not_overdue_until_boxing_day() -> None:
    request = "request_received=2024-08-07"
    row = one("2024-12-25", "reg13_final_plan", request)
    assert (row.state, row.operational_due) == ("due_today", day("2024-12-24"))
    assert state("2024-12-26", "reg13_final_plan", request) == "overdue"


@pytest.mark.parametrize(
    ("received", "six_weeks", "operational"),
    [
        ("2025-03-02", "2025-04-13", "2025-04-11"),  # by e-mail on a Sunday
        ("2025-03-07", "2025-04-18", "2025-04-17"),  # due on Good Friday
        ("2025-03-10", "2025-04-21", "2025-04-17"),  # due on Easter Monday
        ("2024-01-18", "2024-02-29", "2024-02-29"),  # due on a leap day
        ("2024-02-29", "2024-04-11", "2024-04-11"),  # received on a leap day
        ("2025-02-16", "2025-03-30", "2025-03-28"),  # the night the clocks go forward
        ("2025-09-14", "2025-10-26", "2025-10-24"),  # the night they go back
        ("2024-11-14", "2024-12-26", "2024-12-24"),  # due on Boxing Day
        ("2024-11-20", "2025-01-01", "2024-12-31"),
    ],
)
def test_nothing_rolls_forward(received: str, six_weeks: str, operational: str) -> None:
    row = one(received, "reg5_decide", f"request_received={received}")
    assert (row.legal_due, row.operational_due) == (day(six_weeks), day(operational))


@pytest.mark.parametrize(
    ("request_day", "responsible", "start"),
    [("2024-09-02", "2024-09-20", "2024-09-02"), ("2024-09-20", "2024-09-02", "2024-09-02")],
)
def test_the_earlier_of_request_and_responsibility_starts_the_clock(
    request_day: str, responsible: str, start: str
) -> None:
    said = (f"request_received={request_day}", f"became_responsible={responsible};source=4")
    assert {row.start for row in at("2024-10-01", *said).deadlines if row.start} == {day(start)}


def test_triggers_far_apart_are_warned_of() -> None:
    found = at("2024-12-01", "request_received=2024-09-02", "became_responsible=2024-10-01")
    assert "29 days apart" in found.warnings[0]
    assert not at("2024-12-01", "request_received=2024-09-02", "became_responsible=2024-09-30").warnings


def test_a_further_request_moves_nothing() -> None:
    assert at("2024-12-01", REQUEST, "further_request=2024-11-01") == at("2024-12-01", REQUEST)


@pytest.mark.parametrize("quiet", ["family_views=2024-10-01;from=parent", "mail_hold=2024-10-01;reason=distress"])
def test_views_and_holds_move_no_clock(quiet: str) -> None:
    assert at("2024-12-01", REQUEST, quiet) == at("2024-12-01", REQUEST)


def test_a_letter_sent_in_time_that_arrived_late_is_met_with_a_warning() -> None:
    found = at("2024-11-01", REQUEST, "decision_to_assess=2024-10-14;arrived_on=2024-10-16")
    row = found.get("reg5_decide")
    assert row is not None and row.state == "met"
    assert "arrived on Wednesday 16 October 2024" in found.warnings[0]
    assert "arrived on Wednesday 16 October 2024" in row.explain()


def test_a_final_plan_is_watched_until_setting_and_health_commissioner_have_it() -> None:
    family = "final_plan_sent=2025-01-20;to=family"
    others = "final_plan_sent=2025-01-24;to=setting,health_commissioner"
    assert (
        "went to the school or institution and the health commissioner"
        in at("2025-02-01", REQUEST, ASSESS, family).warnings[0]
    )
    assert at("2025-02-01", REQUEST, ASSESS, family, others).warnings == ()
    assert at("2025-02-01", REQUEST, ASSESS, family, others).ended_on == day("2025-01-20")


@given(st.dates(min_value=day("2014-09-01"), max_value=day("2040-12-31")), st.integers(min_value=0, max_value=400))
def test_the_days_of_a_request_agree_with_a_count_of_single_days(received: date, later: int) -> None:
    today = received + timedelta(days=later)
    found = timeline([Fact("request_received", received)], today)
    for limit, weeks in (("reg5_decide", 6), ("reg10_refuse_plan", 16), ("reg13_final_plan", 20)):
        due = received
        for _ in range(7 * weeks):
            due += timedelta(days=1)
        row = found.get(limit)
        assert row is not None
        assert (row.legal_due, row.days) == (due, (today - due).days)
        assert (row.state is State.OVERDUE) == (limit != "reg10_refuse_plan" and today > due)
        assert row.state in OPEN | {State.CONDITIONAL}
