"""In which review of a plan the word of a row is recorded, and what a person's word stands against."""

from dataclasses import replace
from datetime import date

import pytest

from casework.caseload.cycle_history import CycleHistory, present
from casework.caseload.differences import Source, differences
from casework.caseload.history import Entry, history_of
from casework.caseload.plan_placing import place_known
from casework.caseload.plan_reading import read_plan_row
from casework.caseload.plan_wanted import PLAN
from casework.caseload.reading import RawRow
from statute.notation import format_fact, parse_fact

AS_OF = date(2026, 11, 20)
MARK = ";file=aaaaaaaaaaaaaaaa;line=2"
MADE = "plan_made=2024-03-04"

# A file with every column that the tests speak of; a row is what differs from a plan that was never reviewed.
BLANK = dict.fromkeys(
    (
        "last_review_decision", "last_review_outcome", "last_review_meeting", "amendment_notice_sent",
        "amended_plan_sent", "report_received", "recommends", "phase_transfer", "transfer_date", "receiving",
        "transferred_in", "transferred_out", "ceased",
    ),
    "",
)  # fmt: skip


def cycle(*said: str) -> CycleHistory:
    """A ledger: `import ...` a file said, `engine ...` follows from what a person recorded, `person ...` the rest."""
    entries: list[Entry] = []
    for number, each in enumerate(said, start=1):
        who, _, fact = each.partition(" ")
        entries.append(Entry(replace(parse_fact(fact), sequence=number), who == "import"))
    follows = any(each.startswith("engine last_review") for each in said)
    return CycleHistory(history_of(entries), follows)


def follow(cycles: list[CycleHistory], cells: dict[str, str]) -> tuple[list[str], list[str]]:
    """What is recorded, each with the number of its cycle, and what is kept against the file."""
    row = read_plan_row(RawRow(2, (), {**BLANK, "plan_ref": "P-1", "plan_made": "2024-03-04", **cells}), AS_OF)
    placed = place_known(row, cycles)
    added: list[str] = []
    kept: list[str] = []
    for number, part in enumerate(placed.parts, start=1):
        history = cycles[number - 1].history if number <= len(cycles) else history_of([])
        found = differences(present(history, part.since), part.wanted, part.spoken, Source("a" * 64, 2), shape=PLAN)
        added += [f"R{number} {format_fact(change.fact)}".replace(MARK, "") for change in found.changes]
        kept += [message for _, message in found.kept]
    if placed.reviewed:
        added.append(f"R{len(cycles)} again last_review={placed.reviewed.day}")
    return added, kept


REVIEWED = {"last_review_decision": "2026-03-02", "last_review_meeting": "2026-02-09"}
HELD = {**REVIEWED, "last_review_meeting": "2026-11-02"}
DECIDED = {"last_review_decision": "2026-11-16", "last_review_meeting": "2026-11-02"}
LAST = "import last_review=2026-03-02;meeting=2026-02-09"
MEETING = "import review_meeting=2026-11-02"
TRANSFER = {"phase_transfer": "school", "transfer_date": "2027-09-01", "receiving": "117244"}

R1 = cycle(f"import {MADE}", LAST)
UNDER_WAY = cycle(f"import {MADE}", LAST, MEETING)
COMPLETE = cycle(f"import {MADE}", LAST, "person review_meeting=2026-11-02", "person decision_maintain=2026-11-16")
R2 = cycle(f"import {MADE}", "engine last_review=2026-11-16;meeting=2026-11-02")

