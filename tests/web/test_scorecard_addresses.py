"""What the addresses of the scorecard say no to, and what they count anew."""

from sqlalchemy import text

from casework.actor import Actor
from casework.recording import record
from statute.notation import parse_fact
from tests.web.api.conftest import program
from tests.web.pages import links, page, words
from tests.web.site import NOW, Site

OLD, NEW = "/scorecard/measures/reviews_met_2025", "/scorecard/measures/reviews_completed"
WITHDRAWN = "/scorecard/measures/requests_withdrawn?month=2026-10"


def test_a_measure_outside_its_years_has_no_figure_and_leads_to_the_one_in_force(looking: Site) -> None:
    manager = looking.as_a("manager")
    for of, month, instead in ((OLD, "2026-10", NEW), (NEW, "2024-10", OLD)):
        tree = page(manager.get(f"{of}?month={month}"), 404)
        assert f"is not in force in {month[:4]}" in words(tree)
        assert f"{instead}?month={month}" in links(tree)
        for path in (f"{of}/cases", f"{of}/cases.csv", f"{of}/note"):
            assert manager.get(f"{path}?month={month}").status_code == 404
        assert manager.post(f"{of}/note", {"month": month, "owner": "Nobody"}).status_code == 404
    assert manager.get(f"{OLD}?month=2024-10").status_code == 200


def test_programs_find_no_measure_outside_its_years(looking: Site) -> None:
    asks = program(looking, "manager")
    for address in ("/measures/reviews_met_2025", "/measures/reviews_met_2025/cases"):
        assert asks.get(address, month="2026-10").status_code == 404
        assert asks.get(address, month="2024-10").status_code == 200


def test_a_target_of_a_share_is_at_most_a_hundred_for_programs_too(site: Site) -> None:
    asks = program(site, "manager")
    refused = asks.post("/measures/plans_twenty_weeks/notes", {"month": "2026-10", "target": 100.5})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "target")
    for measure, target in (("plans_twenty_weeks", 100), ("plans_issued", 250)):
        assert asks.post(f"/measures/{measure}/notes", {"month": "2026-10", "target": target}).status_code == 200


def test_a_figure_that_cannot_be_there_cannot_be_withdrawn(looking: Site) -> None:
    for number in (2**63, 10**30, 0):
        assert looking.as_a("manager").post(f"/scorecard/fed/{number}/withdraw", {}).status_code == 404


def test_a_trend_is_counted_again_with_its_measure(site: Site) -> None:
    def told(again: str = "") -> str:
        return words(page(site.as_a("manager").get(f"{WITHDRAWN}{again}"))).partition("Month by month")[2]

    before = told()
    with site.db.connect() as connection:
        statement = (
            "SELECT p.case_ref FROM process p JOIN counted_assessment a ON a.process_id = p.id "
            "WHERE a.began BETWEEN '2026-10-01' AND '2026-10-20' AND a.ended_on IS NULL "
            "AND a.first_decision IS NULL ORDER BY 1 LIMIT 1"
        )
        ref = connection.execute(text(statement)).scalar_one()
    record(site.db, ref, [parse_fact("withdrawn=2026-10-30")], Actor("m.east", "web"), NOW, confirm=True)
    assert told() == before
    assert told("&again=yes") != before
