"""The council's own reference of a case stays in no address: it is kept in histories, and may hold initials."""

import re

import pytest

from tests.web.lists import ask
from tests.web.site import Site
from tests.web.test_who_may_use_what import routes

_ONE = "SELECT case_ref, mail_ref FROM process WHERE case_ref = 'EHC-2026-0004'"
_NOTHING = "00000000-0000-0000-0000-000000000000"
_VALUES = {
    "kind": "decision_to_assess",
    "sequence": "1",
    "number": _NOTHING,
    "document_id": _NOTHING,
    "letter_id": _NOTHING,
}


def address(path: str, ref: str) -> str:
    return re.sub(r"\{(\w+)\}", lambda found: {**_VALUES, "ref": ref}[found[1]], path)


def pages(site: Site) -> list[str]:
    return [path for method, path, _ in routes(site) if method == "GET" and path.startswith("/cases/{ref}")]


def test_every_page_of_a_case_stands_under_its_mail_reference(looking: Site) -> None:
    (case,) = ask(looking, _ONE)
    browser, found = looking.as_a("manager"), dict[str, object]()
    for path in pages(looking):
        answer = browser.get(address(path, case["case_ref"].lower()) + "?limit=reg13_final_plan&subject=a%2Fb")
        found[path] = (answer.status_code, answer.headers.get("location"))
    assert len(found) > 15
    assert found == {
        path: (303, address(path, case["mail_ref"]) + "?limit=reg13_final_plan&subject=a%2Fb") for path in found
    }


def test_a_mail_reference_in_small_letters_leads_to_the_page_too(looking: Site) -> None:
    (case,) = ask(looking, _ONE)
    answer = looking.as_a("auditor").get(f"/cases/{case['mail_ref'].lower()}/facts")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/cases/{case['mail_ref']}/facts")


def test_a_form_sent_to_the_councils_reference_leads_on_to_the_mail_reference(site: Site) -> None:
    (case,) = ask(site, _ONE)
    day = {"on-day": "19", "on-month": "11", "on-year": "2026"}
    said = {**day, "way": "phone", "with_whom": "parent", "text": "They will send the report."}
    answer = site.as_a("caseworker").post(f"/cases/{case['case_ref']}/contact", said)
    assert (answer.status_code, answer.headers["location"].partition("?")[0]) == (
        303,
        f"/cases/{case['mail_ref']}/contact",
    )


@pytest.mark.parametrize("rest", ["", "/record", "/contact"])
def test_a_service_lead_is_not_told_whether_there_is_such_a_case(looking: Site, rest: str) -> None:
    lead = looking.as_a("service_lead")
    answers = [lead.get(f"/cases/{ref}{rest}") for ref in ("EHC-2026-0004", "EHC-2026-9999")]
    assert [answer.status_code for answer in answers] == [403, 403]
