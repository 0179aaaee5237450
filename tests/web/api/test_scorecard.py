"""The scorecard for programs: the same figures as on the pages, and nothing that boards or line managers alone may see."""

from sqlalchemy import text

from casework.actor import Actor
from scorecard.measures import MEASURES
from scorecard.snapshots.freezing import freeze
from tests.web.api.conftest import Program, program
from tests.web.site import Site

PLANS = "/measures/plans_twenty_weeks"


def test_a_month_one_measure_and_its_cases_agree(looking: Site) -> None:
    asks = program(looking, "auditor")
    card = asks.get("/scorecard", month="2026-10").json()
    line = next(each for each in card["measures"] if each["id"] == "plans_twenty_weeks")
    one = asks.get(PLANS, month="2026-10").json()
    assert {name: one[name] for name in line} == line
    assert (card["over"], one["month"], one["unit"]) == (True, "2026-10", "%")
    seen: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        page = asks.get(f"{PLANS}/cases", month="2026-10", side="counted", page_size=2, **cursor).json()
        seen += [each["case_ref"] for each in page["items"]]
        if not page["next"]:
            break
        cursor = {"cursor": page["next"]}
    assert len(seen) == len(set(seen)) == line["numerator"] - page["hidden"]
    assert seen == sorted(seen)


def test_no_figure_by_officer_leaves_by_the_api(looking: Site) -> None:
    asks = program(looking, "manager")
    hidden = [each.id for each in MEASURES if each.for_managers]
    assert hidden
    listed = {each["id"] for each in asks.get("/measures").json()["items"]}
    assert listed == {each.id for each in MEASURES} - set(hidden)

    assert asks.get(f"/measures/{hidden[0]}").status_code == 404
    assert asks.get(f"/measures/{hidden[0]}/cases").status_code == 404
    assert not {each["id"] for each in asks.get("/scorecard").json()["measures"]} & set(hidden)


def test_what_is_not_there_is_a_problem_in_words(looking: Site) -> None:
    asks = program(looking, "manager")
    assert asks.get("/measures/none").json()["type"] == "/api/v1/problems/not-found"
    assert asks.get("/snapshots/2026-09").json()["status"] == 404
    assert asks.get("/scorecard", month="2099-01").json()["errors"][0]["field"] == "month"
    assert asks.get(f"{PLANS}/cases", cursor="bm9uZQ").json()["errors"][0]["field"] == "cursor"
    assert set(asks.get("/published/2024").json()["tables"]) == {
        "requests",
        "assessments",
        "timeliness_20_week",
        "annual_reviews",
    }


def test_a_note_is_written_once_for_each_key_and_what_is_not_named_stays(site: Site) -> None:
    asks = program(site, "manager")
    first = {"month": "2026-10", "owner": "Head of SEND", "target": 60.5, "narrative": "Two posts filled."}
    assert asks.post(f"{PLANS}/notes", first, key="note-1").status_code == 200
    again = asks.post(f"{PLANS}/notes", first, key="note-1")
    assert again.headers["idempotency-replayed"] == "true"
    said = asks.post(f"{PLANS}/notes", {"month": "2026-10", "action": "advanced"}).json()
    assert said == {"id": "plans_twenty_weeks", **first, "action": "advanced"}
    line = asks.get(PLANS, month="2026-10").json()
    assert {name: line[name] for name in said if name != "month"} == {k: v for k, v in said.items() if k != "month"}
    with site.db.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM measure_note")).scalar_one() == 2


def test_a_frozen_month_is_told_with_what_is_known_better_since(site: Site) -> None:
    asks: Program = program(site, "manager")
    freeze(site.db, site.now.date().replace(month=10), Actor("m.east", "web"), site.now)
    case = asks.get(f"{PLANS}/cases", month="2026-10", side="not_counted").json()["items"][0]
    assert asks.get("/snapshots").json() == {"items": ["2026-10"]}
    before = asks.get("/snapshots/2026-10").json()
    assert (before["intact"], before["restated"]) == (True, [])
    facts = ["corrected:final_plan_sent=2026-09-30"]
    done = asks.post(f"/cases/{case['case_ref']}/facts", {"facts": facts, "confirm": True})
    assert done.status_code == 201, done.text
    after = asks.get("/snapshots/2026-10").json()
    assert after["figures"] == before["figures"]
    assert "plans_issued" in {each["id"] for each in after["restated"]}
    assert asks.get("/measures/plans_issued", month="2026-10").json()["restated"] is True


def test_whose_cases_were_shown_is_put_down(site: Site) -> None:
    program(site, "manager").get(f"{PLANS}/cases", month="2026-10")
    with site.db.connect() as connection:
        row = connection.execute(text("SELECT what, channel FROM read_log ORDER BY id DESC LIMIT 1")).one()
    assert tuple(row) == ("api: scorecard cases plans_twenty_weeks 2026-10 among", "api")


def test_a_figure_from_outside_is_entered_once_and_told_and_a_bad_one_is_refused_by_field(site: Site) -> None:
    asks = program(site, "manager")
    good = {
        "measure": "wait_autism",
        "first_day": "2026-10-01",
        "last_day": "2026-10-31",
        "value": 31.5,
        "owner": "Integrated care board",
        "source": "Monthly return",
    }
    first = asks.post("/fed-figures", good)
    assert first.status_code == 200, first.text
    assert asks.post("/fed-figures", good).json() == first.json()
    assert asks.get("/measures/wait_autism", month="2026-10").json()["value"] == 31.5
    assert asks.get("/measures/wait_autism/cases", month="2026-10").json()["items"] == []
    bad = asks.post("/fed-figures", {**good, "measure": "plans_issued", "last_day": "2027-10-31"}).json()
    assert {"measure", "last_day"} <= {each["field"] for each in bad["errors"]}
