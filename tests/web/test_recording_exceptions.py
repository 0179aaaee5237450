"""Exceptions: the ground first, then what it needs, then what it would lift, then the record."""

import re
from typing import Any

import pytest

from statute.notation import parse_fact
from tests.web.recording_support import a_case, a_review, day, hand, hidden, ledger, strict
from tests.web.site import Browser, Site

DECIDED = ("decision_to_assess=2026-07-10", "advice_requested:health=2026-07-14")


@pytest.fixture
def site(site_of_the_file: Site) -> Site:
    """Each test opens cases of its own."""
    return site_of_the_file


@pytest.fixture
def officer(site: Site) -> Browser:
    return site.as_a("caseworker")


def personal(**more: Any) -> dict[str, Any]:
    """An exception for personal circumstances in June, as it is typed."""
    return {
        "ground": "personal",
        "limits": ["reg13_final_plan"],
        **day("from", "2026-06-10"),
        **day("to", "2026-06-30"),
        "because": "Her <b>father</b> died.",
        "approver": "m.east",
        **day("on", "2026-11-02"),
        **day("family_told_on", "2026-11-03"),
        **more,
    }


def test_only_the_grounds_that_the_law_allows_here_are_offered(site: Site, officer: Browser) -> None:
    url = f"/cases/{a_case(site, *DECIDED)}/exception"
    page = officer.get(url)
    strict(page)
    offered = re.findall(r'name="ground" type="radio" value="([^"]+)"', page.text)
    assert offered == [
        "closed_school",
        "closed_early_years",
        "personal",
        "absent_4w",
        "exceptional",
        "missed_appointment",
    ]
    assert "at least 28 days in a row" in page.text
    again = officer.get(f"{url}?ground=")
    assert again.status_code == 422 and "Choose the ground" in again.text


def test_a_review_has_no_exception(site: Site, officer: Browser) -> None:
    page = officer.get(f"/cases/{a_review(site)}/exception")
    strict(page)
    assert "No exception is possible here" in page.text and "The limits of a review have none." in page.text


@pytest.mark.parametrize(
    ("ground", "limits", "fields"),
    [
        ("personal", ["reg10_refuse_plan", "reg13_final_plan"], ["from", "to"]),
        ("absent_4w", ["reg8_advice@health", "reg10_refuse_plan", "reg13_final_plan"], ["from", "to"]),
        ("closed_school", ["reg10_refuse_plan", "reg13_final_plan"], ["first_closed", "reopens", "advice_requested"]),
        ("missed_appointment", ["reg8_advice@health"], ["from", "to"]),
    ],
)
def test_each_ground_asks_for_what_it_needs(
    site: Site, officer: Browser, ground: str, limits: list[str], fields: list[str]
) -> None:
    page = officer.get(f"/cases/{a_case(site, *DECIDED)}/exception?ground={ground}")
    strict(page)
    assert re.findall(r'name="limits" type="checkbox" value="([^"]+)"', page.text) == limits
    days = re.findall(r'name="(\w+)-day"', page.text)
    assert [name for name in days if name not in ("on", "family_told_on", "target")] == fields


def test_an_exception_is_read_back_with_what_it_lifts_and_then_recorded(site: Site, officer: Browser) -> None:
    ref = a_case(site, *DECIDED)
    page = officer.post(f"/cases/{ref}/exception", personal())
    strict(page)
    assert page.status_code == 200
    assert "Send the final plan: lifted." in page.text and "&lt;b&gt;father&lt;/b&gt;" in page.text
    assert len(ledger(site, ref)) == 3
    for _ in range(2):  # the second is the same form again
        done = officer.post(f"/cases/{ref}/exception", personal(seen=hidden(page)["seen"][0], checked="yes"))
        assert done.headers["location"].startswith(f"/cases/{ref}?said=")
    (made,) = ledger(site, ref)[3:]
    said = parse_fact(
        "relief=2026-11-02;limit=reg13_final_plan;ground=personal;from=2026-06-10;to=2026-06-30;approver=m.east;"
        "family_told_on=2026-11-03"
    )
    assert (made.name, made.day, made.attributes) == (said.name, said.day, said.attributes)
    kept = officer.get(f"/cases/{ref}/facts/4")
    assert "Her &lt;b&gt;father&lt;/b&gt; died." in kept.text and "relief" not in kept.text.split("<main")[1]


