"""Reliefs: which ground lifts which limit, when it touches the right weeks, and what it does to the state."""

import pytest

from statute.limits_of_assessments import LIMITS
from tests.statute.saying import at, day, one, state

REQUEST = "request_received=2024-09-02"  # 6 weeks: 14 October; 16: 23 December; 20: 20 January 2025
ASSESS = "decision_to_assess=2024-10-11"
ASKED = "advice_requested:health=2024-10-17"  # to 28 November
OWN = ("reg5_decide", "reg10_refuse_plan", "reg13_final_plan")
LATER = "2025-03-01"


def lifted(*said: str, as_of: str = LATER) -> set[str]:
    """The limits that would be late in law without their relief, or that are lifted."""
    found = at(as_of, REQUEST, *said).deadlines
    return {row.limit for row in found if row.state in ("lifted", "met_under_relief")}


def test_the_grounds_of_every_limit_are_a_closed_list() -> None:
    own = ["closed_school", "closed_early_years", "personal", "absent_4w", "coronavirus"]
    assert {limit.id: list(limit.grounds) for limit in LIMITS.values()} == {
        "reg4_refuse_assessment": ["coronavirus"],
        "reg5_decide": own,
        "reg8_advice": ["exceptional", "absent_4w", "missed_appointment", "coronavirus"],
        "code_advice": ["exceptional", "absent_4w", "missed_appointment"],
        "reg10_refuse_plan": own,
        "reg13_representations": [],
        "reg13_final_plan": own,
        "code_consultation": [],
    }


@pytest.mark.parametrize(
    ("relief", "expected"),
    [
        # personal circumstances that touch the period, both ends counted
        ("ground=personal;from=2024-09-10;to=2024-09-20", {"reg5_decide", "reg13_final_plan"}),
        ("ground=personal;from=2024-08-01;to=2024-09-02", {"reg5_decide", "reg13_final_plan"}),
        ("ground=personal;from=2024-08-01;to=2024-09-01", set[str]()),
        ("ground=personal;from=2024-10-14;to=2024-10-14", {"reg5_decide", "reg13_final_plan"}),
        ("ground=personal;from=2024-10-15;to=2024-10-30", {"reg13_final_plan"}),
        ("ground=personal;from=2024-12-23;to=2025-02-01", {"reg13_final_plan"}),
        ("ground=personal;from=2024-12-24;to=2025-02-01", set[str]()),  # weeks 17 to 20, unconfirmed
        ("ground=personal;from=2024-12-24;to=2025-02-01;confirmed=yes", {"reg13_final_plan"}),
        ("ground=personal;from=2025-01-20;confirmed=yes", {"reg13_final_plan"}),
        ("ground=personal;from=2025-01-21;confirmed=yes", set[str]()),
        ("ground=personal;from=2024-11-01", {"reg13_final_plan"}),  # still going on
        ("ground=personal", set[str]()),  # no days and no limit: it reaches nothing
        ("ground=personal;limit=reg5_decide", {"reg5_decide"}),  # named: the approver says it does
        ("ground=personal;limit=reg13_final_plan;from=2024-09-10;to=2024-09-20", {"reg13_final_plan"}),
        # absence for 28 days in a row within the period
        ("ground=absent_4w;from=2024-09-10;to=2024-10-07", {"reg5_decide", "reg13_final_plan"}),
        ("ground=absent_4w;from=2024-09-10;to=2024-10-06", set[str]()),
        ("ground=absent_4w;from=2024-08-01;to=2024-09-29", {"reg5_decide", "reg13_final_plan"}),
        ("ground=absent_4w;from=2024-08-01;to=2024-09-28", set[str]()),
        ("ground=absent_4w;from=2024-09-18;to=2024-11-30", {"reg13_final_plan"}),  # 27 days of the six weeks
        ("ground=absent_4w;from=2024-11-26;to=2025-02-01", {"reg13_final_plan"}),
        ("ground=absent_4w;from=2024-11-27;to=2025-02-01", set[str]()),  # 27 days of the 16 weeks
        ("ground=absent_4w;from=2024-12-24;to=2025-01-20;confirmed=yes", {"reg13_final_plan"}),
        ("ground=absent_4w;from=2024-12-25;to=2025-01-25;confirmed=yes", set[str]()),
        ("ground=absent_4w;from=2024-11-01", {"reg13_final_plan"}),  # not back yet
        ("ground=absent_4w;limit=reg5_decide", set[str]()),
        # grounds of other limits
        ("ground=exceptional;from=2024-09-10;to=2024-09-20", set[str]()),
        ("ground=missed_appointment;from=2024-09-10", set[str]()),
        ("ground=coronavirus", set[str]()),
    ],
)
def test_a_relief_lifts_what_its_ground_and_days_reach(relief: str, expected: set[str]) -> None:
    assert lifted(f"relief=2025-02-01;{relief}") == expected


