"""Recording on one case: what is offered, every form, and that nothing typed is ever lost."""

import re
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import text

from statute.kind import A_PROCESS, ANNUAL_REVIEW, ASSESSMENT
from statute.kinds import KINDS, Kind
from statute.notation import parse_fact
from tests.web.pages import questions
from tests.web.recording_support import a_case, a_review, day, hand, hidden, ledger, links, row, strict
from tests.web.site import Browser, Site
from web.recording.fields import Field, fields_of
from web.recording.kinds import ELSEWHERE, SHOWN

SEEN_BY_ALL = "the council’s own words"


@pytest.fixture
def site(site_of_the_file: Site) -> Site:
    """Each test opens cases of its own."""
    return site_of_the_file


@pytest.fixture
def officer(site: Site) -> Browser:
    return site.as_a("caseworker")


# What is offered


@pytest.mark.parametrize(
    ("facts", "first"),
    [
        ((), ["record/decision_to_assess", "record/decision_not_to_assess"]),
        (("decision_to_assess=2026-06-20",), ["record/advice_requested?subject=education"]),
        (("decision_to_assess=2026-06-20", "draft_plan_sent=2026-08-20"), ["record/final_plan_sent"]),
        (("withdrawn=2026-06-20",), ["record/reopened"]),
    ],
)
def test_what_the_law_expects_next_is_offered_first(
    site: Site, officer: Browser, facts: tuple[str, ...], first: list[str]
) -> None:
    page = officer.get(f"/cases/{a_case(site, *facts)}/record")
    strict(page)
    assert links(page)[: len(first)] == first


def test_whom_a_consultation_was_of_is_offered_whole_in_the_address(site: Site, officer: Browser) -> None:
    ref = a_case(site, "decision_to_assess=2026-07-01", "draft_plan_sent=2026-08-03", "consulted:St+Mary=2026-08-04")
    assert "record/consultation_reply?subject=St%2BMary" in links(officer.get(f"/cases/{ref}/record"))


def test_a_review_begins_with_its_meeting_and_ends_with_its_plan(site: Site, officer: Browser) -> None:
    page = officer.get(f"/cases/{a_review(site)}/record")
    strict(page)
    assert links(page)[:3] == ["record/review_arranged_by", "record/review_invited", "record/review_meeting"]
    assert "record/decision_to_assess" not in page.text
    held = a_review(site, "review_meeting=2026-06-01", "decision_amend=2026-06-20")
    assert links(officer.get(f"/cases/{held}/record"))[0] == "record/amendment_notice_sent"


@pytest.mark.parametrize("process", A_PROCESS)
def test_everything_that_can_be_recorded_is_offered_once(site: Site, officer: Browser, process: str) -> None:
    ref = a_case(site) if process == ASSESSMENT else a_review(site)
    offered = [each.partition("?")[0].removeprefix("record/") for each in links(officer.get(f"/cases/{ref}/record"))]
    ours = {name for name, kind in KINDS.items() if process in kind.processes and name not in {*ELSEWHERE, "reopened"}}
    assert sorted(each for each in offered if each in KINDS) == sorted(ours)
    assert {"exception", "facts"} <= set(offered)
    assert officer.get(f"/cases/{ref}/correct").text.count("Which entry is wrong?") == 2


def test_what_nobody_can_record_is_a_page_that_does_not_exist(site: Site, officer: Browser) -> None:
    ref = a_case(site)
    for url in (f"/cases/{ref}/record/nonsense", f"/cases/{ref}/record/review_meeting", "/cases/ZZZ-ZZZ/record"):
        assert officer.get(url).status_code == 404
        assert officer.post(url, {"csrf": officer.csrf}).status_code in (404, 405)


# Every form


def typed(field: Field) -> Mapping[str, Any]:
    """Something for every field, valid of its sort."""
    if field.name == "subject":
        return {"subject": next(value for value, _ in field.choices if value) if field.choices else "117222"}
    if field.widget == "day":
        return day(field.name, "2026-11-18")
    values = [value for value, _ in field.choices if value]
    if field.widget == "checkboxes":
        return {field.name: values}
    if field.widget == "text":
        return {field.name: f"{SEEN_BY_ALL} <b>{field.name}</b>"}
    return {field.name: values[0] if values else "X1"}


def answered(fields: Sequence[Field], **more: str) -> dict[str, Any]:
    """A form that was filled in from top to bottom."""
    found: dict[str, Any] = dict(more)
    for field in fields:
        found.update(typed(field))
    return found


def meant(fields: Sequence[Field]) -> Mapping[str, str]:
    """The attributes that such a form means."""
    left_out = {"on", "subject", *(field.name for field in fields if field.widget == "text")}
    found: dict[str, str] = {}
    for field in fields:
        if field.name not in left_out:
            value = "2026-11-18" if field.widget == "day" else typed(field)[field.name]
            found[field.name] = ",".join(value) if isinstance(value, list) else value
    return found


