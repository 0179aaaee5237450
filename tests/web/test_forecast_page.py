"""The forecast's page: what it says, to whom, and that it leads to the cases most at risk."""

import re

import pytest

from casework.actor import Actor
from casework.people import restrict
from tests.web.site import Site

HERE = "/scorecard/forecast"


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
