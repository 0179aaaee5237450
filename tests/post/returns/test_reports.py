"""What mail servers say of letters that did not arrive."""

from datetime import date

import pytest

from post.returns.mail import Kind, Returned, understood
from post.returns.reports import Report
from tests.post.returns.mails import OURS, PAEDS, dsn, note

TODAY = date(2026, 11, 11)


def read(raw: bytes) -> Returned:
    return understood(raw, TODAY)


@pytest.mark.parametrize("headers_only", [True, False])
def test_a_report_of_the_standard_names_the_address_the_code_and_our_letter(headers_only: bool) -> None:
    mail = read(dsn(headers_only=headers_only))
    assert (mail.kind, mail.ours, mail.reports) == (Kind.BOUNCE, (OURS,), (Report(PAEDS, "failed", "5.1.1"),))
    assert mail.attachments == ()


def test_whoever_forwards_fails_under_another_address_and_both_are_named() -> None:
    mail = read(dsn(to="private@home.example", original="Paeds@NHS.example"))
    assert [each.address for each in mail.reports] == [PAEDS, "private@home.example"]


def test_not_yet_is_no_bounce() -> None:
    mail = read(dsn(action="delayed", status="4.4.1"))
    assert (mail.kind, mail.reports) == (Kind.DELAYED, (Report(PAEDS, "delayed", "4.4.1"),))


@pytest.mark.parametrize("action", ["delivered", "relayed", "expanded"])
def test_good_news_is_an_automatic_answer(action: str) -> None:
    assert read(dsn(action=action, status="2.0.0")).kind is Kind.AUTOMATIC


def test_one_of_two_recipients_that_failed_is_a_bounce_of_that_one() -> None:
    both = dsn().replace(
        b"Final-Recipient", b"Final-Recipient: rfc822; fine@nhs.example\r\nAction: delivered\r\n\r\nFinal-Recipient", 1
    )
    mail = read(both)
    assert mail.kind is Kind.BOUNCE
    assert {each.address: each.what for each in mail.reports} == {"fine@nhs.example": "other", PAEDS: "failed"}


EXIM = f"""This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  {PAEDS}
    host mx.nhs.example: 550 5.1.1 User unknown

------ This is a copy of the message, including all the headers. ------

Message-ID: {OURS}
To: {PAEDS}
Cc: somebody.else@nhs.example
"""
QMAIL = f"""Hi. This is the qmail-send program at relay.example.
I'm afraid I wasn't able to deliver your message to the following addresses.

<{PAEDS}>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.

Return-Path: <ehc@council.example>
Message-ID: {OURS}
"""


@pytest.mark.parametrize(("text", "headers"), [
    (EXIM, {"From": "Mail Delivery System <Mailer-Daemon@relay.example>", "X-Failed-Recipients": PAEDS}),
    (EXIM, {"From": "mailer-daemon@googlemail.com", "Subject": "Delivery Status Notification (Failure)"}),
    (QMAIL, {"From": "MAILER-DAEMON@relay.example", "Subject": "failure notice"}),
    (EXIM, {"Return-Path": "<>", "From": "it@nhs.example", "Subject": "Undeliverable: Advice wanted"}),
])  # fmt: skip
def test_reports_in_words_name_the_address_that_they_are_about(text: str, headers: dict[str, str]) -> None:
    mail = read(note(text, headers=headers))
    assert (mail.kind, mail.ours) == (Kind.BOUNCE, (OURS,))
    assert [(each.address, each.what) for each in mail.reports] == [(PAEDS, "failed")]


def test_a_warning_in_words_that_a_letter_is_late_is_no_bounce() -> None:
    text = f"THIS IS A WARNING MESSAGE ONLY. Delivery to {PAEDS} has been delayed. 451 4.7.1 greylisted"
    headers = {"From": "MAILER-DAEMON@relay.example", "Subject": "Warning: message delayed 24 hours"}
    assert read(note(text, headers=headers)).kind is Kind.DELAYED


def test_a_machine_that_cannot_be_understood_is_left_to_a_person() -> None:
    headers = {"From": "postmaster@relay.example", "Subject": "Your mailbox"}
    assert read(note("Something happened.", headers=headers)).kind is Kind.UNKNOWN


def test_a_person_who_writes_of_an_undelivered_letter_is_a_person() -> None:
    mail = read(note(f"Your letter could not be delivered to {PAEDS}: 550 5.1.1. See {OURS}"))
    assert (mail.kind, mail.reports) == (Kind.REPLY, ())
