"""`ehcp scorecard forecast`: what it expects, on what it rests, and how the last one did."""

from tests.cli.conftest import Council

LIMITS = [
    "reg5_decide",
    "reg10_refuse_plan",
    "reg13_final_plan",
    "s44_review",
    "reg20_decide",
    "reg22_final",
    "devon_final",
    "reg18_phase_transfer",
    "reg15_inform",
]


def test_months_limits_and_cases_are_told(council: Council) -> None:
    said = council.ehcp("scorecard", "forecast", "--as-of", "2026-11-19", "--json").json
    assert (said["day"], said["from"], said["too_few"]) == ("2026-11-19", "2024-11-20", 20)
    plans = next(each for each in said["limits"] if each["limit"] == "reg13_final_plan")
    assert [each["month"] for each in plans["months"]] == ["2026-11", "2026-12", "2027-01", "2027-02", "2027-03"]
    assert [each["limit"] for each in said["limits"]] == LIMITS
    assert len(said["cases"]) + said["hidden"] == sum(each["open"] for each in said["limits"])
    chances = [each["chance"] for each in said["cases"] if each["chance"] is not None]
    assert chances == sorted(chances)


def test_a_person_sees_those_most_at_risk(council: Council) -> None:
    done = council.ehcp("scorecard", "forecast")
    assert done.code == 0, done.err
    assert "Cases most at risk: 20 of" in done.out


def test_the_last_quarter_stands_beside_what_came(council: Council) -> None:
    said = council.ehcp("scorecard", "forecast", "--backtest", "--as-of", "2026-11-19", "--json").json
    assert (said["day"], said["last"]) == ("2026-06-30", "2026-09-30")
    plans = next(each for each in said["limits"] if each["limit"] == "reg13_final_plan")
    assert [each["forecast"]["month"] for each in plans["months"]] == ["2026-07", "2026-08", "2026-09"]
    assert [each["limit"] for each in said["limits"]] == LIMITS
    done = council.ehcp("scorecard", "forecast", "--backtest")
    assert "Brier score" in done.out


def test_a_day_to_come_is_refused(council: Council) -> None:
    done = council.ehcp("scorecard", "forecast", "--as-of", "2199-01-01")
    assert done.code == 2
    assert "still to come" in done.err
