"""Automatic answers and replies of people."""

from datetime import date
from email.message import EmailMessage

import pytest

from post.returns.away import away_until
from post.returns.mail import Kind, Returned, understood
from tests.post.returns.mails import OURS, add, note

TODAY = date(2026, 11, 11)
PDF = b"%PDF-1.4 a report"


def read(raw: bytes) -> Returned:
    return understood(raw, TODAY)


@pytest.mark.parametrize("headers", [
    {"Auto-Submitted": "auto-replied"},
    {"Auto-Submitted": "auto-generated; rejected"},
    {"X-Autoreply": "yes"},
    {"Precedence": "auto_reply"},
    {"Subject": "Automatic reply: Advice wanted"},
    {"Subject": "Out of office: Re: Advice wanted"},
])  # fmt: skip
def test_the_answer_of_a_machine_is_automatic(headers: dict[str, str]) -> None:
    mail = read(note("I am away until 4 December 2026.", headers={**headers, "In-Reply-To": OURS}))
    assert (mail.kind, mail.until, mail.ours) == (Kind.AUTOMATIC, date(2026, 12, 4), (OURS,))


def test_what_is_marked_as_not_automatic_is_a_reply() -> None:
    assert read(note("Advice attached.", headers={"Auto-Submitted": "no"})).kind is Kind.REPLY


@pytest.mark.parametrize(("text", "last_day"), [
    ("I am out of the office until Friday 4 December 2026.", "2026-12-04"),
    ("I shall be back in the office on Monday, 7th December 2026", "2026-12-06"),
    ("I return to work on 7 December", "2026-12-06"),
    ("Away until 31/12/2026", "2026-12-31"),
    ("Away until 05/05/2027", "2027-05-05"),
    ("I am back on 2027-01-04.", "2027-01-03"),
    ("On leave from 2 November until 4 December 2026", "2026-12-04"),
    ("Away until 4 January", "2027-01-04"),
])  # fmt: skip
def test_until_when_somebody_is_away_is_read_where_it_is_said(text: str, last_day: str) -> None:
    assert away_until(text, TODAY) == date.fromisoformat(last_day)


@pytest.mark.parametrize("text", [
    "I am away and will answer as soon as I can.",
    "Away until 03/04/2027",                     # the third of April or the fourth of March
    "Away until 31/02/2027",
    "Away until 4 October",                      # almost a year ahead, or a message from the last leave
    "Away until 4 December 2025",
    "Away until 4 December 2026. Reception is closed until 9 December 2026.",
    "Away until Monday",
    "Away until 4 Brumaire 2026",
    "Away until 4 December 2099",
])  # fmt: skip
def test_until_when_is_never_guessed(text: str) -> None:
    assert away_until(text, TODAY) is None


def test_a_reply_brings_its_words_its_papers_and_what_it_is_about() -> None:
    mail = read(note("Here it is, for K7F-3QX9.", headers={"References": f"<a@b> {OURS}"}, report=PDF))
    assert (mail.kind, mail.sender, mail.subject) == (Kind.REPLY, "dr.paed@nhs.example", "Re: Advice wanted")
    assert (mail.text, mail.ours, mail.references) == ("Here it is, for K7F-3QX9.", (OURS,), ("K7F-3QX9",))
    assert [(each.name, each.content) for each in mail.attachments] == [("report.pdf", PDF)]


def test_a_reply_from_a_phone_keeps_a_document_that_stands_in_the_text_and_leaves_out_its_logo() -> None:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "a@nhs.example", "Re: K7F-3QX9"
    mail.set_content("<p>Dear all,<br>see below.</p><style>p {color: red}</style>", subtype="html")
    add(mail, PDF, filename="scan.pdf", disposition="inline")
    add(mail, b"\x89PNG small", "image", "png", filename="logo.png", cid="<1>", disposition="inline")
    add(mail, b"\x89PNG" + b"0" * 90_000, "image", "png", filename="page.png", cid="<2>", disposition="inline")
    found = read(mail.as_bytes())
    assert found.text == "Dear all,\nsee below."
    assert [each.name for each in found.attachments] == ["scan.pdf", "page.png"]
    assert found.left_out == ("logo.png: a small picture within the text.",)


def test_a_mail_that_was_sent_on_as_a_document_is_one_and_is_not_opened() -> None:
    inner = EmailMessage()
    inner["Subject"] = "within"
    inner.set_content("text within")
    outer = EmailMessage()
    outer["From"] = "a@nhs.example"
    outer.set_content("See the mail attached.")
    outer.add_attachment(inner)
    found = read(outer.as_bytes())
    assert found.text == "See the mail attached."
    assert len(found.attachments) == 1


def test_no_more_than_thirty_documents_are_taken_and_the_others_are_named() -> None:
    found = read(note("Many.", headers=None, **{f"paper{number}": PDF for number in range(40)}))
    assert len(found.attachments) == 30
    assert found.left_out[0] == "paper30.pdf: more than 30 documents."