OPENED = {
    "refusal_changed": ("decision_not_to_assess=2026-06-20",),
    "reopened": ("withdrawn=2026-06-20",),
    "advice_received": ("advice_requested:health=2026-06-25",),
}
FORMS = [
    (process, kind)
    for kind in KINDS.values()
    for process in sorted(kind.processes)
    if kind.name not in ELSEWHERE and not (kind.starts and process == ANNUAL_REVIEW)
]


def test_every_form_records_all_that_was_typed_into_it(site: Site, officer: Browser) -> None:
    for process, kind in FORMS:
        ref = a_case(site, *OPENED.get(kind.name, ())) if process == ASSESSMENT else prepared_review(site, kind)
        fields = fields_of(kind, hand(site, ref))
        url = f"/cases/{ref}/record/{kind.name}"
        page = officer.get(url)
        strict(page)
        assert page.text.count("<h1") == 1
        before = len(ledger(site, ref))
        sent = answered(fields, seen=hidden(page)["seen"][0], checked="yes")
        answer = officer.post(url, sent)
        assert answer.status_code == 303, (kind.name, re.findall(r'href="#[^"]*">([^<]+)', answer.text))
        (made,) = ledger(site, ref)[before : before + 1]
        assert (made.kind, made.subject, made.day) == (kind.name, sent.get("subject", ""), date(2026, 11, 18))
        assert made.attributes.items() >= meant(fields).items(), kind.name


def prepared_review(site: Site, kind: Kind) -> str:
    """A review in which that kind can be recorded."""
    return a_review(site, *OF_REVIEWS.get(kind.name, ()))


OF_REVIEWS = {"reopened": ("review_meeting=2026-06-01", "decision_maintain=2026-06-20")}


def test_the_beginnings_of_a_plan_have_forms_too(site: Site, officer: Browser) -> None:
    ref = a_review(site)
    for name in ("plan_made", "last_review", "transferred_in"):
        page = officer.get(f"/cases/{ref}/record/{name}")
        strict(page)
    sent = {**day("on", "2026-06-20"), **day("meeting", "2026-06-01"), "early_years": "no"}
    assert officer.post(f"/cases/{ref}/record/last_review", sent).status_code == 303
    assert ledger(site, ref)[-1].attributes == {"meeting": "2026-06-01", "early_years": "no"}


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_every_kind_is_asked_for_in_words_without_underscores(kind: Kind, looking: Site) -> None:
    ref = row(looking, "SELECT mail_ref FROM process WHERE ended_on IS NULL ORDER BY mail_ref LIMIT 1")["mail_ref"]
    for field in fields_of(kind, hand(looking, ref)):
        assert not re.search(r"\w_\w|=", f"{field.label} {field.hint} {' '.join(words for _, words in field.choices)}")
        assert field.label.strip()
    assert SHOWN[kind.name].day.endswith("?")


@pytest.mark.parametrize(
    ("kind", "sent", "fact"),
    [
        (
            "decision_to_assess",
            {**day("on", "2026-07-10"), "method": "post", "to": ["parent", "young_person"], "reuse": ["health"]},
            "decision_to_assess=2026-07-10;method=post;to=parent,young_person;reuse=health",
        ),
        (
            "draft_plan_sent",
            {**day("on", "2026-10-30"), **day("served", "2026-11-02"), **day("reps_until", "2026-11-20")},
            "draft_plan_sent=2026-10-30;served=2026-11-02;reps_until=2026-11-20",
        ),
        (
            "advice_requested",
            {**day("on", "2026-07-14"), "subject": "education"},
            "advice_requested:education=2026-07-14;section_31=no",
        ),
        ("mail_hold", {**day("on", "2026-11-19"), **day("to", "2026-12-01")}, "mail_hold=2026-11-19;to=2026-12-01"),
    ],
)
def test_a_form_means_what_the_notation_means(
    site: Site, officer: Browser, kind: str, sent: Mapping[str, Any], fact: str
) -> None:
    ref = a_case(site)
    assert officer.post(f"/cases/{ref}/record/{kind}", {**sent, "checked": "yes"}).status_code == 303
    made, said = ledger(site, ref)[-1], parse_fact(fact)
    assert (made.name, made.day, made.attributes) == (said.name, said.day, said.attributes)


# What stands against it


def test_what_is_impossible_stands_beside_its_field_and_nothing_typed_is_lost(site: Site, officer: Browser) -> None:
    url = f"/cases/{a_case(site)}/record/draft_plan_sent"
    page = officer.post(url, {**day("on", "2026-11-21"), **day("reps_until", "2026-12-24"), "note": "Sent <by> hand"})
    strict(page)
    assert page.status_code == 422
    assert "<title>\n  Error: " in page.text or "Error: The draft plan was sent" in page.text
    assert 'href="#on">Saturday 21 November 2026 is in the future' in page.text
    for kept in ('value="21"', 'value="24"', "Sent &lt;by&gt; hand"):
        assert kept in page.text


