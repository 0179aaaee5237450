"""Every kind of answer to a request for advice, through its page: what it asks, and what is recorded of it."""

import re
from typing import Any

import pytest
from sqlmodel import Session

from casework.case_papers import add_paper, say_complete
from casework.documents import lay_by
from documents.checking import check
from documents.house import archive_of
from records.ledger import texts_of
from records.tables import AdviceRequest
from tests.casework.support import OFFICER
from tests.documents.samples import pdf
from tests.web.answering import WHOLE, Visiting, advice, begun, visiting
from tests.web.linked import Linked

LAWYERS = {"by-day": "11", "by-month": "1", "by-year": "2027"}


@pytest.fixture
def here(here_of_the_file: Linked) -> Linked:
    """One council for all of these tests: each has a case of its own."""
    return here_of_the_file


@pytest.fixture
def her(here: Linked) -> Visiting:
    """A paediatrician who was asked on 8 October 2026."""
    return visiting(here)


def attributes(visit: Visiting, kind: str) -> dict[str, Any]:
    """What the ledger says with the only fact of a kind."""
    (found,) = [each for each in visit.facts() if each.kind == kind]
    assert (found.recorded_by, found.channel, found.subject) == ("professional", "link", visit.subject)
    return {name: value for name, value in found.attributes.items() if name != "documents"}


def because(visit: Visiting) -> str:
    """What was written beside the first of them."""
    with Session(visit.here.site.db) as session:
        return texts_of(session, visit.case.process_id).get(visit.facts()[0].sequence, {}).get("because", "")


def test_the_page_says_who_the_child_is_what_is_asked_by_which_day_and_why(her: Visiting) -> None:
    page = her.browser.get(her.url).text
    assert f"Jo Child {her.here.council.count('process') - 1}" in page
    assert "Tuesday 5 May 2015" in page
    assert "Setting 117222" in page
    assert "Thursday 19 November 2026" in page
    assert "regulation 8" in page
    assert her.case.mail_ref in page
    assert her.case.case_ref not in page
    for choice in ("Send the advice", "Nothing to say", "Not the right person", "We decline", "I cannot by then",
                   "An appointment was missed", "Send a part of it now", "Already given"):  # fmt: skip
        assert choice in page


def test_only_health_can_say_that_an_appointment_was_missed(here: Linked) -> None:
    visit = visiting(here, None, "dct@council.example", "social_care")
    assert "appointment" not in visit.browser.get(visit.url).text
    assert visit.browser.get(f"{visit.url}/missed").status_code == 404
    assert visit.post("missed", {"words": "Did not come."}).status_code == 404


def test_the_papers_are_given_to_whoever_was_asked_to_be_saved_and_that_is_put_down(her: Visiting) -> None:
    assert "sent to you with the request in another way" in her.browser.get(her.url).text
    unasked = visiting(her.here, her.here.another_case())
    assert "still being gathered" in unasked.browser.get(unasked.url).text
    archive = archive_of(her.here.site.settings)
    laid_by = lay_by(archive, check("Views.pdf", pdf("views")))
    add_paper(her.here.site.db, her.case.case_ref, laid_by, "representations", OFFICER, her.here.site.now)
    say_complete(her.here.site.db, her.case.case_ref, OFFICER, her.here.site.now, nothing_submitted=False)
    page = her.browser.get(her.url).text
    assert "the family’s views" in page
    (link,) = re.findall(r'href="(/advice/[^"]+/papers/[^"]+)"', page)
    answer = her.browser.get(link)
    assert answer.content == pdf("views")
    assert answer.headers["content-disposition"].startswith('attachment; filename="Views.pdf"')
    read = {"username": "professional", "channel": "link", "what": "document"}
    query = (
        "SELECT username, channel, what FROM read_log WHERE processes @> ARRAY[CAST(:id AS uuid)] AND what = 'document'"
    )
    assert her.here.council.rows(query, id=her.case.process_id) == [read]


def test_a_family_that_submitted_nothing_is_said_to_have(her: Visiting) -> None:
    say_complete(her.here.site.db, her.case.case_ref, OFFICER, her.here.site.now, nothing_submitted=True)
    assert "submitted nothing in writing" in her.browser.get(her.url).text