CLOSED = "ground=closed_school;first_closed=2024-10-01;reopens=2024-11-05"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ((f"relief=2024-11-10;{CLOSED};advice_requested=2024-10-05",), {"reg5_decide", "reg13_final_plan"}),
        ((f"relief=2024-11-10;{CLOSED};limit=reg13_final_plan;advice_requested=2024-10-05",), {"reg13_final_plan"}),
        ((f"relief=2024-11-10;{CLOSED}",), set[str]()),  # nobody knows when the head was asked
        # Asked on the day of the decision or after it, it cannot have held the decision up.
        (
            ("decision_to_assess=2024-10-20", f"relief=2024-11-10;{CLOSED};advice_requested=2024-10-14"),
            {"reg5_decide", "reg13_final_plan"},
        ),
        (
            ("decision_to_assess=2024-10-14", f"relief=2024-11-10;{CLOSED};advice_requested=2024-10-14"),
            {"reg13_final_plan"},
        ),
        # Nor can it have made a day impractical that was over when it was asked for.
        (
            ("decision_to_assess=2024-10-20", f"relief=2024-11-10;{CLOSED};advice_requested=2024-10-15"),
            {"reg13_final_plan"},
        ),
        (
            ("decision_to_assess=2024-10-20", f"relief=2024-11-10;{CLOSED};advice_requested=2024-10-20"),
            {"reg13_final_plan"},
        ),
        # The request to education says when the head was asked.
        (
            (ASSESS, "advice_requested:education=2024-10-12", f"relief=2024-11-10;{CLOSED}"),
            {"reg13_final_plan"},
        ),
        ((ASSESS, "advice_requested:health=2024-10-12", f"relief=2024-11-10;{CLOSED}"), set[str]()),
        # Within three days of an edge a person decides.
        ((f"relief=2024-11-10;{CLOSED};advice_requested=2024-10-27",), set[str]()),
        ((f"relief=2024-11-10;{CLOSED};advice_requested=2024-10-27;confirmed=yes",), {"reg13_final_plan"}),
        ((f"relief=2024-11-10;{CLOSED};advice_requested=2024-09-27",), set[str]()),
        (
            (f"relief=2024-11-10;{CLOSED};advice_requested=2024-09-27;confirmed=yes",),
            {"reg5_decide", "reg13_final_plan"},
        ),
        ((f"relief=2024-11-10;{CLOSED};advice_requested=2024-10-30;confirmed=yes",), set[str]()),
        (
            (
                "relief=2024-11-10;ground=closed_early_years;first_closed=2024-10-01;reopens=2024-11-05;"
                "advice_requested=2024-10-05",
            ),
            {"reg5_decide", "reg13_final_plan"},
        ),
        (  # Christmas
            (
                "relief=2025-01-10;ground=closed_school;first_closed=2024-12-21;reopens=2025-01-06;"
                "advice_requested=2024-12-20;confirmed=yes",
            ),
            set[str](),
        ),
    ],
)
def test_a_closed_school_lifts_what_it_held_up(said: tuple[str, ...], expected: set[str]) -> None:
    assert lifted(*said) == expected


@pytest.mark.parametrize(
    ("received", "limits"),
    [
        # the days of regs 4 and 5, then 10, then 13, against 1 May to 25 September 2020
        ("2020-03-20", {"reg5_decide", "reg13_final_plan"}),  # 1 May
        ("2020-03-19", {"reg13_final_plan"}),  # 30 April
        ("2020-05-08", {"reg5_decide", "reg13_final_plan"}),  # 25 September
        ("2020-05-09", {"reg5_decide"}),  # 26 September
        ("2020-08-14", {"reg5_decide"}),
        ("2020-08-15", set[str]()),
    ],
)
def test_in_2020_coronavirus_lifted_limits_that_fell_in_its_months(received: str, limits: set[str]) -> None:
    found = at("2021-06-01", f"request_received={received}", "relief=2020-06-01;ground=coronavirus").deadlines
    assert {row.limit for row in found if row.state == "lifted"} == limits


def test_coronavirus_reached_refusals_to_assess_and_health_advice_when_named() -> None:
    request = "request_received=2020-03-20"
    refusal = "decision_not_to_assess=2020-05-20"
    relief = "relief=2020-06-01;ground=coronavirus"
    assert state("2020-07-01", "reg4_refuse_assessment", request, refusal, relief) == "met_under_relief"
    asked = "advice_requested:health=2020-04-01"
    named = f"{relief};limit=reg8_advice"
    assert state("2020-07-01", "reg8_advice", request, asked, named, subject="health") == "lifted"
    assert state("2020-07-01", "reg8_advice", request, asked, relief, subject="health") == "overdue"