def test_a_day_that_an_attribute_cannot_have_stands_beside_that_attribute(site: Site, officer: Browser) -> None:
    url = f"/cases/{a_case(site)}/record/decision_to_assess"
    page = officer.post(url, {**day("on", "2026-07-10"), **day("decided_on", "2026-05-01"), "seek": "ed psych"})
    assert 'href="#seek">Which services will be asked: is a code of letters' in page.text
    page = officer.post(url, {**day("on", "2026-07-10"), **day("decided_on", "2026-05-01")})
    assert 'href="#decided_on">When was it decided: Friday 1 May 2026, is before the case began' in page.text
    assert '<details class="govuk-details" open>' in page.text


@pytest.mark.parametrize(
    ("sent", "field", "said"),
    [
        ({}, "on", "The day must be given, for example 27 3 2026"),
        ({"on-day": "31", "on-month": "2", "on-year": "2026"}, "on", "The day must be a real date"),
        ({"on-day": "3", "on-month": "2"}, "on", "The day must include a year"),
        (day("on", "2026-10-01"), "subject", "Answer this: Which advice?"),
        ({**day("on", "2026-10-01"), "subject": "magic"}, "subject", "needs a category"),
        ({**day("on", "2026-10-01"), "subject": "health", "note": "a" * 20_001}, "note", "20,001 characters"),
        ({**day("on", "2026-10-01"), "subject": "health", "request": "two words"}, "request", "is a code of letters"),
    ],
)
def test_a_form_says_what_is_missing_or_unreadable(
    site: Site, officer: Browser, sent: Mapping[str, str], field: str, said: str
) -> None:
    page = officer.post(f"/cases/{a_case(site)}/record/advice_received", sent)
    assert page.status_code == 422
    assert re.search(rf'href="#{field}">[^<]*{re.escape(said)}', page.text), page.text
    assert f'id="{field}"' in page.text


def test_what_is_unlawful_but_real_is_asked_about_and_then_recorded(site: Site, officer: Browser) -> None:
    ref = a_case(site, "draft_plan_sent=2026-11-16")
    url = f"/cases/{ref}/record/final_plan_sent"
    sent = {**day("on", "2026-11-18"), "to": ["parent", "setting"], "note": "Posted <b>late</b>"}
    page = officer.post(url, sent)
    strict(page)
    assert page.status_code == 200 and "Is this what happened?" in page.text
    assert "will be shown as a breach" in page.text
    carried = hidden(page)
    assert carried["to"] == ["parent", "setting"]
    assert "<b>late</b>" not in page.text and "Posted &lt;b&gt;late&lt;/b&gt;" in page.text
    assert len(ledger(site, ref)) == 2
    back = officer.post(url, {**sent, "back": "yes"})
    assert back.status_code == 200 and 'value="18"' in back.text and back.text.count(" checked") == 2
    assert carried["seen"] == ["2"]
    done = officer.post(url, {**sent, "seen": "2", "checked": "yes"})
    assert done.headers["location"].startswith(f"/cases/{ref}?said=")
    assert ledger(site, ref)[-1].kind == "final_plan_sent"


def test_a_death_says_what_it_will_do_before_it_is_recorded(site: Site, officer: Browser) -> None:
    ref = a_case(site)
    url = f"/cases/{ref}/record/died"
    assert "No more letters will go." in officer.get(url).text
    page = officer.post(url, day("on", "2026-11-18"))
    assert page.status_code == 200 and "No more letters will go." in page.text
    assert len(ledger(site, ref)) == 1
    assert officer.post(url, {**day("on", "2026-11-18"), "checked": "yes"}).status_code == 303
    assert ledger(site, ref)[-1].kind == "died"


def test_a_withdrawal_that_cannot_have_happened_is_refused_before_it_is_read_back(site: Site, officer: Browser) -> None:
    page = officer.post(f"/cases/{a_case(site)}/record/withdrawn", day("on", "2026-05-18"))
    assert page.status_code == 422 and "is before the case began" in page.text


def test_what_is_odd_is_told_once_on_the_cases_page(site: Site, officer: Browser) -> None:
    ref = a_case(site)
    answer = officer.post(f"/cases/{ref}/record/final_plan_sent", {**day("on", "2026-11-18"), "to": "parent"})
    number = answer.headers["location"].partition("said=")[2]
    kept = row(site, "SELECT answers FROM draft WHERE id = CAST(:id AS uuid)", id=number)["answers"]
    assert kept["warning"] is True
    assert kept["sentences"][0] == "Recorded: the final plan was sent, Wednesday 18 November 2026."
    assert any("draft" in sentence for sentence in kept["sentences"][1:])


