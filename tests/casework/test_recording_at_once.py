"""Two people, or one who sends twice, record on one case."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from casework.actor import Actor
from casework.errors import ChangedSince, NeedsConfirmation
from casework.opening import Opened
from casework.recording import Recorded, consider, record
from statute.notation import parse_fact
from tests.casework.support import COLLEAGUE, NOW, OFFICER, Council

DECISION = "decision_to_assess=2026-10-05"
NOTE = {"note": "The panel met."}


def sends(
    council: Council, case: Opened, fact: str, seen: int, actor: Actor = OFFICER, *, note: str = NOTE["note"]
) -> Recorded:
    """One fact sent from a page that showed the case at version `seen`."""
    return record(council.db, case.mail_ref, [parse_fact(fact)], actor, NOW, texts={"note": note}, seen=seen)


def test_the_second_of_two_is_told_what_the_first_recorded(council: Council) -> None:
    case = council.opens()
    sends(council, case, "advice_requested:health/slt=2026-10-06", 1, COLLEAGUE)
    with pytest.raises(ChangedSince) as told:
        sends(council, case, DECISION, 1)
    assert "P. Singh recorded meanwhile: advice was requested (health/slt), Tuesday 6 October 2026." in str(told.value)
    assert told.value.version == 2
    assert sends(council, case, DECISION, told.value.version).version == 3


def test_one_form_sent_twice_is_recorded_once(council: Council) -> None:
    case = council.opens()
    assert [sends(council, case, DECISION, 1).version for _ in range(2)] == [2, 2]
    assert council.count("fact") == 2


def test_the_same_thing_said_with_other_words_is_not_taken_for_a_form_sent_twice(council: Council) -> None:
    case = council.opens()
    sends(council, case, DECISION, 1)
    with pytest.raises(ChangedSince):
        sends(council, case, DECISION, 1, note="Another thing.")


def test_the_same_thing_recorded_by_somebody_else_is_told(council: Council) -> None:
    case = council.opens()
    sends(council, case, DECISION, 1, COLLEAGUE)
    with pytest.raises(ChangedSince, match="Singh"):
        sends(council, case, DECISION, 1)


def test_of_two_who_send_in_the_same_moment_one_is_told(council: Council) -> None:
    case, together = council.opens(), Barrier(2)

    def send(who: Actor) -> int | str:
        together.wait(10)
        try:
            return sends(council, case, DECISION, 1, who).version
        except ChangedSince as told:
            return str(told)

    with ThreadPoolExecutor(2) as pool:
        came = list(pool.map(send, (OFFICER, COLLEAGUE)))
    assert came.count(2) == 1
    assert sum("recorded meanwhile: the decision to assess was sent" in str(each) for each in came) == 1
    assert council.count("fact") == 2


def test_what_is_said_of_a_child_whose_assessment_is_over_is_kept_once(council: Council) -> None:
    case = council.opens("2026-03-02")
    council.records(case, "final_plan_sent=2026-07-01")
    assert council.count("process") == 2
    assert [sends(council, case, "died=2026-11-18", 2).case_ref for _ in range(2)] == ["EHC-2026-0001/R1"] * 2
    assert council.row("SELECT count(*) AS n FROM fact WHERE kind = 'died'")["n"] == 1


def test_what_the_law_would_say_can_be_asked_without_recording_anything(council: Council) -> None:
    case = council.opens()
    council.records(case, "draft_plan_sent=2026-11-16")
    final = [parse_fact("final_plan_sent=2026-11-18;note=Posted")]
    verdict = consider(council.db, case.mail_ref, final, OFFICER, NOW)
    with pytest.raises(NeedsConfirmation) as told:
        record(council.db, case.mail_ref, final, OFFICER, NOW)
    assert (verdict.refusals, verdict.confirmations) == ([], told.value.messages)
