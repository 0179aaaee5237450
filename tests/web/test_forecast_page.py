"""The forecast's page: what it says, to whom, and that it leads to the cases most at risk."""

import re

import pytest
from sqlalchemy import text

from casework.actor import Actor
from casework.people import restrict
from scorecard.forecast.limits import LIMITS
from scorecard.forecast.looking_ahead import forecast
from tests.web.site import Site

HERE = "/scorecard/forecast"
OPEN = text(
    "SELECT process_id, standing, min(legal_due) FROM deadline WHERE to_day IS NULL AND standing IN ('open', 'lifted') "
    "AND legal_due >= :day AND limit_id = ANY(:limits) GROUP BY process_id, standing"
)


def test_the_page_says_what_it_is_and_on_how_much_it_rests(looking: Site) -> None:
    page = looking.as_a("manager").get(HERE)
    assert page.status_code == 200
    for words in (
        "The months to come",
        "Cases most at risk",
        "How the last quarter’s forecast did",
        "Kaplan and Meier",
        "prove the arithmetic, not the forecast",
    ):
        assert words in page.text


def test_cases_most_at_risk_lead_to_their_pages_the_lowest_chance_first(looking: Site) -> None:
    page = looking.as_a("manager").get(f"{HERE}?limit=reg13_final_plan").text
    refs = re.findall(r'<th scope="row" class="govuk-table__header"><a class="govuk-link" href="/cases/([^"]+)"', page)
    assert refs
    assert looking.as_a("manager").get(f"/cases/{refs[0]}").status_code == 200
    chances = [int(each) for each in re.findall(r'data-label="Chance">(\d+)%', page)]
    assert chances and chances == sorted(chances)
    assert "Decision whether to assess, in 6 weeks</td>" not in page


def test_every_case_with_a_limit_ahead_has_the_chance_of_the_one_that_ends_first(looking: Site) -> None:
    day = looking.now.date()
    limits = [each for limit in LIMITS for each in limit.law]
    with looking.db.connect() as connection:
        rows = connection.execute(OPEN, {"day": day, "limits": limits}).all()
    in_law = {process: due for process, standing, due in rows if standing == "open"}
    lifted = {process for process, standing, _ in rows if standing == "lifted"}
    said = {each.process_id: each.due for each in forecast(looking.db, day).chances if not each.limit.beside}
    assert len(in_law) > 500
    # A relief lifts a limit, not the wait: such a case is forecast as any other.
    assert {process: due for process, due in said.items() if process not in lifted} == in_law


def test_the_months_of_a_limit_are_shown_when_it_is_chosen(looking: Site) -> None:
    manager = looking.as_a("manager")
    assert "Final plan, in 20 weeks, month by month" in manager.get(HERE).text
    chosen = manager.get(f"{HERE}?limit=s44_review").text
    assert "Review of a plan, in 12 months, month by month" in chosen
    assert "Review of a plan, in 12 months: what was expected, and what came" in chosen


@pytest.mark.parametrize("role", ["caseworker", "service_lead"])
def test_it_is_for_those_who_oversee(looking: Site, role: str) -> None:
    assert looking.as_a(role).get(HERE).status_code == 403


def test_a_restricted_child_is_in_the_figures_and_not_on_the_list(site: Site) -> None:
    manager = site.as_a("manager")
    before = manager.get(HERE).text
    (ref, case_ref), *_ = re.findall(r'href="/cases/([^"]+)">([^<]+)</a></th>', before)
    restrict(site.db, case_ref, ["a.marsh"], Actor("a.marsh", "web"))
    after = manager.get(f"{HERE}?again=yes").text
    assert f'href="/cases/{ref}"' not in after
    assert case_ref not in after
    assert "restricted to named staff" in after
    assert _tables(after) == _tables(before)


def _tables(page: str) -> list[str]:
    """The figures, without the cases."""
    return re.findall(r"<tr.*?</tr>", page[: page.index("Cases most at risk")], re.DOTALL)
