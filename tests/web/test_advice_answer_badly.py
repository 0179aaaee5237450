"""Answers that are wrong, come twice, come late or come from elsewhere: nothing is lost, and nothing is told."""

import io
import re
import zipfile
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from casework.recording import record
from documents.checking import LARGEST
from statute.notation import parse_fact
from tests.casework.support import OFFICER
from tests.documents.samples import pdf
from tests.web.answering import REPORT, WHOLE, Visiting, advice, begun, number, visiting
from tests.web.door import change
from tests.web.linked import Linked


@pytest.fixture
def here(here_of_the_file: Linked) -> Linked:
    """One council for all of these tests: each has a case of its own."""
    return here_of_the_file


@pytest.fixture
def her(here: Linked) -> Visiting:
    """A paediatrician who was asked on 8 October 2026."""
    return visiting(here)


FUTURE = {"report_date-day": "1", "report_date-month": "1", "report_date-year": "2027"}
DAY = {"by-day": "1", "by-month": "2", "by-year": "2027"}
REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("give", {**WHOLE, "report_date-month": "13"}, "must be a real date"),
    ("give", {**WHOLE, **FUTURE}, "This day has not come yet"),
    ("give", {**WHOLE, "needs": "n" * 10_001}, "10,001 characters long"),
    ("part", {"words": "blood test"}, "Choose at least one document"),
    ("nothing", {"words": "typed this"}, "Why is there nothing to say?"),
    ("nothing", {"reason": "other"}, "Say in a few words"),
    ("nothing", {"reason": "NOT KNOWN", "words": "typed this"}, "Why is there nothing to say?"),
    ("somebody-else", {"name": "Dr Khan"}, "Who should be asked?"),
    ("somebody-else", {"who": "colleague", "name": "Dr Khan"}, "email address"),
    ("somebody-else", {"who": "colleague", "address": "no address"}, "This is no email address"),
    ("somebody-else", {"who": "colleague", "address": "a@b.example\r\nBcc: x@y.example"}, "This is no email address"),
    ("somebody-else", {"who": "colleague", "address": "PAEDS@nhs.example"}, "the address that we wrote to"),
    ("somebody-else", {"who": "another_body"}, "write its name here"),
    ("decline", {"words": "typed this"}, "On which ground?"),
    ("decline", {"reason": "adverse"}, "Answer this: Your reasons"),
    ("later", {**DAY}, "Why can it not come earlier?"),
    ("later", {**DAY, "by-year": "2026", "words": "typed this"}, "a day that is still to come"),
    ("later", {**DAY, "by-year": "2046", "words": "typed this"}, "years away"),
    ("missed", {"words": "typed this"}, "must be given"),
    ("already-given", {**REPORT, "words": "typed this"}, "Do you agree?"),
]


@pytest.mark.parametrize(("slug", "data", "said"), REFUSED)
def test_what_is_refused_says_why_and_keeps_what_was_typed(
    her: Visiting, slug: str, data: dict[str, Any], said: str
) -> None:
    answer = her.send(slug, data, [advice()] if slug == "give" else [])
    assert answer.status_code == 422
    assert said in answer.text
    assert "There is a problem" in answer.text
    assert her.answers() == []
    for value in (
        each for name, each in data.items() if name != "reason" and isinstance(each, str) and "\n" not in each
    ):
        assert value in answer.text


