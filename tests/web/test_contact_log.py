"""The contact log: adding to it and reading it."""

from typing import Any

import pytest

from casework.contacts_log import Note, log_contact
from tests.casework.support import OFFICER
from tests.web.recording_support import a_case, day, hand, hidden, row, strict
from tests.web.site import NOW, Browser, Site

CALL = {**day("on", "2026-11-18"), "way": "phone", "with_whom": "parent", "text": "Asked <script>alert(1)</script>"}


@pytest.fixture
def officer(site: Site) -> Browser:
    return site.as_a("caseworker")


def test_a_contact_is_added_once_and_shown_as_it_was_typed(site: Site, officer: Browser) -> None:
    url = f"/cases/{a_case(site)}/contact"
    empty = officer.get(url)
    strict(empty)
    assert "Nobody has put down a contact yet" in empty.text
    sent = {**CALL, "number": hidden(empty)["number"][0]}
    for _ in range(2):
        page = officer.follow(officer.post(url, sent))
    strict(page)
    assert page.text.count("<article") == 1
    assert "Wednesday 18 November 2026: phone call, parent or carer" in page.text
    assert "<script>alert" not in page.text and "&lt;script&gt;alert(1)" in page.text
    assert row(site, "SELECT recorded_by FROM contact_note")["recorded_by"] == "a.marsh"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"on-day": ""}, "on"),
        (day("on", "2026-11-21"), "on"),
        ({"way": ""}, "way"),
        ({"way": "pigeon"}, ""),
        ({"with_whom": ""}, "with_whom"),
        ({"text": " "}, "text"),
        ({"text": "a" * 20_001}, "text"),
    ],
)
def test_what_is_wrong_with_a_contact_is_said_and_nothing_typed_is_lost(
    site: Site, officer: Browser, wrong: dict[str, Any], field: str
) -> None:
    page = officer.post(f"/cases/{a_case(site)}/contact", {**CALL, **wrong})
    strict(page)
    assert page.status_code == 422 and (f'href="#{field}"' in page.text or not field)
    assert 'value="2026"' in page.text and "There is a problem" in page.text


def test_a_long_log_is_read_fifty_at_a_time(site: Site, officer: Browser) -> None:
    ref = a_case(site)
    for number in range(51):
        log_contact(site.db, ref, Note(NOW.date(), "email", "setting", f"No {number}"), OFFICER, NOW)
    first = officer.get(f"/cases/{ref}/contact")
    assert first.text.count("<article") == 50 and "?after=50" in first.text
    assert officer.get(f"/cases/{ref}/contact?after=50").text.count("<article") == 1


def test_an_auditor_reads_the_log_and_adds_nothing(site: Site) -> None:
    ref, auditor = a_case(site), site.as_a("auditor")
    page = auditor.get(f"/cases/{ref}/contact")
    strict(page)
    assert page.status_code == 200 and "Add a contact" not in page.text
    assert auditor.post(f"/cases/{ref}/contact", CALL).status_code == 403
    seen = row(site, "SELECT what, processes FROM read_log ORDER BY at DESC, id DESC LIMIT 1")
    assert (seen["what"], seen["processes"]) == ("contact log", [hand(site, ref).process_id])


def test_the_log_of_a_restricted_child_is_not_there_for_others(site: Site, officer: Browser) -> None:
    secret = a_case(site, sensitivity="restricted", restricted_to=["p.nobody"])
    assert officer.get(f"/cases/{secret}/contact").status_code == 404
    assert officer.post(f"/cases/{secret}/contact", CALL).status_code == 404
