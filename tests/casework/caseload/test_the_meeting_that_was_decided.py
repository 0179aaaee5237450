"""The meeting of the last review that was decided, beside that of the review under way: `decided_meeting`."""

import pytest

from tests.casework.caseload.plan_files import plan
from tests.casework.caseload.test_importing_plans import counts, reviews, told
from tests.casework.caseload.test_understanding_plan_rows import LAST, MADE, facts, row
from tests.casework.caseload.tracker import Tracker

BOTH = {"decided_meeting": "2026-02-09", "last_review_meeting": "2026-11-02"}
TIMED = {**BOTH, "last_review_outcome": "maintain", "previous_review_decision": ""}

SAID: list[tuple[str, dict[str, str], list[str], list[str]]] = [
    ("where the last review is timed, each meeting is in its own review", TIMED,
     [MADE, "review_meeting=2026-02-09", "decision_maintain=2026-03-02"], ["review_meeting=2026-11-02"]),
    ("with the review before it", {**TIMED, "previous_review_decision": "2025-03-03"},
     [MADE, "last_review=2025-03-03", "review_meeting=2026-02-09", "decision_maintain=2026-03-02"],
     ["review_meeting=2026-11-02"]),
    ("where it is not, it is said of the last review", BOTH, [MADE, LAST, "review_meeting=2026-11-02"], []),
    ("a decision without outcome has its meeting too, whether or not the file would say of the review before",
     {**TIMED, "last_review_outcome": ""}, [MADE, LAST, "review_meeting=2026-11-02"], []),
    ("a report on or before the decision is of the review that was decided", {**TIMED, "report_received": "2026-02-20"},
     [MADE, "review_meeting=2026-02-09", "review_report_received=2026-02-20", "decision_maintain=2026-03-02"],
     ["review_meeting=2026-11-02"]),
    ("a report after the later meeting is of the review under way", {**TIMED, "report_received": "2026-11-16"},
     [MADE, "review_meeting=2026-02-09", "decision_maintain=2026-03-02"],
     ["review_meeting=2026-11-02", "review_report_received=2026-11-16"]),
    ("no review is under way", {**TIMED, "last_review_meeting": ""},
     [MADE, "review_meeting=2026-02-09", "decision_maintain=2026-03-02"], []),
    ("the same meeting in both columns", {**TIMED, "last_review_meeting": "2026-02-09"},
     [MADE, "review_meeting=2026-02-09", "decision_maintain=2026-03-02"], []),
    ("what was held together is the later meeting", {**TIMED, "aligned": "Looked-after, personal education"},
     [MADE, "review_meeting=2026-02-09", "decision_maintain=2026-03-02"],
     ["review_meeting=2026-11-02;aligned=looked_after,personal_education"]),
    ("or the only one", {**TIMED, "last_review_meeting": "", "aligned": "continuing_care and looked_after"},
     [MADE, "review_meeting=2026-02-09;aligned=looked_after,continuing_care", "decision_maintain=2026-03-02"], []),
    ("of a last review that is not timed it is not kept", {"aligned": "looked_after"}, [MADE, LAST], []),
    ("the plan moved out", {**TIMED, "transferred_out": "2026-11-09"},
     [MADE, LAST, "review_meeting=2026-11-02", "transferred_out=2026-11-09"], []),
]  # fmt: skip


@pytest.mark.parametrize(("what", "cells", "first", "second"), SAID, ids=[case[0] for case in SAID])
def test_each_meeting_is_in_its_own_review(
    what: str, cells: dict[str, str], first: list[str], second: list[str]
) -> None:
    assert facts(**cells) == (first, second)
    assert row(**cells).warnings == []