def bomb() -> bytes:
    """A small archive that is very large."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "x")
        archive.writestr("word/document.xml", b"0" * 300_000_000)
    return out.getvalue()


HARMFUL: list[tuple[str, bytes, str]] = [
    ("empty.pdf", b"", "empty.pdf is empty"),
    ("large.pdf", pdf() + b"\0" * (LARGEST + 1), "large.pdf is larger than 20 MB"),
    ("letter.docx", bomb(), "letter.docx"),
    ("two.pdf", pdf() + b"<html><script>alert(1)</script>", "two.pdf has something else hidden"),
    ("../../etc/passwd", b"root:x:0:0", "passwd is"),
    ("C:\\photos\\run.exe", b"MZ" + b"\0" * 200, "run.exe is"),
]


@pytest.mark.parametrize(("name", "content", "said"), HARMFUL, ids=[each[0] for each in HARMFUL])
def test_a_document_that_is_not_taken_is_explained_beside_the_field_and_the_others_stay_taken(
    her: Visiting, name: str, content: bytes, said: str
) -> None:
    form = her.form("give")
    answer = her.post("give", {**form, **WHOLE}, [advice(), (name, content, "application/pdf")])
    assert answer.status_code == 422
    assert said in answer.text
    assert ".." not in "".join(re.findall(r'govuk-error-message">(.*?)</p>', answer.text, re.DOTALL))
    assert WHOLE["needs"] in answer.text
    taken = re.findall(r'name="taken"[^>]*value="([^"]+)"', answer.text)
    assert len(taken) == 1
    again = her.post("give", {**form, **WHOLE, "taken": taken})
    assert again.status_code == 303
    (document,) = her.documents()
    assert document.name == "report.pdf"


def test_what_was_taken_before_is_believed_of_this_form_alone(her: Visiting) -> None:
    form = her.form("give")
    (token,) = re.findall(
        r'name="taken"[^>]*value="([^"]+)"', her.post("give", {**form, "needs": "x"}, [advice()]).text
    )
    other = visiting(her.here)
    for visit, data in ((other, other.form("give")), (her, her.form("give"))):
        answer = visit.post("give", {**data, **WHOLE, "taken": token})
        assert answer.status_code == 422
        assert "Choose at least one document" in answer.text
    forged = her.post("give", {**form, **WHOLE, "taken": f"{token[:-4]}0000"})
    assert forged.status_code == 422


def test_what_a_night_may_have_thrown_away_is_not_put_on_record(here_of_the_file: Linked) -> None:
    """The form lay open until the next day; the link was opened with a new code."""
    her = visiting(here_of_the_file)
    form = her.form("give")
    (token,) = re.findall(
        r'name="taken"[^>]*value="([^"]+)"', her.post("give", {**form, "needs": "x"}, [advice()]).text
    )
    now = her.here.site.now
    her.here.site.now += timedelta(hours=20)
    try:
        again = visiting(her.here, her.case)
        answer = again.post("give", {**form, **WHOLE, "taken": token})
        assert answer.status_code == 422
        assert "report.pdf was chosen too long ago. Choose it again" in answer.text
        assert again.answers() == []
    finally:
        her.here.site.now = now


def test_a_document_that_is_named_twice_is_there_once(her: Visiting) -> None:
    form = her.form("give")
    (token,) = re.findall(
        r'name="taken"[^>]*value="([^"]+)"', her.post("give", {**form, "needs": "x"}, [advice()]).text
    )
    assert her.post("give", {**form, **WHOLE, "taken": [token, token]}).status_code == 303
    assert len(her.documents()) == 1


def test_six_documents_are_too_many(her: Visiting) -> None:
    answer = her.send("give", WHOLE, [advice(f"{each}.pdf", str(each)) for each in range(6)])
    assert answer.status_code == 422
    assert "at most 5 documents" in answer.text


def test_what_is_wrong_is_said_in_the_order_of_the_form(her: Visiting) -> None:
    summary = her.send("give").text.partition('class="govuk-error-summary')[2].partition("</form>")[0]
    assert re.findall(r'href="#(documents|report_date)', summary) == ["documents", "report_date"]


def test_a_form_sent_twice_is_one_answer_and_the_same_page(her: Visiting) -> None:
    form = {**her.form("give"), **WHOLE}
    pages = [her.post("give", form, [advice()]).headers["location"] for _ in range(2)]
    assert len(set(pages)) == 1
    assert her.kinds() == ["advice_received"]
    assert len(her.documents()) == len(her.receipts()) == 1


def test_what_completes_advice_can_be_sent_twice_though_its_documents_came_before(her: Visiting) -> None:
    her.send("give", {**REPORT, "needs": WHOLE["needs"]}, [advice()])
    form = {**her.form("give"), **WHOLE}
    answers = [her.post("give", form) for _ in range(2)]
    assert [each.status_code for each in answers] == [303, 303]
    assert len({each.headers["location"] for each in answers}) == 1
    assert len(her.answers()) == 2


def test_a_form_sent_twice_at_one_moment_is_one_answer(her: Visiting) -> None:
    form = {**her.form("nothing"), "reason": "not_known"}
    with ThreadPoolExecutor(4) as several:
        answers = list(several.map(her.post, ["nothing"] * 4, [form] * 4))
    assert {each.status_code for each in answers} == {303}
    assert len({each.headers["location"] for each in answers}) == 1
    assert her.kinds() == ["advice_nil"]


def test_the_same_number_at_another_request_is_another_answer(her: Visiting) -> None:
    other, form = visiting(her.here), {"number": number(), "reason": "not_known"}
    her.form("nothing")
    her.post("nothing", form)
    other.form("nothing")
    other.post("nothing", form)
    assert her.kinds() == other.kinds() == ["advice_nil"]


def test_the_second_of_two_people_at_one_link_is_kept_for_a_caseworker(her: Visiting) -> None:
    colleague = visiting(her.here, her.case)
    late = colleague.form("give")
    her.send("nothing", {"reason": "not_known"})
    assert "You need do nothing more" in colleague.browser.get(colleague.url).text
    page = colleague.browser.follow(colleague.post("give", {**late, **WHOLE}, [advice()])).text
    assert "was answered already when yours came" in page
    assert her.kinds() == ["advice_nil"]
    assert [each.waits for each in her.answers()] == ["", "answered"]
    assert len(her.documents()) == 1


def close(her: Visiting) -> None:
    record(her.here.site.db, her.case.case_ref, [parse_fact("withdrawn=2026-11-20")], OFFICER, her.here.site.now,
           confirm=True)  # fmt: skip


def test_an_answer_after_closure_is_kept_and_nothing_of_the_child_is_shown_any_more(her: Visiting) -> None:
    form = her.form("give")
    close(her)
    assert her.browser.get(her.url).status_code == 403
    assert her.browser.get(f"{her.url}/give").status_code == 403
    # What would have been refused before is kept too: there is no second try.
    page = her.browser.follow(her.post("give", {**form, "needs": "typed for an hour"}, [advice()]))
    assert "The case was closed before your answer came" in page.text
    assert "Jo " not in page.text
    assert her.kinds() == []
    row = her.answer()
    assert (row.waits, row.said["needs"]) == ("closed", "typed for an hour")
    assert len(her.documents()) == 1
    assert her.receipts()[0].about["answer"] == "waits"


def test_a_caseworker_puts_a_late_answer_on_record_on_the_day_on_which_it_came(her: Visiting) -> None:
    form = her.form("nothing")
    close(her)
    her.post("nothing", {**form, "reason": "not_known"})
    caseworker = her.here.site.signed_in("a.marsh")
    url = f"/cases/{her.case.mail_ref}/answers"
    assert "Put it on record" in caseworker.get(url).text
    caseworker.post(f"{url}/{her.answer().id}/file")
    kept = her.here.council.row(
        "SELECT kind, recorded_by FROM fact WHERE process_id = :id AND sequence = :number",
        id=her.case.process_id, number=her.answer().sequence,
    )  # fmt: skip
    assert kept == {"kind": "advice_nil", "recorded_by": "a.marsh"}


LATE_AND_NOT_ALONE = {
    "already-given": ({**REPORT, "words": "in spring", "agreed": "yes"}, "regulation 6(4)"),
    "somebody-else": ({"who": "colleague", "address": "ali@nhs.example"}, "too late to change who is asked"),
}


@pytest.mark.parametrize(("slug", "said"), LATE_AND_NOT_ALONE.items(), ids=LATE_AND_NOT_ALONE)
def test_what_others_must_agree_to_is_not_put_on_record_because_it_came_late(
    her: Visiting, slug: str, said: tuple[dict[str, Any], str]
) -> None:
    form = her.form(slug)
    visiting(her.here, her.case).send("somebody-else", {"who": "colleague", "address": "khan@nhs.example"})
    her.post(slug, {**form, **said[0]})
    late = her.answers()[-1]
    assert late.waits == "passed_on"
    caseworker = her.here.site.signed_in("a.marsh")
    page = caseworker.post(f"/cases/{her.case.mail_ref}/answers/{late.id}/file")
    assert said[1] in page.text
    assert her.answers()[-1].settled_at is None
    assert her.kinds() == ["advice_reassigned"]


def test_an_answer_to_a_request_that_was_passed_on_meanwhile_is_kept(her: Visiting) -> None:
    colleague = visiting(her.here, her.case)
    form = colleague.form("nothing")
    her.send("somebody-else", {"who": "colleague", "address": "khan@nhs.example"})
    page = colleague.browser.follow(colleague.post("nothing", {**form, "reason": "not_known"})).text
    assert "passed on to somebody else before your answer came" in page
    assert colleague.answers()[-1].waits == "passed_on"
    assert her.kinds() == ["advice_reassigned"]


OVER = {
    "somebody else is asked now": ("UPDATE secure_link SET recipient = 'gone@nhs.example' WHERE id = :id", "passed_on"),
    "too old": ("UPDATE secure_link SET expires_at = :at WHERE id = :id", "recording"),
}


@pytest.mark.parametrize(("over", "waits"), OVER.values(), ids=OVER)
def test_what_comes_when_the_link_opens_no_more_is_never_recorded_unchecked(
    here: Linked, over: str, waits: str
) -> None:
    """What is sent so late is not checked: not one of these would have been taken before."""
    for slug, data in (
        ("give", {}),
        ("somebody-else", {"who": "colleague", "name": "Dr Khan"}),
        ("somebody-else", {"who": "colleague", "address": "khan@@nhs.example"}),
        ("nothing", {}),
        ("later", {"by-day": "1", "by-month": "2", "by-year": "1999"}),
    ):
        visit = visiting(here)
        form = visit.form(slug)
        change(here.site, over, id=visit.link_id, **({"at": here.site.now} if ":at" in over else {}))
        change(here.site, "UPDATE link_visit SET recipient = 'gone@nhs.example' WHERE :id = ANY (links)"
               " AND :gone", id=visit.link_id, gone="gone@" in over)  # fmt: skip
        assert visit.post(slug, {**form, **data}).status_code == 303
        assert visit.kinds() == []
        assert visit.answer().waits == waits


def test_a_link_that_was_over_when_the_visit_began_takes_nothing(her: Visiting) -> None:
    form = her.form("nothing")
    change(her.here.site, "UPDATE secure_link SET revoked_at = :at WHERE id = :id",
           at=her.here.site.now - timedelta(days=1), id=her.link_id)  # fmt: skip
    assert her.post("nothing", {**form, "reason": "not_known"}).status_code == 403
    assert her.answers() == []


def test_nothing_is_kept_of_a_child_whose_records_were_erased(her: Visiting) -> None:
    form = her.form("nothing")
    change(her.here.site, "UPDATE person SET text_key = NULL WHERE id = (SELECT person_id FROM process WHERE id = :id)",
           id=her.case.process_id)  # fmt: skip
    assert her.post("nothing", {**form, "reason": "not_known"}).status_code == 403
    assert her.answers() == []


def test_what_a_caseworker_records_while_somebody_writes_does_not_lose_the_answer(her: Visiting) -> None:
    form = her.form("nothing")
    her.here.council.records(her.case, "advice_expected:health=2026-11-19;by=2026-12-01", now=her.here.site.now)
    her.post("nothing", {**form, "reason": "not_known"})
    assert her.kinds() == ["advice_nil"]
    form = her.form("give")
    her.here.council.records(her.case, "decision_not_to_issue=2026-11-20", now=her.here.site.now, confirm=True)
    her.post("give", {**form, **WHOLE}, [advice()])
    assert her.answers()[-1].waits == "closed"


def test_nobody_opens_answers_or_papers_of_another(her: Visiting, here: Linked) -> None:
    her.send("give", WHOLE, [advice()])
    mine, document = her.answer().id, her.documents()[0].id
    other = visiting(here)
    stranger = here.browser()
    assert her.browser.get(f"{her.url}/answers/{mine}").status_code == 200
    for browser, url in ((other.browser, her.url), (stranger, her.url)):
        assert browser.get(url).status_code == 403
        assert browser.get(f"{url}/answers/{mine}").status_code == 403
        assert browser.post(f"{url}/nothing", {"reason": "not_known"}).status_code == 403
    assert other.browser.get(f"{other.url}/answers/{mine}").status_code == 403
    assert other.browser.get(f"{other.url}/papers/{document}").status_code == 404
    # What was answered is no paper of the request, and is not given out by its link.
    assert her.browser.get(f"{her.url}/papers/{document}").status_code == 404
    assert her.browser.get(f"/advice/{uuid4()}").status_code == 403


def test_neither_addresses_nor_receipts_nor_the_log_hold_anything_of_the_child(
    her: Visiting, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = her.send("give", {**WHOLE, "outcomes": ""}, [advice("Jo Child.pdf")])
    her.browser.follow(answer)
    told = [answer.headers["location"], str(her.receipts()[0].about), *capsys.readouterr()]
    for kept_out in ("Jo", "Child", her.case.case_ref, "falls", "2015"):
        assert kept_out not in " ".join(told)


def test_a_form_that_is_not_ours_is_not_taken(her: Visiting) -> None:
    her.form("nothing")
    her.browser.csrf = "not ours"
    assert her.post("nothing", {"number": number(), "reason": "not_known"}).status_code == 403
    assert her.answers() == []
    assert begun(her.here)