def test_a_note_about_a_child_whose_texts_were_erased_is_refused(site: Site, officer: Browser) -> None:
    ref = a_case(site)
    with site.db.begin() as connection:
        connection.execute(
            text("UPDATE person SET text_key = NULL WHERE id = (SELECT person_id FROM process WHERE mail_ref = :ref)"),
            {"ref": ref},
        )
    sent = {**day("on", "2026-11-18"), "from": "parent", "note": "Rang."}
    page = officer.post(f"/cases/{ref}/record/family_views", sent)
    assert page.status_code == 422 and "without any note" in page.text


# Two at once


def test_the_second_of_two_people_is_told_what_changed_and_loses_nothing(site: Site, officer: Browser) -> None:
    ref = a_case(site)
    url, other = f"/cases/{ref}/record/decision_to_assess", site.as_a("manager")
    mine, theirs = hidden(officer.get(url))["seen"][0], hidden(other.get(url))["seen"][0]
    assert other.post(url, {**day("on", "2026-07-10"), "seen": theirs}).status_code == 303
    sent = {**day("on", "2026-07-13"), "method": "post", "note": "The panel met"}
    page = officer.post(url, {**sent, "seen": mine})
    strict(page)
    assert page.status_code == 422
    assert "recorded meanwhile: the decision to assess was sent, Friday 10 July 2026." in page.text
    assert 'value="13"' in page.text and "The panel met" in page.text
    now = hidden(page)["seen"][0]
    assert officer.post(url, {**sent, "seen": now}).status_code == 303
    assert [fact.day.day for fact in ledger(site, ref)[1:]] == [10, 13]


def test_a_form_that_is_sent_twice_is_recorded_once(site: Site, officer: Browser) -> None:
    ref = a_case(site)
    url = f"/cases/{ref}/record/decision_to_assess"
    sent = {**day("on", "2026-07-10"), "note": "Panel", "seen": hidden(officer.get(url))["seen"][0]}
    assert [officer.post(url, sent).status_code for _ in range(2)] == [303, 303]
    assert len(ledger(site, ref)) == 2


def test_of_two_people_in_the_same_moment_one_records_and_one_is_told(site: Site) -> None:
    ref, together = a_case(site), Barrier(2)
    url = f"/cases/{ref}/record/decision_to_assess"
    browsers = [site.as_a(role) for role in ("caseworker", "manager")]
    seen = [hidden(browser.get(url))["seen"][0] for browser in browsers]

    def send(number: int) -> int:
        together.wait(10)
        return browsers[number].post(url, {**day("on", "2026-07-10"), "seen": seen[number]}).status_code

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(send, range(2))) == [303, 422]
    assert len(ledger(site, ref)) == 2


# Who may, and what is kept of it


@pytest.mark.parametrize(
    "page", ["record", "record/advice_received", "facts", "facts/2", "exception?ground=personal", "contact"]
)
def test_a_longer_story_asks_the_database_no_more(site: Site, officer: Browser, page: str) -> None:
    asked = "advice_requested:{}=2026-07-14"
    short = a_case(site, "decision_to_assess=2026-07-10")
    long = a_case(
        site, "decision_to_assess=2026-07-10", *map(asked.format, ("health", "health/slt", "social_care", "other"))
    )
    counts: list[int] = []
    for ref in (short, long):
        officer.get(f"/cases/{ref}/{page}")
        with questions(site.db) as said:
            assert officer.get(f"/cases/{ref}/{page}").status_code == 200
        counts.append(len(said))
    assert counts[0] == counts[1] <= 20


def test_an_auditor_records_nothing_and_a_restricted_child_is_nobodys_business(site: Site, officer: Browser) -> None:
    ref = a_case(site)
    for url in (f"/cases/{ref}/record", f"/cases/{ref}/record/died"):
        assert site.as_a("auditor").get(url).status_code == 403
        assert site.as_a("service_lead").get(url).status_code == 403
    secret = a_case(site, sensitivity="restricted", restricted_to=["p.nobody"])
    for url in (f"/cases/{secret}/record", f"/cases/{secret}/record/died"):
        assert officer.get(url).status_code == 404
    assert officer.post(f"/cases/{secret}/record/died", day("on", "2026-11-18")).status_code == 404


def test_whoever_opens_the_form_is_put_down_as_having_seen_the_case(site: Site, officer: Browser) -> None:
    ref = a_case(site)
    process = hand(site, ref).process_id
    officer.get(f"/cases/{ref}/record/died")
    seen = row(site, "SELECT username, processes FROM read_log ORDER BY at DESC, id DESC LIMIT 1")
    assert (seen["username"], seen["processes"]) == ("a.marsh", [process])
