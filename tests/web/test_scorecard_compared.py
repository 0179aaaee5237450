"""A measure's page beside what was published: for the authority that the settings name, or how to name it."""

import pytest

from config.settings import Settings
from tests.support.database import Database
from tests.web.site import Site

PLANS = "/scorecard/measures/plans_twenty_weeks"


@pytest.fixture(scope="module")
def york(read_only_council: Database) -> Site:
    """The site of an authority that is named in the published tables."""
    return Site(read_only_council.engine, Settings(council="York"))


def test_the_published_years_stand_beside_the_figure_of_this_year(york: Site) -> None:
    page = york.as_a("manager").get(PLANS).text
    assert "2026, counted here up to" in page
    assert ">York<" in page
    assert ">Yorkshire and The Humber<" in page
    assert "45.9%" in page
    assert "41,448 of 90,392" in page
    assert "The series begins anew" in page


def test_a_missing_figure_says_why(york: Site) -> None:
    page = york.as_a("auditor").get("/scorecard/measures/decisions_six_weeks").text
    assert "Not available" in page or "Not published" in page
    assert "Of whom the department counts is not published" in page


def test_a_measure_that_is_not_published_is_not_compared(york: Site) -> None:
    assert "Beside what was published" not in york.as_a("manager").get("/scorecard/measures/median_weeks_to_plan").text


def test_where_the_settings_name_nobody_the_page_says_how_to(looking: Site) -> None:
    assert "set EHCP_COUNCIL" in looking.as_a("manager").get(PLANS).text
