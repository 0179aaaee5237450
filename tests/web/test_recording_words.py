"""What the law says about an entry, in the words of the form and beside the right field."""

import pytest

from web.faults import Faults
from web.recording.fields import Field
from web.recording.messages import in_words, place

FIELDS = (
    Field("subject", "Which advice?", "", "select"),
    Field("on", "When was it sent?", "", "day"),
    Field("served", "When did the family receive it?", "", "day"),
)


@pytest.mark.parametrize(
    ("message", "field", "begins"),
    [
        ("Saturday 21 November 2026 is in the future: today is Friday.", "on", "Saturday"),
        ("The day, Friday 1 May 2026, is before the case began on Monday.", "on", "The day"),
        ("served: Monday 4 May 2026 is in the future: today is.", "served", "When did the family receive it: Monday"),
        ("served, Friday 1 May 2026, is before the case began.", "served", "When did the family receive it: Friday"),
        ("Several requests are meant by health. Name the body: health/slt.", "subject", "Several"),
        ("The case is not closed: there is nothing to reopen.", "", "The case"),
        ("method cannot be 'pigeon': it is email, hand or post", "", "method cannot"),
    ],
)
def test_a_refusal_stands_beside_the_field_that_it_is_about(message: str, field: str, begins: str) -> None:
    faults = Faults()
    place([message], FIELDS, faults)
    said = faults.of(field)
    assert said is not None and said["text"].startswith(begins)


@pytest.mark.parametrize(
    ("message", "words"),
    [
        (
            "It is recorded already. If that day is wrong, correct it: corrected:plan_made=2026-05-01. The next begins.",
            "It is recorded already. If that day is wrong, correct it: choose the entry in the chronology. The next begins.",
        ),
        ("It has no days. Add from= and to=.", "It has no days. Give the first and the last day."),
        (
            "This relief lifts nothing. reg13_final_plan: It has no days. Add from= and to=, the first and last day away.",
            "This relief lifts nothing. Send the final plan: It has no days. Give the first and the last day.",
        ),
        ("who is a code, not words. Put words into because=.", "who is a code, not words. Put words into the note."),
        (
            "No address. Add it with 'ehcp services import', or ask the service yourself.",
            "No address. Have it added to the directory, or ask the service yourself.",
        ),
    ],
)
def test_what_only_the_command_line_needs_is_said_otherwise(message: str, words: str) -> None:
    assert in_words(message) == words
