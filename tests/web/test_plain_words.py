"""Pages say where one clicks and what people call things: no commands, no codes."""

import re

import pytest

from tests.web.site import Site
from web.faults import Faults
from web.read_words import read_words
from web.without_commands import without_commands


@pytest.mark.parametrize(
    "sentence",
    [
        "Saturday was taken away. 'ehcp calendar remove working 2026-12-28' makes it a bank holiday again.",
        "Monday was added here: 'ehcp calendar remove bank-holiday 2026-12-28' takes it back.",
        "The directory of settings does not know 1: import it with 'ehcp settings import', or correct the URN.",
        "A case with the reference EHC-1 exists already. Record on it with 'ehcp record', or give another.",
        "2 messages have no address to go to; add it with 'ehcp services|settings|officers import'",
        "2 messages could not be delivered to anybody; 'ehcp messages --status failed' lists them",
        "Add the officer with 'ehcp officers import', or name another.",
    ],
)
def test_a_page_names_no_command(sentence: str) -> None:
    assert "ehcp" not in without_commands(sentence)
    faults = Faults()
    faults.say("", sentence)
    assert "ehcp" not in faults.summary[0]["text"]


def test_other_sentences_stay_as_they_are() -> None:
    assert without_commands("Choose who asked.") == "Choose who asked."


def test_what_was_read_is_named_as_its_page_is() -> None:
    assert read_words("reviews/no-meeting.xlsx") == "Reviews without a meeting (Excel file)"
    assert read_words("api: case") == "Case page"
    assert read_words("term list health") == "Term list health"


def test_the_checks_lead_to_what_they_found(looking: Site) -> None:
    page = looking.as_a("manager").get("/checks").text
    assert 'href="/overdue/not-timed"' in page
    assert not re.search("'ehcp |rejects files", page)


def test_a_manager_without_cases_is_led_to_everybodys(looking: Site) -> None:
    manager, caseworker = looking.as_a("manager").get("/work").text, looking.as_a("caseworker").get("/work").text
    assert "No case is yours." in manager
    assert 'href="/saveable"' in manager
    assert "No case is yours." not in caseworker
    assert 'href="/record-many"' in caseworker
