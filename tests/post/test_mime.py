"""A letter as a mail message, read back as its receiver reads it."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest

from post.letters import compose
from post.mime import as_bytes, needs_utf8
from tests.post.examples import DAY, HOUSE, TO, item

LETTER = compose(TO, [item()], HOUSE, "key", DAY).written(datetime(2026, 11, 20, 8, 30, tzinfo=UTC))


def read(data: bytes) -> EmailMessage:
    return message_from_bytes(data, policy=default)


def test_the_headers_are_these_and_no_others() -> None:
    message = read(as_bytes(LETTER))
    assert dict(message.items()) == {
        "From": "Kingston upon Hull City Council <ehc-clock@council.example>",
        "To": "slt.send@nhs.example",
        "Reply-To": "ehc@council.example",
        "Subject": "Advice due Friday 4 December 2026: K7F-3QX9",
        "Date": "Fri, 20 Nov 2026 08:30:00 +0000",
        "Message-ID": LETTER.message_id,
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "OOF, AutoReply",
        "Content-Language": "en-GB",
        "MIME-Version": "1.0",
        "Content-Type": message["Content-Type"],
    }


def test_both_parts_arrive_as_they_were_written() -> None:
    letter = replace(LETTER, text="Dydd da, ŵyn\n.\n" + "x" * 2000 + "\n", html="<p>ŵ</p>\n")
    data = as_bytes(letter)
    message = read(data)
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert [part.get_content().replace("\r\n", "\n") for part in message.iter_parts()] == [letter.text, letter.html]
    assert data.isascii()
    assert all(len(line) <= 998 for line in data.split(b"\r\n"))
    assert b"\n" not in data.replace(b"\r\n", b"")


@pytest.mark.parametrize("field", ["to", "subject", "reply_to", "sender", "sender_name"])
def test_no_field_can_add_a_header(field: str) -> None:
    forged = "a@b.example\r\nBcc: thief@b.example"
    with pytest.raises(ValueError, match=r".+"):
        as_bytes(replace(LETTER, **{field: forged}))


def test_an_internationalised_address_is_kept_and_says_that_it_needs_the_extension() -> None:
    letter = replace(LETTER, to="ŵyn@cyngor.example")
    assert needs_utf8(letter)
    assert not needs_utf8(LETTER)
    assert "To: ŵyn@cyngor.example\r\n".encode() in as_bytes(letter)