DOUBTFUL: list[tuple[dict[str, str], str, list[str]]] = [
    ({"decided_meeting": "2026-03-03"}, "decided_meeting 2026-03-03: after last_review_decision 2026-03-02; left out",
     [MADE, LAST]),
    ({"decided_meeting": "2026-02-09", "last_review_decision": ""},
     "decided_meeting 2026-02-09: there is no last_review_decision; left out", [MADE, "review_meeting=2026-02-09"]),
    ({"decided_meeting": "2026-01-30", "previous_review_decision": "2026-02-02"},
     "decided_meeting 2026-01-30: on or before previous_review_decision 2026-02-02; left out", [MADE, LAST]),
    ({"decided_meeting": "2026-02-10"},
     "last_review_meeting 2026-02-09: on or before last_review_decision 2026-03-02, whose decided_meeting is "
     "2026-02-10; left out", [MADE, "last_review=2026-03-02;meeting=2026-02-10"]),
    ({"aligned": "looked_after, dentist"},
     "aligned 'dentist' is not known (looked_after, continuing_care, personal_education): left out", [MADE, LAST]),
    ({"aligned": "looked_after", "last_review_meeting": ""}, "aligned without the day of a meeting: left out",
     [MADE, "last_review=2026-03-02"]),
    ({**BOTH, "last_review_outcome": "cease"},
     "last_review_meeting 2026-11-02: after the decision of 2026-03-02 to cease the plan; left out",
     [MADE, "review_meeting=2026-02-09", "decision_cease=2026-03-02"]),
]  # fmt: skip


@pytest.mark.parametrize(("cells", "says", "first"), DOUBTFUL)
def test_what_does_not_fit_is_left_out_with_a_warning(cells: dict[str, str], says: str, first: list[str]) -> None:
    assert [message for _, message in row(**cells).warnings] == [says]
    assert facts(**cells) == (first, [])


def test_without_the_day_of_the_decision_nobody_knows_of_which_review_it_is() -> None:
    read = row(**BOTH, last_review_decision="spring")
    assert "decided_meeting: of which review is not known without last_review_decision; left out" in [
        message for _, message in read.warnings
    ]
    assert "decided_meeting" not in read.present


def test_a_file_without_the_column_is_read_as_before(tracker: Tracker) -> None:
    said = plan("P-1", **TIMED)
    tracker.takes(said)
    report = tracker.takes({column: cell for column, cell in said.items() if column != "decided_meeting"})
    assert (counts(report), told(report)) == ((0, 0, 1), [])


def test_both_reviews_are_kept_in_step_with_the_file(tracker: Tracker) -> None:
    said = plan("P-1", **TIMED)
    assert told(tracker.takes(said)) == []
    first = ["plan_made=2024-03-04", "review_meeting=2026-02-09", "decision_maintain=2026-03-02"]
    second = ["plan_made=2024-03-04", "last_review=2026-03-02", "review_meeting=2026-11-02"]
    assert (tracker.ledger("P-1/R1"), tracker.ledger("P-1/R2")) == (first, second)
    assert counts(tracker.takes(said)) == (0, 0, 1)
    assert counts(tracker.takes({**said, "decided_meeting": "2026-02-10"})) == (0, 1, 0)
    assert tracker.ledger("P-1/R1")[3:] == ["corrected:review_meeting=2026-02-10"]
    assert counts(tracker.takes({**said, "decided_meeting": ""})) == (0, 1, 0)
    assert tracker.ledger("P-1/R1")[4:] == ["retracted:review_meeting=2026-02-10"]
    assert meeting_of_last_review(tracker, "P-1/R2") == ""
    assert counts(tracker.takes({**said, "decided_meeting": ""})) == (0, 0, 1)


def test_a_last_review_that_is_not_timed_is_kept_in_step_too(tracker: Tracker) -> None:
    said = plan("P-1", **BOTH)
    tracker.takes(said)
    assert meeting_of_last_review(tracker, "P-1/R1") == "2026-02-09"
    assert counts(tracker.takes({**said, "decided_meeting": ""})) == (0, 1, 0)
    assert meeting_of_last_review(tracker, "P-1/R1") == ""
    assert counts(tracker.takes({**said, "decided_meeting": ""})) == (0, 0, 1)


