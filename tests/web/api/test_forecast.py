"""The forecast for programs: the same figures as on the page, page by page, and nobody's child who is restricted."""

from typing import Any

from sqlalchemy import text

from casework.actor import Actor
from casework.people import restrict
from tests.web.api.conftest import Program, program
from tests.web.site import Site

HERE = "/scorecard/forecast"


def every_page(asks: Program, **query: str) -> list[Any]:
    """The cases of all pages, one after another."""
    cases, cursor = list[Any](), dict[str, str]()
    while True:
        page = asks.get(HERE, page_size=200, **query, **cursor).json()
        cases += page["cases"]
        if page["next"] is None:
            return cases
        cursor = {"cursor": page["next"]}


def test_every_open_case_is_there_once_for_each_limit_the_lowest_chance_first(looking: Site) -> None:
    asks = program(looking, "auditor")
    said = asks.get(HERE, page_size=1).json()
    cases = every_page(asks)
    assert len(cases) + said["hidden"] == sum(each["open"] for each in said["limits"])
    assert len({(each["mail_ref"], each["limit"]) for each in cases}) == len(cases)
    chances = [each["chance"] for each in cases if each["chance"] is not None]
    assert chances == sorted(chances) and chances
    assert {"reg5_decide", "reg13_final_plan", "s44_review"} <= {each["limit"] for each in cases}
    of_plans = every_page(asks, limit="reg13_final_plan")
    assert of_plans == [each for each in cases if each["limit"] == "reg13_final_plan"]


def test_it_says_on_what_it_rests_and_how_the_last_quarter_did(looking: Site) -> None:
    said = program(looking, "manager").get(HERE).json()
    assert (said["day"], said["from"], said["too_few"]) == ("2026-11-20", "2024-11-21", 20)
    assert (said["last_quarter"]["day"], said["last_quarter"]["last"]) == ("2026-06-30", "2026-09-30")
    named = [each["limit"] for each in said["limits"]]
    assert [each["limit"] for each in said["last_quarter"]["limits"]] == named
    plans = said["limits"][named.index("reg13_final_plan")]
    assert [each["month"] for each in plans["months"]] == ["2026-11", "2026-12", "2027-01", "2027-02", "2027-03"]


def test_what_is_asked_wrong_is_told_by_field(looking: Site) -> None:
    asks = program(looking, "manager")
    assert asks.get(HERE, limit="none").json()["errors"][0]["field"] == "limit"
    assert asks.get(HERE, cursor="bm9uZQ").json()["errors"][0]["field"] == "cursor"


def test_a_restricted_child_is_counted_and_not_told(site: Site) -> None:
    asks = program(site, "manager")
    before = asks.get(HERE, page_size=1).json()
    case = before["cases"][0]
    restrict(site.db, case["case_ref"], ["a.marsh"], Actor("a.marsh", "web"))
    after = asks.get(HERE, page_size=1).json()
    assert after["hidden"] > before["hidden"]
    assert after["limits"] == before["limits"]
    assert case["mail_ref"] not in {each["mail_ref"] for each in every_page(asks)}


def test_whose_cases_were_shown_is_put_down(site: Site) -> None:
    program(site, "manager").get(HERE, page_size=2)
    with site.db.connect() as connection:
        row = connection.execute(text("SELECT what, channel FROM read_log ORDER BY id DESC LIMIT 1")).one()
    assert tuple(row) == ("api: scorecard forecast", "api")
