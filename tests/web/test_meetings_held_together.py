"""With which other review of the child a review meeting was held: on the form, in the chronology, through the API."""

from tests.web.api.conftest import program
from tests.web.recording_support import a_review, day, hidden, ledger, strict
from tests.web.site import Site


def test_the_form_asks_in_plain_words_and_the_chronology_says_it_again(site: Site) -> None:
    officer, ref = site.as_a("caseworker"), a_review(site)
    url = f"/cases/{ref}/record/review_meeting"
    page = officer.get(url)
    strict(page)
    assert "Was it held together with another review of the child?" in page.text
    assert "Review of the personal education plan (PEP)" in page.text
    form = {**day("on", "2026-11-18"), "aligned": ["looked_after", "continuing_care"], "seen": hidden(page)["seen"][0]}
    answer = officer.post(url, {**form, "checked": "yes"})
    assert answer.status_code == 303, answer.text
    assert ledger(site, ref)[-1].attributes["aligned"] == "looked_after,continuing_care"
    told = officer.get(f"/cases/{ref}/chronology").text
    assert "Held together with" in told
    assert "review of the care plan of a looked-after child, NHS Continuing Care review" in told


def test_the_api_takes_it_and_refuses_what_it_does_not_know(site: Site) -> None:
    worker, ref = program(site, "caseworker"), a_review(site)
    held = {"kind": "review_meeting", "day": "2026-11-18", "attributes": {"aligned": "dentist"}}
    refused = worker.post(f"/cases/{ref}/facts", {"facts": [held]})
    assert (refused.status_code, "aligned cannot be" in refused.text) == (422, True)
    held["attributes"] = {"aligned": "personal_education"}
    assert worker.post(f"/cases/{ref}/facts", {"facts": [held]}).status_code == 201
    assert ledger(site, ref)[-1].attributes["aligned"] == "personal_education"