def test_what_a_service_gave_about_the_child_before_is_offered_and_not_asked_for_again(here: Linked) -> None:
    child: dict[str, Any] = {"surname": "Same", "forename": "Sam", "date_of_birth": "2014-04-04"}
    first = here.council.opens("2026-01-07", now=here.site.now, **child)
    here.council.records(first, "decision_to_assess=2026-02-02", "advice_requested:health=2026-02-03",
                         "advice_received:health=2026-03-05;report_date=2026-03-01",
                         "decision_not_to_issue=2026-04-01", now=here.site.now, confirm=True)  # fmt: skip
    second = here.council.opens("2026-09-02", now=here.site.now, confirm=True, **child)
    here.council.records(second, "decision_to_assess=2026-10-01", "advice_requested:health=2026-10-08",
                         now=here.site.now)  # fmt: skip
    visit = visiting(here, second)
    page = visit.browser.get(visit.url).text
    assert "Thursday 5 March 2026, with a report of Sunday 1 March 2026" in page
    assert f"{visit.url}/already-given" in page


def test_a_choice_leads_to_its_short_form_and_no_choice_is_asked_for(her: Visiting) -> None:
    assert her.browser.get(f"{her.url}/answer?answer=nothing").headers["location"] == f"{her.url}/nothing"
    page = her.browser.get(f"{her.url}/answer")
    assert page.status_code == 422
    assert "Choose how you want to answer" in page.text
    assert her.browser.get(f"{her.url}/anything").status_code == 404


def test_the_advice_with_two_documents_meets_the_request(her: Visiting) -> None:
    answer = her.send("give", WHOLE, [advice(), advice("notes.pdf", "notes")])
    page = her.browser.follow(answer).text
    assert "No more is needed from you" in page
    assert attributes(her, "advice_received") == {"report_date": "2026-11-02"}
    assert because(her) == WHOLE["needs"]
    assert {each.name for each in her.documents()} == {"report.pdf", "notes.pdf"}
    said = her.facts()[0].attributes["documents"].split(",")
    assert set(said) == {each.content_hash.hex() for each in her.documents()}
    row = her.answer()
    assert (row.kind, row.faults, row.waits, row.given_by) == ("received", [], "", "paeds@nhs.example")
    assert row.form["sections"] == ["C", "G"]
    assert row.said["provision"] == WHOLE["provision"]


def test_advice_that_is_not_complete_is_kept_and_sent_back_at_once_with_the_effect_on_the_clock(her: Visiting) -> None:
    old = {**WHOLE, "report_date-year": "2024", "outcomes": "", "sections": ""}
    page = her.browser.follow(her.send("give", old, [advice()])).text
    assert "not complete" in page
    assert "older than the council may use" in page
    assert "What outcomes you recommend is not answered" in page
    assert "its day does not begin anew: it is still Thursday 19 November 2026" in page
    assert her.kinds() == ["advice_received", "advice_insufficient"]
    assert attributes(her, "advice_insufficient") == {"reason": "old_report,no_outcomes,no_sections"}
    assert len(her.documents()) == 1
    (receipt,) = her.receipts()
    assert receipt.about["missing"] == ["old_report", "no_outcomes", "no_sections"]


def test_what_was_sent_back_need_not_be_sent_again(her: Visiting) -> None:
    her.send("give", {**WHOLE, "outcomes": ""}, [advice()])
    form = her.browser.get(f"{her.url}/give").text
    assert "report.pdf" in form
    assert WHOLE["needs"] in form
    assert 'value="2026"' in form
    answer = her.send("give", WHOLE)
    assert "No more is needed" in her.browser.follow(answer).text
    assert her.kinds() == ["advice_received", "advice_insufficient", "advice_received"]
    assert her.facts()[-1].attributes["documents"] == her.documents()[0].content_hash.hex()
    first, second = her.answers()
    assert first.settled_at is not None
    assert second.faults == []


def test_a_part_is_kept_and_the_clock_runs_on(her: Visiting) -> None:
    page = her.browser.follow(her.send("part", {"words": "The blood test", **LAWYERS}, [advice()])).text
    assert "The rest is still needed by Thursday 19 November 2026" in page
    assert her.kinds() == ["advice_part", "advice_expected"]
    assert attributes(her, "advice_expected") == {"by": "2027-01-11"}


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"reason": "not_known"}, "not_known"),
        ({"reason": "no_needs"}, "no_needs"),
        ({"reason": "other", "words": "Moved to Leeds."}, "other"),
    ],
)
def test_nothing_to_say_is_a_nil_return_with_its_reason(her: Visiting, said: dict[str, str], reason: str) -> None:
    assert "No more is needed" in her.browser.follow(her.send("nothing", said)).text
    assert attributes(her, "advice_nil") == {"reason": reason}
    assert because(her) == said.get("words", "")


