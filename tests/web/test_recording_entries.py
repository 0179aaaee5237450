"""One entry: correcting it, retracting it, and what is kept of it."""

import re
from typing import Any

import pytest
from sqlalchemy import text

from casework.recording import record
from statute.notation import parse_fact
from statute.standing import standing
from tests.casework.support import OFFICER
from tests.web.recording_support import a_case, day, hand, hidden, ledger, row, strict
from tests.web.site import NOW, Browser, Site

DECISION = "decision_to_assess=2026-07-10;method=post;to=parent,young_person"
RIGHT = {"method": "post", "to": ["parent", "young_person"], "note": "The letter went a <b>day</b> later."}


@pytest.fixture
def site(site_of_the_file: Site) -> Site:
    """Each test opens cases of its own."""
    return site_of_the_file


@pytest.fixture
def officer(site: Site) -> Browser:
    return site.as_a("caseworker")


def test_an_entry_is_chosen_among_all_that_stand(site: Site, officer: Browser) -> None:
    ref = a_case(site, DECISION, "retracted:decision_to_assess=2026-07-10", "advice_requested:health=2026-07-14")
    page = officer.get(f"/cases/{ref}/facts")
    strict(page)
    offered = re.findall(rf'href="/cases/{ref}/facts/(\d+)">([^<]+)', page.text)
    assert offered == [("4", "Advice was requested: Health"), ("1", "The request was received")]


def test_a_correction_begins_with_what_stands_and_keeps_the_original(site: Site, officer: Browser) -> None:
    ref = a_case(site, DECISION)
    url = f"/cases/{ref}/facts/2"
    form = officer.get(f"{url}/correct")
    strict(form)
    assert 'value="10"' in form.text and form.text.count(" checked") == 3
    sent = {**RIGHT, **day("on", "2026-07-13"), "seen": hidden(form)["seen"][0]}
    assert officer.post(f"{url}/correct", sent).headers["location"].startswith(f"/cases/{ref}?said=")
    assert officer.post(f"{url}/correct", sent).headers["location"].startswith(f"{url}?said=")
    assert len(ledger(site, ref)) == 3
    made = ledger(site, ref)[-1]
    assert (made.name, made.day.day, made.supersedes, made.attributes) == ("corrected:decision_to_assess", 13, 2, {})
    page = officer.get(url)
    strict(page)
    assert "Monday 13 July 2026" in page.text and "Friday 10 July 2026" in page.text
    assert "What was recorded first" in page.text and "&lt;b&gt;day&lt;/b&gt;" in page.text


def test_a_correction_says_only_what_is_different(site: Site, officer: Browser) -> None:
    ref = a_case(site, DECISION)
    sent = {**RIGHT, **day("on", "2026-07-10"), "method": "", "to": ["parent"], **day("decided_on", "2026-07-09")}
    assert officer.post(f"/cases/{ref}/facts/2/correct", sent).status_code == 303
    assert ledger(site, ref)[-1].attributes == {"method": "", "to": "parent", "decided_on": "2026-07-09"}
    assert standing(ledger(site, ref))[-1].attributes == {"to": "parent", "decided_on": "2026-07-09"}
    assert "Taken out" in officer.get(f"/cases/{ref}/facts/2").text


def test_a_second_correction_is_of_what_the_first_left(site: Site, officer: Browser) -> None:
    ref = a_case(site, DECISION)
    for number in ("13", "14"):
        sent = {**RIGHT, **day("on", f"2026-07-{number}")}
        assert officer.post(f"/cases/{ref}/facts/2/correct", sent).status_code == 303
    (now,) = [fact for fact in standing(ledger(site, ref)) if fact.sequence == 2]
    assert now.day.day == 14


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({**RIGHT, **day("on", "2026-07-10")}, "Nothing is different"),
        ({**RIGHT, **day("on", "2026-07-13"), "note": ""}, "Answer this: Why was it wrong?"),
        ({**RIGHT, **day("on", "2026-05-01")}, "is before the case began"),
        ({**RIGHT, **day("on", "2027-05-01")}, "is in the future"),
    ],
)
def test_a_correction_that_says_nothing_or_cannot_be_is_explained(
    site: Site, officer: Browser, sent: dict[str, str], said: str
) -> None:
    ref = a_case(site, DECISION)
    page = officer.post(f"/cases/{ref}/facts/2/correct", sent)
    strict(page)
    assert page.status_code == 422 and said in page.text
    assert len(ledger(site, ref)) == 2