def test_every_limit_that_is_ticked_has_an_exception_of_its_own(site: Site, officer: Browser) -> None:
    ref = a_case(site, *DECIDED)
    sent = personal(ground="absent_4w", limits=["reg8_advice@health", "reg13_final_plan"], checked="yes")
    assert officer.post(f"/cases/{ref}/exception", sent).status_code == 303
    made = [(fact.attributes["limit"], fact.attributes.get("subject")) for fact in ledger(site, ref)[3:]]
    assert made == [("reg8_advice", "health"), ("reg13_final_plan", None)]


def test_what_lifts_nothing_says_why_before_it_is_recorded(site: Site, officer: Browser) -> None:
    page = officer.post(f"/cases/{a_case(site, *DECIDED)}/exception", personal(ground="absent_4w"))
    assert "Send the final plan: not lifted. It needs 28 days in a row" in page.text
    assert "=" not in "".join(re.findall(r"<li>([^<]+)</li>", page.text.split("<main")[1]))


def test_where_the_law_is_unsettled_the_approver_decides(site: Site, officer: Browser) -> None:
    ref = a_case(site, *DECIDED)
    late = personal(**day("from", "2026-09-25"), **day("to", "2026-10-10"))
    page = officer.post(f"/cases/{ref}/exception", late)
    strict(page)
    assert "not lifted unless the approver decides" in page.text and "weeks 17 to 20" in page.text
    assert 'name="confirmed"' in page.text and "confirmed=yes" not in page.text
    assert officer.post(f"/cases/{ref}/exception", {**late, "checked": "yes", "confirmed": "yes"}).status_code == 303
    plan = hand(site, ref).timeline.get("reg13_final_plan")
    assert plan is not None and plan.state == "lifted"


def test_a_closure_shows_the_days_between_which_the_school_had_to_be_asked(site: Site, officer: Browser) -> None:
    ref = a_case(site, *DECIDED)
    closed = personal(ground="closed_school", **day("first_closed", "2026-07-20"), **day("reopens", "2026-09-01"))
    page = officer.post(f"/cases/{ref}/exception", {**closed, **day("advice_requested", "2026-07-22")})
    strict(page)
    assert "It was closed for 43 days" in page.text
    assert "from Monday 13 July 2026 to Tuesday 25 August 2026" in page.text
    assert "It was asked for on Wednesday 22 July 2026. That day lies within those days." in page.text
    assert "Send the final plan: lifted." in page.text
    wrong = officer.post(f"/cases/{ref}/exception", {**closed, **day("reopens", "2026-07-01")})
    assert wrong.status_code == 422 and 'href="#reopens">On which day does it open again: ' in wrong.text


def test_who_is_no_manager_may_approve_but_it_is_said(site: Site, officer: Browser) -> None:
    url = f"/cases/{a_case(site, *DECIDED)}/exception"
    assert "is not a manager" not in officer.post(url, personal()).text
    assert "A. Marsh is not a manager" in officer.post(url, personal(approver="a.marsh")).text


@pytest.mark.parametrize(
    ("missing", "field"),
    [({"limits": []}, "limits"), ({"because": ""}, "because"), ({"approver": ""}, "approver"), ({"on-day": ""}, "on")],
)
def test_what_an_exception_cannot_do_without_is_asked_for_again(
    site: Site, officer: Browser, missing: dict[str, Any], field: str
) -> None:
    page = officer.post(f"/cases/{a_case(site, *DECIDED)}/exception", personal(**missing))
    strict(page)
    assert page.status_code == 422 and f'href="#{field}"' in page.text
    assert f'id="{field}"' in page.text and 'value="30"' in page.text


def test_a_limit_that_the_ground_cannot_lift_is_not_taken(site: Site, officer: Browser) -> None:
    url = f"/cases/{a_case(site, *DECIDED)}/exception"
    for limits in (["reg8_advice@health"], ["reg4_refuse_assessment"], ["nonsense"]):
        page = officer.post(url, personal(limits=limits))
        assert page.status_code == 422 and "Choose at least one of these limits" in page.text
    assert officer.post(url, personal(ground="nonsense")).status_code == 422


def test_an_auditor_approves_nothing(site: Site) -> None:
    ref, auditor = a_case(site, *DECIDED), site.as_a("auditor")
    assert auditor.get(f"/cases/{ref}/exception").status_code == 403
    assert auditor.post(f"/cases/{ref}/exception", personal()).status_code == 403