@pytest.mark.parametrize(
    ("as_of", "said", "doubted"),
    [
        ("2020-09-25", (), False),
        ("2020-09-26", (), True),
        ("2021-06-01", ("final_plan_sent=2020-09-25",), False),
        ("2021-06-01", ("final_plan_sent=2020-09-26",), True),
    ],
)
def test_what_was_still_unmet_when_2020s_relaxation_ended_stays_lifted_and_is_flagged(
    as_of: str, said: tuple[str, ...], doubted: bool
) -> None:
    begun = ("request_received=2020-03-20", "decision_to_assess=2020-05-01", "relief=2020-06-01;ground=coronavirus")
    row = one(as_of, "reg13_final_plan", *begun, *said)
    assert row.state == ("met_under_relief" if said else "lifted")
    assert ("Whether it stayed lifted after that day is unsettled" in row.explain()) is doubted


def test_a_relief_that_decides_nothing_is_not_doubted() -> None:
    said = ("request_received=2020-04-01", "decision_to_assess=2020-05-01", "relief=2020-05-10;ground=coronavirus")
    told = {row.limit: row.explain() for row in at("2020-10-18", *said).deadlines}
    assert {limit for limit, words in told.items() if "unsettled" in words} == {"reg13_final_plan"}


def test_the_very_last_day_of_2020s_relaxation_is_flagged() -> None:
    found = at("2020-10-01", "request_received=2020-05-08", "relief=2020-09-01;ground=coronavirus")
    assert any("25 September 2020" in warning and "very day" in warning for warning in found.warnings)
    row = found.get("reg13_final_plan")
    assert row is not None and "very day" in row.explain()


@pytest.mark.parametrize(
    ("relief", "expected"),
    [
        ("ground=exceptional;limit=reg8_advice;from=2024-11-01;to=2024-11-05", "lifted"),
        ("ground=exceptional;limit=reg8_advice;from=2024-11-29;to=2024-12-05", "overdue"),
        ("ground=missed_appointment;limit=reg8_advice;from=2024-11-28", "lifted"),
        ("ground=missed_appointment;limit=reg8_advice", "lifted"),
        ("ground=absent_4w;limit=reg8_advice;from=2024-10-20;to=2024-11-16", "lifted"),
        ("ground=absent_4w;limit=reg8_advice;from=2024-10-20;to=2024-11-15", "overdue"),
        ("ground=personal;limit=reg8_advice;from=2024-11-01;to=2024-11-05", "overdue"),
        ("ground=exceptional;from=2024-11-01;to=2024-11-05", "overdue"),  # must name the limit
        ("ground=exceptional;limit=reg8_advice;subject=health;from=2024-11-01", "lifted"),
        ("ground=exceptional;limit=reg8_advice;subject=other;from=2024-11-01", "overdue"),
        ("ground=closed_school;limit=reg8_advice;first_closed=2024-10-20;reopens=2024-12-20", "overdue"),
    ],
)
def test_an_advisers_limit_has_grounds_of_its_own(relief: str, expected: str) -> None:
    said = (REQUEST, ASSESS, ASKED, f"relief=2024-12-01;{relief}")
    assert state("2024-12-05", "reg8_advice", *said, subject="health") == expected


@pytest.mark.parametrize("ground", ["exceptional", "missed_appointment"])
def test_the_code_has_the_same_grounds_for_everyone_else(ground: str) -> None:
    asked = "advice_requested:education=2024-10-17"
    relief = f"relief=2024-12-01;ground={ground};limit=code_advice;subject=education;from=2024-11-01"
    assert state("2024-12-05", "code_advice", REQUEST, ASSESS, asked, relief, subject="education") == "lifted"


PERSONAL = "ground=personal;from=2024-11-01;to=2024-11-20;target=2025-02-14"