def test_what_never_happened_is_taken_out_with_a_reason_and_stays_in_sight(site: Site, officer: Browser) -> None:
    ref = a_case(site, DECISION)
    url = f"/cases/{ref}/facts/2"
    assert officer.post(f"{url}/retract", {}).status_code == 422
    assert "what it met runs again" in officer.get(f"{url}/retract").text
    for _ in range(2):
        assert officer.post(f"{url}/retract", {"reasons": "Another child’s letter."}).status_code == 303
    assert [fact.kind for fact in standing(ledger(site, ref))] == ["request_received"]
    assert ledger(site, ref)[-1].kind == "retracted"
    shown = officer.get(url)
    strict(shown)
    assert "It was found that this never happened" in shown.text and "Another child’s letter." in shown.text
    for gone in (f"{url}/retract", f"{url}/correct", f"/cases/{ref}/facts/3/correct", f"/cases/{ref}/facts/9"):
        assert officer.get(gone).status_code == 404
    assert officer.get(f"/cases/{ref}/facts/3").status_code == 200


def test_a_beginning_that_others_hang_on_cannot_be_taken_out(site: Site, officer: Browser) -> None:
    ref = a_case(site, DECISION)
    page = officer.post(f"/cases/{ref}/facts/1/retract", {"reasons": "Wrong child"})
    assert page.status_code == 422 and "record that the case was opened in error" in page.text
    assert "Wrong child" in page.text


def test_a_closing_can_be_reopened_and_a_beginning_was_perhaps_an_error(site: Site, officer: Browser) -> None:
    ref = a_case(site, "withdrawn=2026-07-10")
    assert "record/reopened" in officer.get(f"/cases/{ref}/facts/2").text
    assert "record/opened_in_error" in officer.get(f"/cases/{ref}/facts/1").text
    sent = {**day("on", "2026-11-19"), "checked": "yes", "reasons": "They asked again."}
    assert officer.post(f"/cases/{ref}/record/reopened", sent).status_code == 303
    assert "The case was reopened after this" in officer.get(f"/cases/{ref}/facts/2").text


def test_two_who_put_right_one_entry_do_not_overwrite_each_other(site: Site, officer: Browser) -> None:
    ref = a_case(site, DECISION)
    seen = hidden(officer.get(f"/cases/{ref}/facts/2/correct"))["seen"][0]
    record(site.db, ref, [parse_fact("retracted:decision_to_assess=2026-07-10")], OFFICER, NOW)
    page = officer.follow(officer.post(f"/cases/{ref}/facts/2/correct", {**RIGHT, "seen": seen}))
    assert "This entry is retracted" in page.text
    again = a_case(site, DECISION)
    record(site.db, again, [parse_fact("corrected:decision_to_assess=2026-07-11")], OFFICER, NOW)
    page = officer.post(f"/cases/{again}/facts/2/correct", {**RIGHT, **day("on", "2026-07-13"), "seen": "2"})
    assert page.status_code == 422 and "recorded meanwhile: corrected, the decision to assess" in page.text


def test_an_auditor_reads_an_entry_and_changes_nothing(site: Site) -> None:
    ref, auditor = a_case(site, DECISION), site.as_a("auditor")
    page = auditor.get(f"/cases/{ref}/facts/2")
    assert page.status_code == 200 and "/correct" not in page.text
    assert auditor.get(f"/cases/{ref}/facts/2/correct").status_code == 403
    assert auditor.post(f"/cases/{ref}/facts/2/retract", {"reasons": "x"}).status_code == 403
    seen = row(site, "SELECT username, processes FROM read_log ORDER BY at DESC, id DESC LIMIT 1")
    assert (seen["username"], seen["processes"]) == ("a.audit", [hand(site, ref).process_id])


def test_every_kind_of_entry_comes_back_from_its_form_as_it_was(site: Site) -> None:
    admin = site.as_a("admin")
    query = """
        SELECT DISTINCT ON (fact.kind) mail_ref, sequence, fact.kind FROM fact JOIN process ON process.id = process_id
        JOIN person ON person.id = person_id
        WHERE sensitivity = 'ordinary' AND fact.kind NOT IN ('corrected', 'retracted') AND NOT EXISTS (
            SELECT FROM fact later WHERE later.process_id = fact.process_id AND later.supersedes = fact.sequence
        )
        ORDER BY fact.kind, length(attributes::text) DESC, case_ref, sequence
    """
    with site.db.connect() as connection:
        entries = connection.execute(text(query)).all()
    assert len(entries) > 20
    for ref, sequence, kind in entries:
        url = f"/cases/{ref}/facts/{sequence}"
        strict(admin.get(url))
        form = admin.get(f"{url}/correct")
        assert form.status_code == 200, (url, kind)
        strict(form)
        answer = admin.post(f"{url}/correct", {**filled(form), "note": "Nothing, really."})
        assert "Nothing is different" in answer.text, kind


def filled(page: Any) -> dict[str, list[str]]:
    """What a browser would send of a form as it stands."""
    (form,) = strict(page).findall(".//main//form")
    found: dict[str, list[str]] = {}
    for each in form.iter("input"):
        if each.get("type") not in ("radio", "checkbox") or "checked" in each.attrib:
            found.setdefault(each.get("name"), []).append(each.get("value", ""))
    for each in form.iter("select"):
        chosen = [option.get("value", "") for option in each.iter("option") if "selected" in option.attrib]
        found[each.get("name")] = chosen or [""]
    return found
