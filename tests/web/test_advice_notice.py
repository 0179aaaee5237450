"""The page behind the link of a notice: who the child is, what was decided, what it means, and no more."""

import pytest

from casework.secure_links.making import Opens
from tests.web.linked import PAEDS, Linked, come_in


def notice(here: Linked, name: str = "copy_of_decision") -> str:
    """The page that such a notice to health opens."""
    browser = come_in(here, here.link(Opens.NOTICE, subject=f"{name}/health"))
    answer = browser.get(f"/advice/notice/{here.id_of(Opens.NOTICE)}")
    assert answer.status_code == 200
    return " ".join(answer.text.split())


def test_it_names_the_child_and_says_what_was_decided_and_what_it_means(here: Linked) -> None:
    page = notice(here)
    child = here.council.row("SELECT forename, surname FROM person")
    assert (
        f"carry out an education, health and care needs assessment of {child['forename']} {child['surname']}." in page
    )
    assert "Thursday 1 October 2026" in page
    assert "reg 5(2)" in page
    assert "What this means for you" in page
    assert here.case.mail_ref in page
    assert here.case.case_ref not in page


@pytest.mark.parametrize(
    ("fact", "name", "title"),
    [
        ("decision_not_to_issue=2026-11-02", "copy_of_refusal", "There will be no plan"),
        ("retracted:decision_to_assess=2026-10-01", "considering", "An assessment is being considered"),
        ("retracted:decision_to_assess=2026-10-01", "copy_of_decision", "This has changed"),
    ],
)
def test_it_tells_what_stands_today(here: Linked, fact: str, name: str, title: str) -> None:
    here.council.records(here.case, fact, now=here.site.now, confirm=True)
    assert f'<h1 class="govuk-heading-l">{title}</h1>' in notice(here, name)


def test_a_name_that_looks_like_a_template_or_a_tag_stays_a_name(here: Linked) -> None:
    case = here.council.opens(now=here.site.now, surname="{day} <b>Brown</b>")
    here.council.records(case, "decision_to_assess=2026-10-01", now=here.site.now)
    token = here.link(Opens.NOTICE, case=case, subject="copy_of_decision/health")
    page = come_in(here, token).get(f"/advice/notice/{here.id_of(Opens.NOTICE)}").text
    assert "{day} &lt;b&gt;Brown&lt;/b&gt;" in page


def test_the_link_of_a_request_opens_no_notice_and_the_other_way_round(here: Linked) -> None:
    token = here.link(Opens.NOTICE, subject="copy_of_decision/health")
    browser = come_in(here, token)
    come_in(here, here.link(), browser)
    wrong = [
        browser.get(f"/advice/notice/{here.id_of(Opens.REQUEST)}"),
        here.browser().get(f"/advice/notice/{here.id_of(Opens.NOTICE)}"),
    ]
    assert {answer.status_code for answer in wrong} == {wrong[0].status_code}
    assert all("assessment of" not in answer.text for answer in wrong)
    assert PAEDS not in wrong[0].text
