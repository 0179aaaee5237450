"""Why a message was not sent, in words: the reason is kept with the code of the fact that settled it."""

import pytest

from casework.earlier import PERHAPS, in_words
from cli.cases import message_row
from statute.kinds import KINDS
from web import case_words

ROW = {"kind": "chase", "limit": "reg8_advice", "subject": "health", "recipient": "", "role": "adviser"}


@pytest.mark.parametrize(("reason", "said"), [
    ("no longer true: advice_expected", "no longer true: a day was given on which the advice is expected"),
    (f"no longer true: withdrawn{PERHAPS}", f"no longer true: {KINDS['withdrawn'].words}{PERHAPS}"),
    ("no longer true", "no longer true"),
    ("mail is on hold for this case", "mail is on hold for this case"),
    ("", ""),
])  # fmt: skip
def test_people_read_what_has_settled_it_and_no_code(reason: str, said: str) -> None:
    assert (in_words(reason), case_words.reason(reason)) == (said, said)


def test_the_command_line_says_the_same() -> None:
    shown = message_row({**ROW, "status": "skipped", "reason": "no longer true: advice_received"})
    assert shown["stands"] == "skipped: no longer true: the advice was received"
