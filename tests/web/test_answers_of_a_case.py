"""What was answered by a link, as the caseworker of the case sees it and deals with it."""

import re
from typing import Any

import pytest

from casework.at_hand import at_hand
from casework.entries import entry
from tests.casework.support import OFFICER
from tests.web.answering import WHOLE, Visiting, advice, begun, visiting
from tests.web.door import change
from tests.web.linked import Linked
from tests.web.site import Browser


@pytest.fixture
def here(here_of_the_file: Linked) -> Linked:
    """One council for all of these tests: each has a case of its own."""
    return here_of_the_file


@pytest.fixture
def her(here: Linked) -> Visiting:
    """A paediatrician who was asked on 8 October 2026."""
    return visiting(here)


@pytest.fixture
def caseworker(here: Linked) -> Browser:
    """The caseworker of the cases."""
    return here.site.signed_in("a.marsh")


def page(browser: Browser, visit: Visiting) -> str:
    """The answers of the case."""
    answer = browser.get(f"/cases/{visit.case.mail_ref}/answers")
    assert answer.status_code == 200
    return answer.text


def do(browser: Browser, visit: Visiting, deed: str, data: dict[str, Any] | None = None) -> Any:
    """Press a button of the newest answer."""
    row = visit.answers()[-1]
    return browser.post(f"/cases/{visit.case.mail_ref}/answers/{row.id}/{deed}", data)


def state(visit: Visiting, subject: str = "health") -> str:
    """How the limit of the request stands."""
    hand = at_hand(visit.here.site.db, visit.case.case_ref, OFFICER, visit.here.site.now)
    return str(next(each.state for each in hand.timeline.deadlines if each.subject == subject))


def test_the_page_shows_the_form_and_the_documents(her: Visiting, caseworker: Browser) -> None:
    her.send("give", WHOLE, [advice("<b>report.pdf")])
    text = page(caseworker, her)
    for said in (
        WHOLE["needs"],
        WHOLE["provision"],
        "C, G",
        "Monday 2 November 2026",
        "On record",
        "paeds@nhs.example",
    ):
        assert said in text
    (link,) = re.findall(r'href="(/documents/[^"]+)"', text)
    given = caseworker.get(link)
    assert given.headers["content-disposition"].startswith("attachment")
    assert "<b>" not in text
    assert f"/cases/{her.case.mail_ref}/answers" in caseworker.get(f"/cases/{her.case.mail_ref}").text


def test_advice_that_was_sent_back_can_be_accepted_all_the_same(her: Visiting, caseworker: Browser) -> None:
    her.send("give", {**WHOLE, "outcomes": ""}, [advice()])
    assert state(her) == "overdue"
    assert "What outcomes you recommend is not answered" in page(caseworker, her)
    assert "accepted as it is" in caseworker.follow(do(caseworker, her, "accept")).text
    assert state(her) == "met_late"
    assert "On record" in page(caseworker, her)  # and not only dealt with
    said = entry(her.here.site.db, her.case.case_ref, her.facts()[1].sequence, OFFICER, her.here.site.now)
    assert said
    assert said.now is None
    again = do(caseworker, her, "accept")
    assert again.status_code == 422
    assert "dealt with this answer meanwhile" in again.text


def test_what_waits_stands_in_the_work_of_whoever_has_the_case_now(her: Visiting, here: Linked) -> None:
    of_case = f"/cases/{her.case.mail_ref}/answers"
    her.send("give", {**WHOLE, "outcomes": ""}, [advice()])
    for officer, other in (("a.marsh", "p.singh"), ("p.singh", "a.marsh")):
        change(
            here.site, "UPDATE process SET officer = :officer WHERE id = :id", officer=officer, id=her.case.process_id
        )
        work = here.site.signed_in(officer).get("/work").text
        assert "Advice that is not complete".lower() in work
        assert of_case in work
        assert of_case not in here.site.signed_in(other).get("/work").text
    do(here.site.signed_in("p.singh"), her, "done")
    assert of_case not in here.site.signed_in("p.singh").get("/work").text


def test_a_colleague_is_asked_once_a_caseworker_has_looked(her: Visiting, caseworker: Browser) -> None:
    her.send("somebody-else", {"who": "colleague", "name": "Dr Khan", "address": "khan@gmail.com"})
    assert "Ask khan@gmail.com" in page(caseworker, her)
    do(caseworker, her, "pass-on")
    asked = her.here.council.row("SELECT asked_of FROM advice_request WHERE id = :id", id=her.answer().request_id)
    assert asked["asked_of"] == "khan@gmail.com"
    assert her.browser.get(her.url).status_code == 403