@pytest.mark.parametrize(
    ("as_of", "said", "expected"),
    [
        ("2024-11-30", ("relief=2024-12-01",), "running"),  # not before it was granted
        ("2024-12-01", ("relief=2024-12-01",), "lifted"),  # before the day
        ("2025-01-31", ("relief=2025-02-01",), "overdue"),
        ("2025-02-01", ("relief=2025-02-01",), "lifted"),  # after the day
        ("2025-02-01", ("relief=2024-12-01", "final_plan_sent=2025-01-20"), "met"),
        ("2025-02-05", ("relief=2024-12-01", "final_plan_sent=2025-02-01"), "met_under_relief"),
        ("2025-02-05", ("final_plan_sent=2025-02-01", "relief=2025-02-03"), "met_under_relief"),  # granted afterwards
        ("2025-02-02", ("final_plan_sent=2025-02-01", "relief=2025-02-03"), "met_late"),
        ("2025-02-05", ("relief=2024-12-01", "withdrawn=2025-02-01"), "not_applicable"),
    ],
)
def test_a_relief_lifts_from_its_own_day_whenever_it_was_granted(
    as_of: str, said: tuple[str, ...], expected: str
) -> None:
    whole = [f"{each};{PERSONAL}" if each.startswith("relief") else each for each in said]
    assert state(as_of, "reg13_final_plan", REQUEST, ASSESS, *whole) == expected


SLT, OT = "advice_requested:health/slt=2024-10-17", "advice_requested:health/ot=2024-10-17"
ILLNESS = "ground=exceptional;limit=reg8_advice;from=2024-11-01;to=2024-11-05"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ((SLT, OT, f"relief=2024-12-01;{ILLNESS}"), {"health/slt", "health/ot"}),
        ((SLT, OT, f"relief=2024-12-01;{ILLNESS};subject=health"), {"health/slt", "health/ot"}),
        ((SLT, OT, f"relief=2024-12-01;{ILLNESS};subject=health/ot"), {"health/ot"}),
        ((SLT, f"relief=2024-12-01;{ILLNESS};subject=health"), {"health"}),
        ((SLT, f"relief=2024-12-01;{ILLNESS};subject=health/slt"), {"health"}),
        ((SLT, f"relief=2024-12-01;{ILLNESS};subject=health/ot"), set[str]()),  # shown as health, but another body
        ((SLT, f"relief=2024-12-01;{ILLNESS};subject=other"), set[str]()),
    ],
)
def test_a_relief_for_an_adviser_reaches_the_body_or_category_it_names(
    said: tuple[str, ...], expected: set[str]
) -> None:
    found = at("2024-12-05", REQUEST, ASSESS, *said).deadlines
    assert {row.subject for row in found if row.state == "lifted"} == expected


def test_asking_a_second_body_takes_no_relief_away_from_the_first() -> None:
    granted = (SLT, f"relief=2024-12-01;{ILLNESS};subject=health")
    later = "advice_requested:health/ot=2024-12-03"
    assert state("2024-12-05", "reg8_advice", REQUEST, ASSESS, *granted, later, subject="health/slt") == "lifted"
    assert state("2024-12-05", "reg8_advice", REQUEST, ASSESS, *granted, later, subject="health/ot") == "running"


@pytest.mark.parametrize(
    ("relief", "warned"),
    [
        ("ground=personal;from=2024-12-24;to=2025-01-05", "reg13_final_plan: It falls in weeks 17 to 20"),
        ("ground=absent_4w;limit=reg5_decide;from=2024-09-10;to=2024-09-20", "11 days of the absence lie there"),
        ("ground=personal;from=2024-12-01;to=2025-01-05", ""),
    ],
)
def test_a_timeline_says_of_a_relief_that_lifts_nothing_why(relief: str, warned: str) -> None:
    warnings = " ".join(at(LATER, REQUEST, ASSESS, f"relief=2025-02-01;{relief}").warnings)
    assert warned in warnings
    assert ("lifts nothing" in warnings) is bool(warned)


def test_a_lifted_limit_keeps_its_legal_day_and_shows_its_end_and_target() -> None:
    row = one("2025-02-01", "reg13_final_plan", REQUEST, ASSESS, f"relief=2024-12-01;{PERSONAL}")
    assert (row.legal_due, row.days) == (day("2025-01-20"), 12)
    assert (row.lifted_until, row.target) == (day("2024-11-20"), day("2025-02-14"))


def test_a_conditional_limit_stays_conditional_under_a_relief() -> None:
    assert state("2025-02-01", "reg10_refuse_plan", REQUEST, ASSESS, f"relief=2024-12-01;{PERSONAL}") == "conditional"
    refused = "decision_not_to_issue=2025-01-10"
    assert state("2025-02-01", "reg10_refuse_plan", REQUEST, ASSESS, f"relief=2024-12-01;{PERSONAL}", refused) == (
        "met_under_relief"
    )


def test_the_latest_relief_that_reaches_a_limit_governs() -> None:
    later = "relief=2025-02-20;ground=personal;from=2024-12-01;to=2024-12-20;target=2025-03-14"
    row = one("2025-03-01", "reg13_final_plan", REQUEST, ASSESS, f"relief=2024-12-01;{PERSONAL}", later)
    assert row.target == day("2025-03-14")
