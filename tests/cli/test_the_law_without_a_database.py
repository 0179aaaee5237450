"""`ehcp timeline assessment` and `ehcp closure`: the law for anybody, on typed facts."""

import pytest

from tests.cli.conftest import Ehcp

LIMITS = {
    "reg4_refuse_assessment",
    "reg5_decide",
    "reg8_advice",
    "code_advice",
    "reg10_refuse_plan",
    "reg13_representations",
    "reg13_final_plan",
    "code_consultation",
}
COLUMNS = {
    "limit",
    "subject",
    "citation",
    "start",
    "legal_due",
    "operational_due",
    "norm_due",
    "practice_due",
    "met_on",
    "state",
    "days",
    "explanation",
}


def typed(law: Ehcp, *facts: str, as_of: str = "2024-12-01") -> dict[tuple[str, str], dict[str, object]]:
    words = [word for fact in facts for word in ("--fact", fact)]
    done = law("timeline", "assessment", *words, "--as-of", as_of, "--json")
    assert done.code == 0, done.err
    assert done.json["process"] == "assessment"
    assert done.json["as_of"] == as_of
    return {(d["limit"], d["subject"]): d for d in done.json["deadlines"]}


def test_every_limit_is_there_with_every_column(law: Ehcp) -> None:
    found = typed(law, "request_received=2024-09-02")
    assert {limit for limit, _ in found} == LIMITS
    assert all(set(row) == COLUMNS for row in found.values())
    assert all(row["explanation"] for row in found.values())


def test_the_example_of_the_readme(law: Ehcp) -> None:
    found = typed(law, "request_received=2024-09-02", "advice_requested:health=2024-10-17")
    final, health = found["reg13_final_plan", ""], found["reg8_advice", "health"]
    assert (final["legal_due"], final["state"], final["days"]) == ("2025-01-20", "running", -50)
    assert (health["start"], health["legal_due"], health["state"], health["days"]) == (
        "2024-10-17",
        "2024-11-28",
        "overdue",
        3,
    )


def test_a_limit_that_has_not_started_has_no_days(law: Ehcp) -> None:
    row = typed(law, "request_received=2024-09-02")["code_consultation", ""]
    assert (row["start"], row["legal_due"], row["days"], row["state"]) == (None, None, None, "not_started")


def test_facts_may_be_typed_in_any_order(law: Ehcp) -> None:
    facts = ("request_received=2024-09-02", "decision_to_assess=2024-10-11", "advice_requested:health=2024-10-17")
    assert typed(law, *facts) == typed(law, *reversed(facts))


@pytest.mark.parametrize(
    ("fact", "reason"),
    [
        ("request_received=2024-02-30", "2024-02-30"),
        ("request_received=2199-01-01", "future"),
        ("request_recieved=2024-09-02", "request_received"),
        ("request_received", "="),
    ],
)
def test_a_refused_fact_ends_with_its_reason(law: Ehcp, fact: str, reason: str) -> None:
    done = law("timeline", "assessment", "--fact", fact, "--json")
    assert done.code != 0
    assert done.out == ""
    assert reason in done.err


def test_a_fact_before_the_request_is_refused(law: Ehcp) -> None:
    done = law(
        "timeline", "assessment", "--fact", "request_received=2024-09-02", "--fact", "final_plan_sent=2024-09-01"
    )
    assert done.code != 0
    assert "before" in done.err


def test_what_happened_after_the_day_asked_about_is_left_out(law: Ehcp) -> None:
    found = typed(law, "request_received=2024-09-02", "decision_to_assess=2024-10-20", as_of="2024-10-15")
    assert found["reg5_decide", ""]["state"] == "overdue"


@pytest.mark.parametrize(
    ("closed", "reopens", "asked", "expected"),
    [
        ("2025-07-21", "2025-08-18", "2025-07-14", (28, True, "2025-07-14", "2025-08-11", True, True)),
        ("2024-12-21", "2025-01-06", "2024-12-20", (16, False, "2024-12-14", "2024-12-30", False, False)),
        ("2025-07-23", "2025-09-02", "2025-07-16", (41, True, "2025-07-16", "2025-08-26", True, True)),
    ],
)
def test_the_closure_window(law: Ehcp, closed: str, reopens: str, asked: str, expected: tuple[object, ...]) -> None:
    done = law("closure", "--first-closed", closed, "--reopens", reopens, "--advice-requested", asked, "--json")
    assert done.code == 0, done.err
    names = ("closed_days", "qualifies", "window_start", "window_end", "in_window", "available")
    assert tuple(done.json[name] for name in names) == expected


def test_a_warning_is_given_once(law: Ehcp) -> None:
    facts = ("--fact", "request_received=2024-09-02", "--fact", "became_responsible=2024-11-20")
    done = law("timeline", "assessment", *facts, "--as-of", "2024-12-01", "--json")
    assert "".join(done.err.split()).count("79daysapart") == 1