def test_a_colleague_at_the_same_service_is_asked_at_once_and_the_old_link_is_dead(her: Visiting) -> None:
    answer = her.send("somebody-else", {"who": "colleague", "name": "Dr Khan", "address": "A.Khan@NHS.example"})
    page = her.browser.follow(answer).text
    assert "Your colleague gets a mail" in page
    assert "Jo " not in page
    assert her.kinds() == ["advice_reassigned"]
    assert attributes(her, "advice_reassigned") == {}
    assert her.browser.get(her.url).status_code == 403
    with Session(her.here.site.db) as session:
        request = session.get_one(AdviceRequest, her.answer().request_id)
        assert request.asked_of == "a.khan@nhs.example"
        assert request.mode == "seek"


def test_a_colleague_somewhere_else_waits_for_a_caseworker(her: Visiting) -> None:
    answer = her.send("somebody-else", {"who": "colleague", "name": "Dr Khan", "address": "khan@gmail.com"})
    assert "A caseworker looks at it first" in her.browser.follow(answer).text
    assert her.kinds() == []
    assert (her.answer().kind, her.answer().waits) == ("colleague", "colleague")
    assert her.browser.get(her.url).status_code == 200


def test_another_body_of_the_directory_closes_this_request_and_opens_its_own(her: Visiting) -> None:
    answer = her.send("somebody-else", {"who": "another_body", "body": "slt"})
    assert "its own six weeks" in her.browser.follow(answer).text
    assert attributes(her, "advice_reassigned") == {"body": "slt"}
    rows = her.here.council.rows("SELECT subject, mode FROM advice_request WHERE process_id = :id AND category = 'health'",
                                 id=her.case.process_id)  # fmt: skip
    assert {row["subject"] for row in rows} == {"health", "health/slt"}


def test_another_body_that_nobody_knows_waits_for_a_caseworker(her: Visiting) -> None:
    her.send("somebody-else", {"who": "another_body", "name": "Eye clinic in Leeds"})
    assert (her.answer().kind, her.answer().waits) == ("another_body", "body")
    assert her.kinds() == []


def test_a_section_31_body_declines_with_a_ground_and_reasons(her: Visiting) -> None:
    answer = her.send("decline", {"reason": "adverse", "words": "The clinic is closed by flood."})
    assert "A caseworker reads your reasons" in her.browser.follow(answer).text
    assert attributes(her, "advice_declined") == {"reason": "adverse"}
    assert because(her) == "The clinic is closed by flood."


def test_for_others_the_law_gives_no_ground_to_decline(here: Linked) -> None:
    visit = visiting(here, begun(here, "social_care"), "dct@council.example", "social_care")
    page = visit.browser.get(f"{visit.url}/decline").text
    assert "this is no ground for it" in page
    assert "write to the officer" in page
    visit.post("decline", {"reason": "adverse", "words": "No."})
    assert visit.answers() == []


def test_a_day_that_is_named_is_recorded_and_is_no_relief(her: Visiting) -> None:
    page = her.browser.follow(her.send("later", {**LAWYERS, "words": "Clinic is in January."})).text
    assert "The legal day stays Thursday 19 November 2026" in page
    assert attributes(her, "advice_expected") == {"by": "2027-01-11"}


def test_a_missed_appointment_is_a_proposal_and_never_a_relief_by_itself(her: Visiting) -> None:
    said = {"missed-day": "3", "missed-month": "11", "missed-year": "2026", "words": "Hearing test, new one in May."}
    assert "A caseworker decides" in her.browser.follow(her.send("missed", said)).text
    assert her.kinds() == []
    assert (her.answer().waits, her.answer().form) == ("missed", {"missed": "2026-11-03"})


def test_earlier_advice_waits_for_the_family_and_the_authority(her: Visiting) -> None:
    said = {"report_date-day": "1", "report_date-month": "3", "report_date-year": "2026", "words": "Last spring, to you.",
            "agreed": "yes"}  # fmt: skip
    her.send("already-given", said)
    assert her.kinds() == []
    assert (her.answer().waits, her.answer().form["report_date"]) == ("reuse", "2026-03-01")


def test_every_answer_has_its_receipt_in_the_queue(her: Visiting) -> None:
    her.send("nothing", {"reason": "not_known"})
    (receipt,) = her.receipts()
    assert (receipt.recipient, receipt.status, receipt.urgent) == ("paeds@nhs.example", "queued", True)
    assert receipt.about["answer"] == "nil"
