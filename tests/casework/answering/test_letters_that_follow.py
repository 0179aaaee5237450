"""Letters that follow an answer: its receipt, and the request to a colleague to whom it was passed on."""

from typing import Any

import pytest
from sqlmodel import Session, select

from casework.answering.kinds import Answer as Kind
from casework.notices import RECEIPT, UNDELIVERED
from records.tables import Message
from tests.casework.answering.giving import NOW, WHOLE, answered
from tests.casework.chasing.council import BUSY, DUE, OFFICER, PAEDS, REFUSED, Council, at

KHAN = "khan@nhs.example"


@pytest.mark.parametrize(
    ("kind", "said", "subject", "words"),
    [
        (Kind.RECEIVED, WHOLE, "Thank you, we have your advice", "No more is needed from you"),
        (Kind.NIL, {"form": {"reason": "not_known"}}, "Thank you, we have your answer", "No more is needed from you"),
        (Kind.PART, {}, "a part of your advice", "its day stays the same"),
        (Kind.EXPECTED, {"form": {"by": "2026-12-01"}}, "the day you named", "The legal day stays the same"),
        (Kind.DECLINED, {"form": {"reason": "adverse"}}, "We have your reasons", "A caseworker reads them"),
        (Kind.MISSED, {"form": {"missed": "2026-11-02"}}, "We have your answer", "A caseworker reads it"),
        (
            Kind.ANOTHER_BODY,
            {"form": {"body": "slt"}, "said": {"name": "Speech and language"}},
            "passed on",
            "No more is needed",
        ),
    ],
    ids=lambda value: value.value if isinstance(value, Kind) else "",
)
def test_whoever_answers_has_a_receipt_at_once_at_any_hour_and_once(
    council: Council, kind: Kind, said: dict[str, Any], subject: str, words: str
) -> None:
    case = council.asked()
    answered(council, case, NOW, kind, **said)
    for _ in range(2):
        council.wake(case, NOW)
        council.urgent(case, NOW)
    (letter,) = council.box.of(PAEDS)
    assert subject in letter.subject
    assert words in letter.text
    assert "Tuesday 3 November 2026" in letter.text
    for kept_out in ("Testing", "Ada", "Tires", "Physiotherapy"):
        assert kept_out not in letter.text + letter.html + letter.subject


def test_advice_that_is_not_complete_is_told_so_with_what_is_missing_and_the_day(council: Council) -> None:
    case = council.asked()
    answered(council, case, NOW, Kind.RECEIVED, form={"report_date": "2024-01-01"}, said={"needs": "x"})
    council.wake(case, NOW)
    council.urgent(case, NOW)
    (letter,) = council.box.of(PAEDS)
    assert letter.subject.startswith("Your advice is not complete: ")
    for said in ("the report is older than we may use", "the outcomes are not described", "does not begin anew",
                 "Wednesday 11 November 2026", "regulation 8"):  # fmt: skip
        assert said in letter.text
    assert f"reg8_advice health {DUE}" in council.wake(case, NOW).summary


def test_a_receipt_waits_while_the_mail_server_is_away_and_survives_the_end_of_the_case(council: Council) -> None:
    case = council.asked()
    council.box.answers[PAEDS] = BUSY
    answered(council, case, NOW, Kind.NIL, form={"reason": "not_known"})
    council.wake(case, NOW)
    assert council.urgent(case, NOW).left == 1
    council.say(case, NOW, "withdrawn=2026-11-03")
    council.wake(case, NOW)
    council.box.answers.clear()
    council.box.letters.clear()
    council.round(at("2026-11-04", "08:30"))
    assert "Thank you, we have your answer" in council.box.of(PAEDS)[0].subject


def test_a_receipt_that_is_refused_goes_to_nobody_else_and_calls_nobody(council: Council) -> None:
    """It tells what one person answered; the next in line is asked nothing by it, and there is nothing to do."""
    case = council.asked()
    council.box.answers[PAEDS] = REFUSED
    answered(council, case, NOW, Kind.DECLINED, form={"reason": "adverse"})
    before = len(council.box.letters)
    council.wake(case, NOW)
    council.urgent(case, NOW)
    council.round(at("2026-11-04", "08:30"))
    assert [each for each in council.box.letters[before:] if "reasons" in each.subject and each.to != PAEDS] == []
    with Session(council.db) as session:
        found = session.exec(select(Message).where(Message.process_id == case)).all()
    assert [each.status for each in found if each.kind == RECEIPT] == ["failed"]
    assert [each.kind for each in found if each.kind == UNDELIVERED] == []


def test_a_receipt_waits_for_the_end_of_a_mail_hold(council: Council) -> None:
    case = council.asked()
    council.say(case, NOW, "mail_hold=2026-11-03;from=2026-11-03;to=2026-11-05")
    answered(council, case, NOW, Kind.NIL, form={"reason": "not_known"})
    council.wake(case, NOW)
    council.urgent(case, NOW)
    assert council.box.of(PAEDS) == []
    council.round(at("2026-11-06", "08:30"))
    assert len(council.box.of(PAEDS)) == 1


def test_a_colleague_has_the_request_at_once_with_a_link_of_their_own_and_the_same_day(council: Council) -> None:
    case = council.asked()
    answered(council, case, NOW, Kind.COLLEAGUE, said={"name": "Dr Khan", "address": KHAN})
    for _ in range(2):
        council.wake(case, NOW)
        council.urgent(case, NOW)
    (letter,) = council.box.of(KHAN)
    assert "passed on to you" in letter.subject
    assert "Wednesday 11 November 2026" in letter.text
    assert "/advice/link/" in letter.text
    assert "Khan" not in letter.text.replace(KHAN, "")
    assert "is late" not in letter.text
    # From now on it is the colleague who is reminded.
    council.box.letters.clear()
    council.wake(case, at("2026-11-09", "07:20"))
    council.round(at("2026-11-09", "08:30"))
    assert KHAN in council.box.to
    assert PAEDS not in council.box.to


def test_nobody_is_written_to_of_a_passing_on_that_an_officer_records_without_an_address(council: Council) -> None:
    case = council.asked()
    council.say(case, NOW, "advice_reassigned:health=2026-11-03")
    council.wake(case, NOW)
    council.urgent(case, NOW)
    assert council.box.letters == []


def test_a_promise_made_before_does_not_keep_the_request_from_the_colleague(council: Council) -> None:
    case = council.asked()
    answered(council, case, NOW, Kind.EXPECTED, form={"by": "2026-12-01"})
    answered(council, case, NOW, Kind.COLLEAGUE, said={"address": KHAN})
    council.wake(case, NOW)
    council.urgent(case, NOW)
    assert len(council.box.of(KHAN)) == 1


def test_a_colleague_whose_address_takes_no_mail_is_not_written_to_again_and_the_officer_is_told(
    council: Council,
) -> None:
    case = council.asked()
    council.box.answers[KHAN] = REFUSED
    answered(council, case, NOW, Kind.COLLEAGUE, said={"name": "Dr Khan", "address": KHAN})
    council.wake(case, NOW)
    council.urgent(case, NOW)
    assert [each.to for each in council.box.letters if "passed on to you" in each.subject] == [KHAN, PAEDS]
    council.round(at("2026-11-04", "08:30"))
    (told,) = council.box.of(OFFICER)
    assert "passed on to a colleague at Community Paediatrics whose address takes no email" in told.text
    council.box.answers.clear()
    council.box.letters.clear()
    council.wake(case, at("2026-11-09", "07:20"))
    council.round(at("2026-11-09", "08:30"))
    assert PAEDS in council.box.to
    assert KHAN not in council.box.to