def test_a_tracker_that_goes_on_to_the_next_meeting_takes_back_no_earlier_one(tracker: Tracker) -> None:
    tracker.takes(plan("P-1", last_review_outcome="maintain"))
    assert counts(tracker.takes(plan("P-1", last_review_outcome="maintain", last_review_meeting="2026-11-02"))) == (
        0, 1, 0,
    )  # fmt: skip
    assert tracker.ledger("P-1/R1")[1:] == ["review_meeting=2026-02-09", "decision_maintain=2026-03-02"]
    # Decided and met for again: what was said of the decision before does not touch the review in between.
    tracker.takes(plan("P-2", **TIMED))
    decided = {"last_review_decision": "2026-11-10", "last_review_meeting": "2026-11-17"}
    report = tracker.takes(plan("P-2", last_review_outcome="maintain", **decided))
    assert (counts(report), told(report)) == ((0, 1, 0), [])
    assert tracker.ledger("P-2/R1")[1:] == ["review_meeting=2026-02-09", "decision_maintain=2026-03-02"]
    assert tracker.ledger("P-2/R2")[2:] == ["review_meeting=2026-11-02", "decision_maintain=2026-11-10"]
    assert tracker.ledger("P-2/R3")[2:] == ["review_meeting=2026-11-17"]


def test_what_a_meeting_was_held_with_follows_the_file(tracker: Tracker) -> None:
    held = plan("P-1", last_review_meeting="2026-11-02", aligned="looked_after")
    tracker.takes(held)
    assert counts(tracker.takes(held)) == (0, 0, 1)
    assert counts(tracker.takes({**held, "aligned": "continuing_care"})) == (0, 1, 0)
    assert said_last(tracker, "P-1/R1", "review_meeting")["aligned"] == "continuing_care"
    without = {column: cell for column, cell in held.items() if column != "aligned"}
    report = tracker.takes(without)
    assert (counts(report), told(report)) == ((0, 0, 1), [])
    assert counts(tracker.takes({**held, "aligned": ""})) == (0, 1, 0)
    assert said_last(tracker, "P-1/R1", "review_meeting")["aligned"] == ""


def test_the_word_of_a_person_is_kept(tracker: Tracker) -> None:
    tracker.takes(plan("P-1", **TIMED))
    tracker.says("P-1/R1", "corrected:review_meeting=2026-02-11")
    report = tracker.takes(plan("P-1", **TIMED))
    assert counts(report) == (0, 0, 1)
    ((column, message),) = [(each.column, each.message) for each in report.warnings]
    assert (column, "a person has recorded review_meeting 2026-02-11" in message) == ("decided_meeting", True)


def test_a_decision_that_followed_no_meeting_and_a_meeting_not_decided_yet_are_two_reviews(tracker: Tracker) -> None:
    undecided = {"last_review_meeting": "2026-11-02", "previous_review_decision": ""}
    report = tracker.takes(
        plan("P-1", last_review_outcome="maintain", **undecided),
        plan("P-2", last_review_outcome="amend", **undecided),
        plan("P-3", last_review_outcome="maintain", last_review_meeting="", previous_review_decision=""),
        plan("P-4", **undecided),
    )
    assert (counts(report), told(report)) == ((4, 0, 0), [])
    for ref, decision in (("P-1", "maintain"), ("P-2", "amend")):
        assert tracker.ledger(f"{ref}/R1") == ["plan_made=2024-03-04", f"decision_{decision}=2026-03-02"]
        assert tracker.ledger(f"{ref}/R2")[1:] == ["last_review=2026-03-02", "review_meeting=2026-11-02"]
    assert [each["ended_on"] is None for each in reviews(tracker, "P-1")] == [False, True]
    assert tracker.ledger("P-3/R1")[1:] == ["decision_maintain=2026-03-02"]
    assert tracker.ledger("P-3/R2")[1:] == ["last_review=2026-03-02"]
    # Decided, nobody knows how: there is a last review, and it is not invented how it ended.
    assert tracker.ledger("P-4/R1") == ["plan_made=2024-03-04", "last_review=2026-03-02", "review_meeting=2026-11-02"]
    assert len(reviews(tracker, "P-4")) == 1


def meeting_of_last_review(tracker: Tracker, ref: str) -> str:
    """The meeting that is now known of the last review, as the latest word on it has it."""
    return said_last(tracker, ref, "last_review").get("meeting", "")


def said_last(tracker: Tracker, ref: str, kind: str) -> dict[str, str]:
    """What was said with the latest word on a fact of that kind."""
    query = (
        "SELECT attributes FROM fact JOIN process ON process.id = process_id WHERE case_ref = :ref "
        "AND (fact.kind = :kind OR subject = :kind) ORDER BY sequence DESC LIMIT 1"
    )
    return tracker.council.row(query, ref=ref, kind=kind)["attributes"]
