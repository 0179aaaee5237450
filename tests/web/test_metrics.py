"""The metrics: for programs with the right token, the same figures as the scorecard, counted now and then."""

from datetime import timedelta

import pytest
from prometheus_client.parser import text_string_to_metric_families
from pydantic import SecretStr

from config.settings import Settings
from scorecard.measures import MEASURES
from tests.support.database import Database
from tests.web.api.conftest import program
from tests.web.pages import questions
from tests.web.site import NOW, PEOPLE, Site

TOKEN = "a token of thirty-two characters."


@pytest.fixture(scope="module")
def metered(read_only_council: Database) -> Site:
    """A site with a token for Prometheus."""
    return Site(read_only_council.engine, Settings(metrics_token=SecretStr(TOKEN)))


def scraped(site: Site, token: str = TOKEN) -> dict[tuple[str, ...], float]:
    answer = site.browser().get("/metrics", headers={"authorization": f"Bearer {token}"})
    assert answer.status_code == 200, answer.text
    return {
        (sample.name, *(sample.labels[name] for name in sorted(sample.labels))): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def test_the_figures_are_those_of_the_scorecard_without_any_by_officer(metered: Site) -> None:
    found = scraped(metered)
    line = program(metered, "auditor").get("/measures/plans_twenty_weeks", month="2026-10").json()
    for what in ("value", "numerator", "denominator"):
        assert found[f"ehcp_measure_{what}", "plans_twenty_weeks", "last", ""] == line[what]
    told = {key[1] for key in found if key[0] == "ehcp_measure_value"}
    assert "plans_issued" in told
    assert not told & {each.id for each in MEASURES if each.for_managers}
    assert found["ehcp_well", "oldest wake"] == 1


def test_it_tells_what_was_counted_some_minutes_ago(metered: Site) -> None:
    try:
        metered.now = NOW + timedelta(hours=1)
        first = scraped(metered)["ehcp_scorecard_counted_timestamp_seconds",]
        metered.now += timedelta(minutes=14)
        with questions(metered.db) as asked:
            assert scraped(metered)["ehcp_scorecard_counted_timestamp_seconds",] == first
        assert not [each for each in asked if "counted_assessment" in each]
        metered.now += timedelta(minutes=2)
        assert scraped(metered)["ehcp_scorecard_counted_timestamp_seconds",] == metered.now.timestamp()
    finally:
        metered.now = NOW


@pytest.mark.parametrize("role", PEOPLE)
def test_only_a_token_of_an_auditor_or_administrator_opens_it_besides(metered: Site, role: str) -> None:
    token = program(metered, role).token
    answer = metered.browser().get("/metrics", headers={"authorization": f"Bearer {token}"})
    assert answer.status_code == (200 if role in ("auditor", "admin") else 401)


@pytest.mark.parametrize(
    "sent", ["", "Bearer", "Bearer ", "Basic " + TOKEN, "Bearer " + TOKEN[:-1], "Bearer wr\u00f6ng"]
)
def test_nothing_is_told_to_anybody_else(metered: Site, looking: Site, sent: str) -> None:
    for site in (metered, looking):
        answer = site.browser().get("/metrics", headers={"authorization": sent.encode()})
        assert (answer.status_code, "ehcp_" in answer.text) == (401, False)
    assert metered.as_a("admin").get("/metrics").status_code == 401