CASES: list[tuple[str, list[CycleHistory], dict[str, str], list[str]]] = [
    ("all is the same: nothing", [R1], REVIEWED, []),
    ("a meeting is new: it is of the review under way", [R1], HELD, ["R1 review_meeting=2026-11-02"]),
    ("the meeting is gone: retracted", [UNDER_WAY], REVIEWED, ["R1 retracted:review_meeting=2026-11-02"]),
    ("another day of the meeting", [UNDER_WAY], {**HELD, "last_review_meeting": "2026-11-03"},
     ["R1 corrected:review_meeting=2026-11-03;was=2026-11-02"]),
    ("a report", [UNDER_WAY], {**HELD, "report_received": "2026-11-16", "recommends": "amend"},
     ["R1 review_report_received=2026-11-16;recommends=amend"]),
    ("the report says otherwise", [cycle(f"import {MADE}", LAST, MEETING,
     "import review_report_received=2026-11-16;recommends=amend")],
     {**HELD, "report_received": "2026-11-16", "recommends": "maintain"},
     ["R1 corrected:review_report_received=2026-11-16;recommends=maintain;was=2026-11-16"]),
    ("a decision completes the review whose meeting is known", [UNDER_WAY], {**DECIDED,
     "last_review_outcome": "maintain"}, ["R1 decision_maintain=2026-11-16"]),
    ("meeting and decision came in one week", [R1], {**DECIDED, "last_review_outcome": "amend",
     "amendment_notice_sent": "2026-11-16"},
     ["R1 review_meeting=2026-11-02", "R1 decision_amend=2026-11-16", "R1 amendment_notice_sent=2026-11-16"]),
    ("the next meeting came with the decision", [R1], {**DECIDED, "last_review_decision": "2026-11-09",
     "last_review_outcome": "maintain", "last_review_meeting": "2026-11-18"},
     ["R1 decision_maintain=2026-11-09", "R2 review_meeting=2026-11-18"]),
    ("how it ended is not known: the same cycle counts on from it", [UNDER_WAY], DECIDED,
     ["R1 again last_review=2026-11-16"]),
    ("the same row the week after: nothing", [cycle(f"import {MADE}", LAST, MEETING,
     "import last_review=2026-11-16;meeting=2026-11-02")], DECIDED, []),
    ("the first review of a plan, and how it ended", [cycle(f"import {MADE}")], {**DECIDED,
     "last_review_outcome": "maintain"}, ["R1 review_meeting=2026-11-02", "R1 decision_maintain=2026-11-16"]),
    ("a last review that the file did not tell before", [cycle(f"import {MADE}")], REVIEWED,
     ["R1 last_review=2026-03-02;meeting=2026-02-09"]),
    ("another day of the last review", [R1], {**REVIEWED, "last_review_decision": "2026-03-05"},
     ["R1 corrected:last_review=2026-03-05;meeting=2026-02-09;was=2026-03-02"]),
    ("an earlier day of it", [R1], {**REVIEWED, "last_review_decision": "2026-02-27"},
     ["R1 corrected:last_review=2026-02-27;meeting=2026-02-09;was=2026-03-02"]),
    ("without a meeting to tell by, the same review two months later is a correction", [R1],
     {"last_review_decision": "2026-05-04"}, ["R1 corrected:last_review=2026-05-04;was=2026-03-02"]),
    ("and six months later another review", [R1], {"last_review_decision": "2026-09-07",
     "last_review_outcome": "maintain"}, ["R1 decision_maintain=2026-09-07"]),
    ("no last review after all", [R1], {}, ["R1 retracted:last_review=2026-03-02"]),
    ("the tracker is a week behind the app: it says of the review before what was known", [COMPLETE, R2], HELD, []),
    ("or not even that", [COMPLETE, R2], REVIEWED, []),
    ("the tracker has caught up", [COMPLETE, R2], {**DECIDED, "last_review_outcome": "maintain"}, []),
    ("and goes on with the review that follows", [COMPLETE, R2], {**DECIDED, "last_review_meeting": "2026-11-19"},
     ["R2 review_meeting=2026-11-19"]),
    ("a meeting of the review that follows, by a tracker that has missed the decision", [COMPLETE, R2],
     {**REVIEWED, "last_review_meeting": "2026-11-19"}, ["R2 review_meeting=2026-11-19"]),
    ("the file's own decision had another day: put right where it was recorded",
     [cycle(f"import {MADE}", LAST, MEETING, "import decision_maintain=2026-11-16"), R2],
     {**DECIDED, "last_review_decision": "2026-11-13", "last_review_outcome": "maintain"},
     ["R1 corrected:decision_maintain=2026-11-13;was=2026-11-16"]),
    ("the day, how it ended and its meeting are all others",
     [cycle(f"import {MADE}", LAST, MEETING, "import decision_maintain=2026-11-16"), R2],
     {"last_review_decision": "2026-11-13", "last_review_meeting": "2026-10-30", "last_review_outcome": "amend"},
     ["R1 retracted:decision_maintain=2026-11-16", "R1 corrected:review_meeting=2026-10-30;was=2026-11-02",
      "R1 decision_amend=2026-11-13"]),
    ("no last review after all, and so its meeting is that of the first", [cycle(f"import {MADE}", LAST)],
     {"last_review_meeting": "2026-02-09"}, ["R1 retracted:last_review=2026-03-02", "R1 review_meeting=2026-02-09"]),
    ("the file's own decision is gone: taken back",
     [cycle(f"import {MADE}", LAST, MEETING, "import decision_maintain=2026-11-16"), R2], HELD,
     ["R1 retracted:decision_maintain=2026-11-16"]),
    ("the amended plan was sent: of the review before",
     [cycle(f"import {MADE}", LAST, MEETING, "import decision_amend=2026-11-16"), R2],
     {**DECIDED, "last_review_outcome": "amend", "amended_plan_sent": "2026-11-19"},
     ["R1 amended_plan_sent=2026-11-19"]),
    ("it is to cease: no other review begins", [UNDER_WAY], {**DECIDED, "last_review_outcome": "cease"},
     ["R1 decision_cease=2026-11-16"]),
    ("and is still to cease: nothing", [cycle(f"import {MADE}", LAST, MEETING, "import decision_cease=2026-11-16")],
     {**DECIDED, "last_review_outcome": "cease"}, []),
    ("to cease, so soon after the review before that only the ledger tells", [cycle(f"import {MADE}", LAST,
     "import decision_cease=2026-04-13")], {"last_review_decision": "2026-04-13", "last_review_outcome": "cease"}, []),
    ("it ceased", [R1], {**REVIEWED, "ceased": "2026-11-13"}, ["R1 plan_ceased=2026-11-13"]),
    ("a phase transfer is new: of the latest cycle", [COMPLETE, R2], {**REVIEWED, **TRANSFER},
     ["R2 phase_transfer:school=2027-09-01;receiving=117244"]),
    ("one that a review met is not begun again",
     [cycle(f"import {MADE}", MEETING, "import phase_transfer:school=2027-09-01;receiving=117244"), R2],
     {**DECIDED, **TRANSFER}, []),
    ("one that was handed on is put right in both",
     [cycle(f"import {MADE}", MEETING, "import phase_transfer:school=2027-09-01"),
      cycle(f"import {MADE}", "engine last_review=2026-11-16", "import phase_transfer:school=2027-09-01")],
     {**DECIDED, **TRANSFER}, ["R1 corrected:phase_transfer:school=2027-09-01;receiving=117244;was=2027-09-01",
                              "R2 corrected:phase_transfer:school=2027-09-01;receiving=117244;was=2027-09-01"]),
    ("it is of another kind", [cycle(f"import {MADE}", LAST, "import phase_transfer:school=2027-09-01")],
     {**REVIEWED, **TRANSFER, "phase_transfer": "post16"},
     ["R1 retracted:phase_transfer:school=2027-09-01", "R1 phase_transfer:post16=2027-09-01;receiving=117244"]),
    ("the plan was made on another day: so say all its cycles", [COMPLETE, R2], {**DECIDED, "plan_made": "2024-03-01"},
     ["R1 corrected:plan_made=2024-03-01;was=2024-03-04", "R2 corrected:plan_made=2024-03-01;was=2024-03-04"]),
    ("a decision that cannot be read leaves everything as it is", [UNDER_WAY], {**HELD, "last_review_decision": "?"},
     []),
    ("what a person did not say contradicts nothing", [cycle(f"import {MADE}", "person last_review=2026-03-02")],
     REVIEWED, []),
]  # fmt: skip