def test_a_service_that_nobody_knew_is_chosen_by_the_caseworker(her: Visiting, caseworker: Browser) -> None:
    her.send("somebody-else", {"who": "another_body", "name": "Speech people"})
    refused = do(caseworker, her, "pass-on", {"body": "nobody"})
    assert "Choose a service of the directory" in refused.text
    do(caseworker, her, "pass-on", {"body": "slt"})
    assert state(her) != "overdue"


def test_earlier_advice_is_reused_only_when_all_three_agree(her: Visiting, caseworker: Browser) -> None:
    said = {"report_date-day": "1", "report_date-month": "3", "report_date-year": "2026", "words": "To you.",
            "agreed": "yes"}  # fmt: skip
    her.send("already-given", said)
    refused = do(caseworker, her, "agree", {"agreed": "family"})
    assert "only when the family and the council agree too" in refused.text
    do(caseworker, her, "agree", {"agreed": ["family", "authority"]})
    facts = her.here.council.row(
        "SELECT attributes, recorded_by FROM fact WHERE process_id = :id AND kind = 'advice_reused'",
        id=her.case.process_id,
    )
    assert facts["recorded_by"] == "a.marsh"
    assert facts["attributes"]["agreed"] == "giver,family,authority"
    assert facts["attributes"]["report_date"] == "2026-03-01"


def test_a_missed_appointment_is_a_form_filled_in_for_an_exception(her: Visiting, caseworker: Browser) -> None:
    said = {"missed-day": "3", "missed-month": "11", "missed-year": "2026", "words": "Hearing test, new one in May."}
    her.send("missed", said)
    (link,) = re.findall(r'href="([^"]+/exception[^"]+)"', page(caseworker, her))
    form = caseworker.get(link.replace("&amp;", "&")).text
    assert "Hearing test, new one in May." in form
    assert re.search(r'name="limits"[^>]*value="reg8_advice@health"[^>]*checked', form)
    assert re.search(r'name="from-month"[^>]*value="11"', form)
    other = visiting(her.here)
    foreign = caseworker.get(link.replace("&amp;", "&").replace(her.case.mail_ref, other.case.mail_ref)).text
    assert "Hearing test" not in foreign
    do(caseworker, her, "done")
    assert "Dealt with" in page(caseworker, her)


def test_what_was_about_another_child_is_taken_out_with_its_documents(her: Visiting, caseworker: Browser) -> None:
    her.send("give", WHOLE, [advice()])
    (link,) = re.findall(r'href="(/documents/[^"]+)"', page(caseworker, her))
    assert "Tick that it is not about this child" in do(caseworker, her, "withdraw").text
    do(caseworker, her, "withdraw", {"sure": "yes"})
    assert state(her) == "overdue"
    assert caseworker.get(link).status_code == 404
    assert her.browser.get(her.url).status_code == 200


def test_only_whoever_works_on_cases_deals_with_answers_and_a_restricted_child_is_nobody_elses(
    her: Visiting, here: Linked
) -> None:
    her.send("nothing", {"reason": "not_known"})
    auditor = here.site.signed_in("a.audit")
    assert "Nothing more to do" not in page(auditor, her)
    assert do(auditor, her, "done").status_code == 403
    statement = (
        "UPDATE person SET sensitivity = 'restricted', restricted_to = '{p.singh}' "
        "WHERE id = (SELECT person_id FROM process WHERE id = :id)"
    )
    change(here.site, statement, id=her.case.process_id)
    caseworker = here.site.signed_in("a.marsh")
    assert caseworker.get(f"/cases/{her.case.mail_ref}/answers").status_code == 404
    assert do(caseworker, her, "done").status_code == 404
    assert her.case.mail_ref not in caseworker.get("/work").text


def test_an_answer_belongs_to_its_own_case(her: Visiting, caseworker: Browser) -> None:
    her.send("nothing", {"reason": "not_known"})
    other = begun(her.here)
    wrong = caseworker.post(f"/cases/{other.mail_ref}/answers/{her.answer().id}/done")
    assert wrong.status_code == 422
    assert "no such answer in this case" in wrong.text
