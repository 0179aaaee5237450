"""The form of a decision to issue asks what is missing and why, and the case shows it."""

import pytest

from tests.web.recording_support import a_case, day, ledger
from tests.web.site import Site

FACTS = ("decision_to_assess=2026-07-10", "advice_received:social_care=2026-08-20")


@pytest.fixture
def site(site_of_the_file: Site) -> Site:
    """Each test opens cases of its own."""
    return site_of_the_file


def test_a_decision_without_health_advice_is_recorded_with_a_reason_and_shown(site: Site) -> None:
    ref = a_case(site, *FACTS)
    officer, form = site.as_a("caseworker"), f"/cases/{ref}/record/decision_to_issue"
    typed = {**day("on", "2026-10-05")}
    refused = officer.post(form, typed)
    assert refused.status_code == 422
    assert "Tick what is missing and write down why it is not waited for." in refused.text
    half = officer.post(form, {**typed, "without": "health"})
    assert half.status_code == 422
    assert "say in your own words" in half.text
    assert 'value="health" checked' in half.text, "nothing that was typed is lost"
    done = officer.post(form, {**typed, "without": "health", "because": "The family asked us not to wait."})
    assert done.status_code == 303, done.text
    assert ledger(site, ref)[-1].attributes["without"] == "health"
    page = " ".join(officer.get(f"/cases/{ref}").text.split())
    assert "It moved to a plan on Monday 5 October 2026 without health advice." in page
    assert "The family asked us not to wait." in page
    chronology = officer.get(f"/cases/{ref}/chronology").text
    assert "The family asked us not to wait." in chronology
