"""The chronology, the letters and the notices of a case as their pages tell them."""

from sqlalchemy import text

from tests.web.recording_support import a_case
from tests.web.site import Site
from tests.web.test_case_page import one, said, url_of
from web.names import SOURCES


def test_what_was_corrected_stays_struck_through_with_who_did_it(site: Site) -> None:
    said(site, "BAD-06", "advice_received:health=2026-11-10")
    said(site, "BAD-06", "corrected:advice_received:health=2026-11-12")
    page = site.as_a("caseworker").get(f"{url_of(site)}/chronology").text
    struck = page.split("app-timeline__item--undone", 1)[1].split("</li>")[0]
    assert "The advice was received: Health" in struck
    assert "Corrected to Thursday 12 November 2026 by A. Marsh" in struck
    assert "Correction: the advice was received: Health" in page


def test_what_was_retracted_stays_struck_through(site: Site) -> None:
    said(site, "BAD-06", "advice_received:health=2026-11-10")
    said(site, "BAD-06", "retracted:advice_received:health=2026-11-10")
    page = site.as_a("caseworker").get(f"{url_of(site)}/chronology").text
    assert page.count("app-timeline__item--undone") == 1
    assert "Retracted by A. Marsh" in page


def test_a_closing_that_a_reopening_undid_is_struck_through(site: Site) -> None:
    said(site, "BAD-06", "withdrawn=2026-11-18")
    said(site, "BAD-06", "reopened=2026-11-19")
    page = site.as_a("caseworker").get(f"{url_of(site)}/chronology").text
    struck = page.split("app-timeline__item--undone", 1)[1].split("</li>")[0]
    assert "The request was withdrawn" in struck
    assert "Undone by a reopening, recorded by A. Marsh" in struck


def test_a_code_that_is_written_like_a_day_is_shown_as_it_is(site: Site) -> None:
    said(site, "BAD-06", "merged_into=2026-11-18;process=2024-AB-12")
    page = site.as_a("caseworker").get(f"{url_of(site)}/chronology")
    assert page.status_code == 200
    assert "2024-AB-12" in page.text


def test_the_chronology_can_be_narrowed_to_letters(site: Site) -> None:
    _a_letter(site, "sent")
    browser, url = site.as_a("caseworker"), f"{url_of(site)}/chronology"
    letters = browser.get(f"{url}?show=letters").text
    assert "Letter: reminder that an answer is due (Health)" in letters
    assert "The request was received" not in letters
    assert "Letter:" not in browser.get(f"{url}?show=facts").text


def test_a_long_chronology_goes_on_on_a_next_page(site: Site) -> None:
    said(site, "BAD-06", *(f"advice_part:health=2026-11-{day:02}" for day in range(1, 20) for _ in range(3)))
    browser, url = site.as_a("caseworker"), f"{url_of(site)}/chronology"
    first = browser.get(url).text
    assert "The request was received" not in first
    assert 'rel="next"' in first
    assert "The request was received" in browser.get(f"{url}?page=2").text


def test_a_letter_that_did_not_go_gives_its_day_and_a_reason_in_plain_words(site: Site) -> None:
    _a_letter(site, "skipped", reason="before it was armed")
    page = site.as_a("caseworker").get(f"{url_of(site)}/messages").text
    assert "its day had passed when this case began to send letters" in page
    assert "before it was armed" not in page
    assert "Friday 20 November 2026</td>" in page


def test_a_letter_says_what_became_of_it_and_why(site: Site) -> None:
    _a_letter(site, "held", reason="the letters of this case are on hold")
    page = site.as_a("caseworker").get(f"{url_of(site)}/messages").text
    assert "Held back" in page
    assert "the letters of this case are on hold" in page
    assert "paeds.send@nhs.example" in page


def test_letters_name_no_child(site: Site) -> None:
    page = site.as_a("caseworker").get(f"{url_of(site)}/messages").text
    assert "Nobody has been written to about this case." in page


def test_a_missing_notice_leads_to_its_form(looking: Site) -> None:
    page = looking.as_a("caseworker").get(f"{url_of(looking, 'BAD-13')}/notices").text
    assert "/record/decision_to_issue" in page
    assert "<strong>(not recorded)</strong>" in page


def test_an_auditor_is_not_sent_to_forms(looking: Site) -> None:
    page = looking.as_a("auditor").get(f"{url_of(looking, 'BAD-13')}/notices").text
    assert "/record/" not in page
    assert "/contact" not in page


def test_a_refusal_wants_its_reasons_and_the_right_of_appeal(looking: Site) -> None:
    page = looking.as_a("auditor").get(f"{url_of(looking, 'EHC-2026-0363')}/notices").text
    assert "the reasons (none are put down with the entry)" in page
    assert "the right to appeal to the First-tier Tribunal" in page
    assert "The draft plan with its notice" not in page


def _a_letter(site: Site, status: str, reason: str = "") -> None:
    process = one(site, "SELECT id FROM process WHERE case_ref = 'BAD-06'")
    with site.db.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO message (id, authority, step_key, process_id, limit_id, subject, rung, kind, role, "
                "recipient, about, due_at, created_at, status, reason, urgent) VALUES (gen_random_uuid(), '000', "
                "'a letter', :process, 'reg8_advice', 'health', '0', 'chase', 'adviser', 'paeds.send@nhs.example', "
                "'{}', :now, :now, :status, :reason, false)"
            ),
            {"process": process, "now": site.now, "status": status, "reason": reason},
        )


def test_who_asked_is_told_in_the_words_in_which_it_was_asked(site: Site) -> None:
    ref = a_case(site, source="2")
    page = site.as_a("caseworker").get(f"/cases/{ref}/chronology").text
    assert SOURCES["2"] in page
