"""The worked examples that came with the law, read from their file."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from statute.closure import closure
from tests.statute.saying import at, day

FILE = Path(__file__).parents[1] / "data" / "vectors" / "statutory_dates.json"
VECTORS: dict[str, dict[str, Any]] = {each["id"]: each for each in json.loads(FILE.read_text("utf-8"))}
LIMIT = {"decision_6w": "reg5_decide", "no_plan_16w": "reg10_refuse_plan", "final_20w": "reg13_final_plan"}


@pytest.mark.parametrize("name", ["WE01", "WE04", "WE06", "WE08", "WE20", "WE46"])
def test_the_days_of_a_request_are_those_of_the_worked_example(name: str) -> None:
    given, expected = VECTORS[name]["input"], VECTORS[name]["expect"]
    found = at(given["received"], f"request_received={given['received']}")
    for key, limit in LIMIT.items():
        row = found.get(limit)
        assert row is not None
        assert row.legal_due == day(expected[key])


@pytest.mark.parametrize("name", ["WE01", "WE04", "WE06", "WE08", "WE46"])
def test_the_operational_days_are_those_of_the_worked_example(name: str) -> None:
    given, expected = VECTORS[name]["input"], VECTORS[name]["expect"]
    found = at(given["received"], f"request_received={given['received']}")
    days = [row.operational_due for limit in LIMIT.values() if (row := found.get(limit))]
    assert days == [day(expected[f"operational_{weeks}w"]) for weeks in (6, 16, 20)]


def test_the_familys_window_is_that_of_the_worked_example() -> None:
    given, expected = VECTORS["WE10"]["input"], VECTORS["WE10"]["expect"]
    row = at("2024-12-20", "request_received=2024-09-02", f"draft_plan_sent={given['served']}").get(
        "reg13_representations"
    )
    assert row is not None
    assert row.legal_due == day(expected["last_day_for_representations"])
    assert "may be sent from Thursday 2 January 2025" in row.explain()


@pytest.mark.parametrize("name", ["WE17", "WE19"])
def test_a_closure_is_that_of_the_worked_example(name: str) -> None:
    given, expected = VECTORS[name]["input"], VECTORS[name]["expect"]
    for asked, inside in zip(given["advice_requested_on"], expected["in_window"], strict=True):
        found = closure(day(given["first_closed_day"]), day(given["reopens"]), day(asked))
        assert found.closed_days == expected["closed_days"]
        assert found.qualifies is expected["qualifies_4_weeks"]
        assert (found.window_start, found.window_end) == (day(expected["window_start"]), day(expected["window_end"]))
        assert found.in_window is inside
        assert found.available is (found.qualifies and inside)


def test_a_summer_closure_lifts_16_and_20_weeks_and_sets_no_new_day() -> None:
    given, expected = VECTORS["WE20"]["input"], VECTORS["WE20"]["expect"]
    found = at(
        "2025-11-10",
        f"request_received={given['received']}",
        f"decision_to_assess={given['decision_to_assess']}",
        f"advice_requested:education={given['advice_requested_from_head']}",
        f"relief=2025-10-01;ground=closed_school;first_closed={given['first_closed_day']};"
        f"reopens={given['reopens']};confirmed=yes",
    )
    final, decide = found.get("reg13_final_plan"), found.get("reg5_decide")
    assert final is not None and decide is not None
    assert (final.state == "lifted") is expected["exception_available"]
    assert final.legal_due == day(expected["final_20w"])
    assert final.target is expected["statutory_replacement_date"]
    assert decide.state == "met"


def test_in_2020_a_coronavirus_reason_lifts_the_20_weeks() -> None:
    received = VECTORS["WE46"]["input"]["received"]
    relief = "relief=2020-06-01;ground=coronavirus"
    row = at("2020-07-01", f"request_received={received}", relief).get("reg13_final_plan")
    assert row is not None
    assert (row.state, row.legal_due) == ("lifted", date(2020, 6, 29))
