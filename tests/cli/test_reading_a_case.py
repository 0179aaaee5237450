"""`ehcp timeline`, `explain`, `chronology` and `messages`: one case, by either of its references."""

import json

import pytest

from tests.cli.conftest import Council, Ehcp, opened
from tests.cli.test_the_law_without_a_database import COLUMNS

# The imported tracker is made once for each worker: one makes it for all.

REF = "EHC-2026-0004"


def test_a_case_is_shown_in_the_shape_of_typed_facts(council: Council) -> None:
    of_case = council.ehcp("timeline", REF, "--as-of", "2026-11-20", "--json").json
    typed = council.ehcp("timeline", "assessment", "--fact", "request_received=2026-08-13", "--json").json
    assert list(of_case) == list(typed) == ["process", "as_of", "deadlines"]
    assert of_case["deadlines"]
    assert all(set(row) == COLUMNS for row in of_case["deadlines"])
    assert (of_case["process"], of_case["as_of"]) == ("assessment", "2026-11-20")


@pytest.mark.parametrize("words", [("timeline",), ("explain", "reg13_final_plan"), ("chronology",)])
def test_the_mail_reference_will_do(ehcp: Ehcp, words: tuple[str, ...]) -> None:
    case = {"received": "2026-09-02", "source": "1", "surname": "Quill", "forename": "Ada"}
    refs = ehcp("open", "-", "--json", stdin=json.dumps(case)).json
    command, *rest = words
    by_ours, by_mail = (ehcp(command, ref, *rest, "--json") for ref in (refs["case_ref"], refs["mail_ref"]))
    assert by_mail.code == 0, by_mail.err
    assert by_mail.out == by_ours.out


def test_explaining_a_limit_names_every_subject_or_the_one_asked_for(council: Council) -> None:
    every = council.ehcp("explain", REF, "code_advice", "--json").json
    assert {row["subject"] for row in every} == {"education", "educational_psychology", "social_care"}
    one = council.ehcp("explain", REF, "code_advice", "social_care", "--json").json
    assert [row["subject"] for row in one] == ["social_care"]
    assert "paragraph 9.41" in one[0]["explanation"]
    told = council.ehcp("explain", REF, "reg8_advice")
    assert "reg8_advice health (SI 2014/1530 reg 8(1))" in told.out


def test_a_limit_that_there_is_not_names_those_there_are(council: Council) -> None:
    done = council.ehcp("explain", REF, "reg99")
    assert (done.code, done.out) == (1, "")
    assert "reg13_final_plan" in done.err


def test_facts_are_typed_only_where_there_is_no_case(council: Council) -> None:
    assert council.ehcp("timeline", REF, "--fact", "request_received=2026-09-02").code == 2


def test_nothing_was_known_of_a_case_before_it_was_recorded(council: Council) -> None:
    done = council.ehcp("timeline", REF, "--known-on", "2026-01-01")
    assert done.code == 1
    assert "Nothing of EHC-2026-0004" in done.err
    assert council.ehcp("explain", REF, "reg5_decide", "--known-on", "2026-01-01").code == 1


@pytest.mark.parametrize("words", [("timeline", "X-9"), ("explain", "X-9", "reg5_decide"), ("chronology", "X-9"),
                                   ("messages", "--case", "X-9"), ("arm", "X-9")])  # fmt: skip
def test_an_unknown_case_is_refused_by_every_command(council: Council, words: tuple[str, ...]) -> None:
    done = council.ehcp(*words)
    assert (done.code, done.out) == (1, "")
    assert "X-9" in done.err


def test_a_chronology_is_in_order_and_says_who_and_when(council: Council) -> None:
    entries = council.ehcp("chronology", REF, "--json").json["items"]
    assert [entry["day"] for entry in entries] == sorted(entry["day"] for entry in entries)
    assert {entry["by"] for entry in entries} == {"t.tester"}
    assert all(entry["recorded_at"] for entry in entries)


def test_a_case_fits_eighty_columns(council: Council) -> None:
    for words in (("timeline", REF), ("chronology", REF)):
        table = council.ehcp(*words, COLUMNS="80").out.split("\n\n")[0]
        assert max(len(line.rstrip()) for line in table.splitlines()) <= 80


def test_messages_are_listed_by_case_address_and_status(ehcp: Ehcp) -> None:
    ref = opened(ehcp)
    everything = ehcp("messages", "--json")
    assert everything.json == {"items": []}
    assert (
        ehcp("messages", "--case", ref, "--to", "a@council.example", "--status", "held", "--json").json["items"] == []
    )
    assert "Messages: 0" in ehcp("messages").out
    wrong = ehcp("messages", "--status", "lost")
    assert wrong.code == 1
    assert "queued" in wrong.err