@pytest.mark.parametrize(("what", "cycles", "cells", "expected"), CASES, ids=[case[0] for case in CASES])
def test_the_ledger_follows_the_file(
    what: str, cycles: list[CycleHistory], cells: dict[str, str], expected: list[str]
) -> None:
    assert follow(cycles, cells) == (expected, [])


AGAINST: list[tuple[str, list[CycleHistory], dict[str, str], str]] = [
    ("a person recorded another day of the decision", [COMPLETE, R2],
     {**DECIDED, "last_review_decision": "2026-11-17", "last_review_outcome": "maintain"},
     "a person has recorded decision_maintain 2026-11-16"),
    ("a person recorded another decision", [COMPLETE, R2], {**DECIDED, "last_review_outcome": "amend"},
     "a person has recorded decision_maintain 2026-11-16"),
    ("a person recorded another meeting", [cycle(f"import {MADE}", LAST, "person review_meeting=2026-11-05")], HELD,
     "a person has recorded review_meeting 2026-11-05"),
    ("a person took the meeting back", [cycle(f"import {MADE}", LAST, MEETING,
     "person retracted:review_meeting=2026-11-02")], HELD, "that it did not happen"),
    ("a person opened the plan with another day", [cycle("person plan_made=2024-03-11", LAST)], REVIEWED,
     "a person has recorded plan_made 2024-03-11"),
    ("a person said that it moved out", [cycle(f"import {MADE}", LAST, "person transferred_out=2026-10-01")],
     {**REVIEWED, "transferred_out": "2026-10-05"}, "a person has recorded transferred_out 2026-10-01"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "cycles", "cells", "says"), AGAINST, ids=[case[0] for case in AGAINST])
def test_the_word_of_a_person_is_kept_and_told(
    what: str, cycles: list[CycleHistory], cells: dict[str, str], says: str
) -> None:
    added, kept = follow(cycles, cells)
    assert added == []
    (message,) = kept
    assert says in message
