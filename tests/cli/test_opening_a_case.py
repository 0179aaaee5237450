"""`ehcp open`: personal data come by standard input or a prompt, and leave only into Postgres."""

import json
import re

import pytest

from tests.cli.conftest import Ehcp, opened

CHILD = {
    "received": "2026-09-02",
    "source": "1",
    "surname": "Quillfeather",
    "forename": "Adabella",
    "date_of_birth": "2018-02-14",
    "upn": "A123456789012",
}
PERSONAL = ("Quillfeather", "Adabella", "2018-02-14", "A123456789012")


def test_it_prints_the_two_references_and_nothing_else(ehcp: Ehcp) -> None:
    done = ehcp("open", "-", "--json", stdin=json.dumps({**CHILD, "case_ref": "C-1"}))
    assert done.code == 0, done.err
    assert set(done.json) == {"case_ref", "mail_ref"}
    assert done.json["case_ref"] == "C-1"
    assert re.fullmatch(r"[0-9A-Z]{3}-[0-9A-Z]{4}", done.json["mail_ref"])


def test_a_pipe_needs_no_dash(ehcp: Ehcp) -> None:
    done = ehcp("open", stdin=json.dumps(CHILD))
    assert done.code == 0, done.err
    assert "Opened" in done.out


def test_a_file_that_begins_with_a_byte_order_mark_is_read(ehcp: Ehcp) -> None:
    assert ehcp("open", "-", stdin="\ufeff" + json.dumps(CHILD)).code == 0


def test_a_reference_is_made_where_none_is_given(ehcp: Ehcp) -> None:
    assert opened(ehcp) == "EHC-2026-0001"


@pytest.mark.parametrize(
    ("stdin", "code", "said"),
    [
        ('{"received": 1', 2, "line 1, column 15"),
        ("", 2, "empty"),
        ("[]", 2, "one JSON object"),
        ('"Quillfeather"', 2, "one JSON object"),
        ("{}", 1, "received is missing"),
        (json.dumps({**CHILD, "surname": ""}), 1, "surname is missing"),
        (json.dumps({**CHILD, "recieved": "2026-09-02"}), 1, "recieved is not a field"),
        (json.dumps({**CHILD, "received": "2026-02-30"}), 1, "does not exist"),
        (json.dumps({**CHILD, "received": "2999-01-01"}), 1, "future"),
        (json.dumps({**CHILD, "source": "9"}), 1, "SEN2"),
        (json.dumps({**CHILD, "date_of_birth": "2026-10-01"}), 1, "date_of_birth"),
    ],
)
def test_what_cannot_be_used_is_refused_with_the_remedy(ehcp: Ehcp, stdin: str, code: int, said: str) -> None:
    done = ehcp("open", "-", "--json", stdin=stdin)
    assert (done.code, done.out) == (code, "")
    assert said in done.err
    assert [secret for secret in PERSONAL if secret in done.err] == []
    assert ehcp("overdue", "--as-of", "2027-12-31", "--json").json["items"] == []


def test_nothing_about_a_child_is_taken_as_an_argument(ehcp: Ehcp) -> None:
    by_argument = ehcp("open", json.dumps(CHILD))
    assert by_argument.code == 2
    assert "seen by others" in by_argument.err
    for name, value in CHILD.items():
        assert ehcp("open", f"--{name}", value).code == 2


def test_opening_says_nothing_personal_back(ehcp: Ehcp) -> None:
    done = ehcp("open", "-", stdin=json.dumps({**CHILD, "officer": "nobody.known"}), EHCP_LOG_LEVEL="DEBUG")
    assert done.code == 0
    assert "nobody.known" in done.err
    assert [secret for secret in PERSONAL if secret in done.out + done.err] == []


def test_a_child_with_an_open_case_is_asked_about_and_gets_no_second_one(ehcp: Ehcp) -> None:
    first = opened(ehcp, **CHILD)
    again = json.dumps({**CHILD, "received": "2026-10-01"})
    asked = ehcp("open", "-", "--json", stdin=again)
    assert (asked.code, asked.out) == (3, "")
    assert first in asked.err
    assert "--confirm" in asked.err
    confirmed = ehcp("open", "-", "--json", "--confirm", stdin=again)
    assert confirmed.code == 0
    assert confirmed.json["case_ref"] == first


def test_a_reference_that_is_taken_is_refused(ehcp: Ehcp) -> None:
    opened(ehcp, case_ref="C-1")
    done = ehcp("open", "-", stdin=json.dumps({**CHILD, "case_ref": "c-1"}))
    assert done.code == 1
    assert "c-1 exists already" in done.err
