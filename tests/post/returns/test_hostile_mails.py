"""Mails made to do harm: none stops the reading, takes long, or is taken for what it is not."""

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from post.returns.mail import Kind, Returned, understood
from post.returns.opened import LARGEST
from tests.post.returns.mails import dsn, note

TODAY = date(2026, 11, 11)
HEAD = b"From: a@nhs.example\nSubject: s\nMIME-Version: 1.0\n"


def read(raw: bytes) -> Returned:
    begun = time.process_time()
    found = understood(raw, TODAY)
    assert time.process_time() - begun < 4
    return found


def _nested(depth: int) -> bytes:
    levels = (b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(depth))
    return HEAD + b"".join(levels) + b"\ndeep down\n"


@pytest.mark.parametrize(("raw", "why"), [
    (HEAD + b"\n" + b"x" * LARGEST, "larger than 36 MB"),
    (HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 50_000, "too many parts"),
    (_nested(2_000), "parts within parts"),
    (HEAD + b"Content-Type: text/plain; " + b"a*0=x; " * 200_000 + b"\n\nx", "at too great a length"),
], ids=["large", "many parts", "deep", "long header"])  # fmt: skip
def test_what_is_too_much_is_kept_by_its_headers_and_says_why(raw: bytes, why: str) -> None:
    found = read(raw)
    assert (found.kind, found.sender, found.subject) == (Kind.UNKNOWN, "a@nhs.example", "s")
    assert why in found.left_out[0]
    assert (found.text, found.attachments) == ("", ())


@pytest.mark.parametrize("charset", [
    b"charset=punycode", b"charset=PUNYCODE", b"charset*=us-ascii''puny%63ode", b"charset*0=puny; charset*1=code",
])  # fmt: skip
@pytest.mark.parametrize("text", [b"b" * 400_000, b"\xffb" * 200_000], ids=["plain", "not plain"])
def test_a_text_that_would_take_hours_to_read_is_not_read(charset: bytes, text: bytes) -> None:
    found = read(HEAD + b"Content-Type: text/plain; " + charset + b"\n\n" + text)
    assert (found.kind, found.text, found.sender) == (Kind.UNKNOWN, "", "a@nhs.example")
    assert found.left_out


def test_of_a_status_only_its_figures_are_taken() -> None:
    head = HEAD + b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n"
    said = b"Final-Recipient: rfc822;a@nhs.example\nAction: failed\nStatus: "
    for status, code in ((b"5.1.1\x00", "5.1.1"), (b"5.1.10 (no such user)", "5.1.10"), (b"\x00", ""), (b"5", "")):
        raw = head + b"Content-Type: message/delivery-status\n\n" + said + status + b"\n--b--\n"
        assert [each.code for each in read(raw).reports] == [code]


def test_a_subject_that_would_take_long_to_read_is_cut_first() -> None:
    assert read(b"Subject: =?punycode?q?" + b"b" * 300_000 + b"?=\n\nx").text == "x"


def test_the_beginning_of_a_mail_that_was_not_fetched_is_not_taken_for_the_mail() -> None:
    found = understood(note("Advice attached.", report=b"%PDF")[:300], TODAY, whole=False)
    assert found.kind is Kind.UNKNOWN
    assert found.left_out


@pytest.mark.parametrize("raw", [
    b"", b"\n\n", b"\x00\xff\xfe", b"no headers at all", HEAD, _nested(50),
    HEAD + b"Content-Type: " + b"(" * 3_000 + b"\n\nx",
    HEAD + b"Content-Type: text/plain; charset=" + b"x" * 500 + b"\n\ncaf\xe9",
    HEAD + b"Content-Type: text/plain; charset=unicode-escape\nContent-Transfer-Encoding: base64\n\n!!!",
    HEAD + b"Content-Type: text/html\n\n" + b"<style" * 100_000,
    HEAD + b"Content-Type: text/html\n\n" + b"<a " + b"b" * 1_000_000,
    HEAD + b"To: " + b"((((a@b," * 5_000 + b"\n\nx",
    b"Subject: =?utf-8?b?" + b"4" * 50_000 + b"?=\n\nx",
    b"Subject: =?nonsense?q?=FF?= =?utf-8?b?!?=\nDate: Mon, 99 Foo 99999 99:99\nFrom: \n\nx",
    HEAD + b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n"
    b"Content-Type: message/delivery-status\n\n" + b"Final-Recipient: rfc822;" * 20_000 + b"\n--b--\n",
    HEAD + b"Content-Type: message/rfc822\n\n" * 20 + b"\n\nx",
    HEAD + b"Content-Type: message/external-body; access-type=URL; URL=\"http://evil.example/\"\n\n\n",
    dsn().replace(b"Status: 5.1.1", b"Status: \x00\x00").replace(b"rfc822; ", b";;;"),
])  # fmt: skip
def test_nothing_that_is_sent_stops_the_reading(raw: bytes) -> None:
    found = read(raw)
    kept = f"{found.sender}{found.subject}{found.text}{[each.name for each in found.attachments]}"
    assert "\x00" not in kept
    kept.encode()  # no half of a character, which no database takes


@given(st.binary(max_size=2_000))
@settings(max_examples=60, deadline=None)
def test_any_bytes_whatever_can_be_read(junk: bytes) -> None:
    for raw in (junk, HEAD + junk, dsn().replace(b"Reporting-MTA", junk[:200])):
        assert understood(raw, TODAY).key


def test_the_same_mail_is_known_again_whatever_was_written_before_its_headers() -> None:
    mail = note("Advice attached.")
    assert understood(mail, TODAY).key == understood(b"Received: from relay\n" + mail, TODAY).key
    assert understood(mail, TODAY).key != understood(mail.replace(b"attached", b"enclosed"), TODAY).key
