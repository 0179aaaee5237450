"""What is added to the ledger so that it says what the file says, and what a person's word stands against."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from casework.caseload.differences import Differences, Source, differences
from casework.caseload.history import Entry, History, history_of
from casework.caseload.wanted import Key, Wanted
from statute.notation import format_fact, parse_fact

FILE = Source("a" * 64, 7)
MARK = "file=aaaaaaaaaaaaaaaa;line=7"
EVERYTHING: set[Key] = {
    ("request_received", ""),
    ("became_responsible", ""),
    ("decision_to_assess", ""),
    ("decision_not_to_assess", ""),
    ("draft_plan_sent", ""),
    ("final_plan_sent", ""),
    ("withdrawn", ""),
    ("advice_received", "health"),
    ("relief", ""),
}


def recorded(*said: str) -> History:
    """A ledger: `import ...` was recorded by an import, `person ...` by somebody in the app."""
    entries: list[Entry] = []
    for number, each in enumerate(said, start=1):
        who, _, fact = each.partition(" ")
        entries.append(Entry(replace(parse_fact(fact), sequence=number), who == "import"))
    return history_of(entries)


def row(*facts: str) -> list[Wanted]:
    parsed = [parse_fact(fact) for fact in facts]
    return [Wanted(fact.kind, fact.subject, fact.day, "", fact.attributes) for fact in parsed]


def added(found: Differences) -> list[str]:
    return [format_fact(change.fact).replace(f";{MARK}", "") for change in found.changes]


def compare(history: History, wanted: Sequence[Wanted], spoken_of: set[Key] = EVERYTHING) -> Differences:
    return differences(history, wanted, spoken_of, FILE)


START = "request_received=2026-09-01;source=1"
NEW_DECISION = "decision_not_to_assess=2026-10-09"

CASES: list[tuple[str, History, list[Wanted], list[str]]] = [
    ("nothing is known: all is added, the start first", recorded(), row("withdrawn=2026-09-05", START),
     [START, "withdrawn=2026-09-05"]),
    ("all is the same: nothing", recorded(f"import {START}"), row(START), []),
    ("a person recorded the same: nothing", recorded(f"person {START}"), row(START), []),
    ("a day is new", recorded(f"import {START}"), row(START, "draft_plan_sent=2026-11-01"),
     ["draft_plan_sent=2026-11-01"]),
    ("a day is another: corrected", recorded(f"import {START}", "import draft_plan_sent=2026-11-01"),
     row(START, "draft_plan_sent=2026-11-02"), ["corrected:draft_plan_sent=2026-11-02;was=2026-11-01"]),
    ("a day is gone: retracted", recorded(f"import {START}", "import draft_plan_sent=2026-11-01"), row(START),
     ["retracted:draft_plan_sent=2026-11-01"]),
    ("a day comes back: added again",
     recorded(f"import {START}", "import draft_plan_sent=2026-11-01", "import retracted:draft_plan_sent=2026-11-01"),
     row(START, "draft_plan_sent=2026-11-01"), ["draft_plan_sent=2026-11-01"]),
    ("a day corrected before is corrected again",
     recorded(f"import {START}", "import draft_plan_sent=2026-11-01", "import corrected:draft_plan_sent=2026-11-02"),
     row(START, "draft_plan_sent=2026-11-03"), ["corrected:draft_plan_sent=2026-11-03;was=2026-11-02"]),
    ("the subject belongs to the name", recorded(f"import {START}", "import advice_received:health=2026-11-01"),
     row(START, "advice_received:health=2026-11-02"),
     ["corrected:advice_received:health=2026-11-02;was=2026-11-01"]),
    ("who asked is another, of the same kind", recorded(f"import {START}"), row("request_received=2026-09-01;source=2"),
     ["corrected:request_received=2026-09-01;source=2;was=2026-09-01"]),
    ("who asked is of another kind: the new start before the old one goes", recorded(f"import {START}"),
     row("became_responsible=2026-09-01;source=4"),
     ["became_responsible=2026-09-01;source=4", "retracted:request_received=2026-09-01"]),
    ("the decision was the other one", recorded(f"import {START}", "import decision_to_assess=2026-10-09"),
     row(START, NEW_DECISION), ["retracted:decision_to_assess=2026-10-09", NEW_DECISION]),
    ("a refusal that was changed stays beside the new decision",
     recorded(f"import {START}", f"import {NEW_DECISION}", "person refusal_changed=2026-11-01;why=own_accord"),
     row(START, "decision_to_assess=2026-11-02"), ["decision_to_assess=2026-11-02"]),
    ("a relief has another period",
     recorded(f"import {START}", "import relief=2026-09-03;ground=personal;from=2026-09-03;to=2026-09-30"),
     row(START, "relief=2026-09-03;ground=personal;from=2026-09-03;to=2026-10-31"),
     ["corrected:relief=2026-09-03;ground=personal;from=2026-09-03;to=2026-10-31;was=2026-09-03"]),
    ("all days move later: the start last of the corrections",
     recorded(f"import {START}", "import decision_to_assess=2026-10-09"),
     row("request_received=2026-10-10;source=1", "decision_to_assess=2026-10-20", "draft_plan_sent=2026-11-01"),
     ["corrected:decision_to_assess=2026-10-20;was=2026-10-09",
      "corrected:request_received=2026-10-10;source=1;was=2026-09-01", "draft_plan_sent=2026-11-01"]),
    ("all days move earlier: the start first", recorded(f"import {START}", "import decision_to_assess=2026-10-09"),
     row("request_received=2026-08-01;source=1", "decision_to_assess=2026-08-20"),
     ["corrected:request_received=2026-08-01;source=1;was=2026-09-01",
      "corrected:decision_to_assess=2026-08-20;was=2026-10-09"]),
    ("what a person added besides does not matter",
     recorded(f"import {START}", "import draft_plan_sent=2026-11-01", "person draft_plan_sent=2026-11-15"),
     row(START, "draft_plan_sent=2026-11-01"), []),
    ("withdrawn again after it was reopened",
     recorded(f"import {START}", "import withdrawn=2026-10-01", "person reopened=2026-10-10"),
     row(START, "withdrawn=2026-11-11"), ["withdrawn=2026-11-11"]),
]  # fmt: skip


@pytest.mark.parametrize(("what", "history", "wanted", "expected"), CASES, ids=[case[0] for case in CASES])
def test_the_ledger_follows_the_file(what: str, history: History, wanted: list[Wanted], expected: list[str]) -> None:
    found = compare(history, wanted)
    assert added(found) == expected
    assert found.kept == []


AGAINST: list[tuple[str, History, list[Wanted], str]] = [
    ("a person recorded another day", recorded(f"import {START}", "person draft_plan_sent=2026-11-05"),
     row(START, "draft_plan_sent=2026-11-01"), "a person has recorded draft_plan_sent 2026-11-05"),
    ("a person corrected it", recorded(
        f"import {START}", "import draft_plan_sent=2026-11-01", "person corrected:draft_plan_sent=2026-11-05"),
     row(START, "draft_plan_sent=2026-11-01"), "a person has recorded draft_plan_sent 2026-11-05"),
    ("a person took it back", recorded(
        f"import {START}", "import draft_plan_sent=2026-11-01", "person retracted:draft_plan_sent=2026-11-01"),
     row(START, "draft_plan_sent=2026-11-01"), "a person has recorded that it did not happen"),
    ("a person reopened the case",
     recorded(f"import {START}", "import withdrawn=2026-10-01", "person reopened=2026-10-10"),
     row(START, "withdrawn=2026-10-01"), "a person has recorded that it did not happen"),
    ("a person corrected what the file has no more", recorded(
        f"import {START}", "import draft_plan_sent=2026-11-01", "person corrected:draft_plan_sent=2026-11-05"),
     row(START), "the file no longer has it"),
    ("a person opened the case with another day", recorded("person request_received=2026-09-03;source=1"), row(START),
     "a person has recorded request_received 2026-09-03"),
    ("a person recorded the other decision", recorded(f"import {START}", "person decision_to_assess=2026-10-09"),
     row(START, NEW_DECISION), "a person has recorded decision_to_assess 2026-10-09"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "history", "wanted", "says"), AGAINST, ids=[case[0] for case in AGAINST])
def test_the_word_of_a_person_is_kept_and_told(what: str, history: History, wanted: list[Wanted], says: str) -> None:
    found = compare(history, wanted)
    assert found.changes == []
    ((_, message),) = found.kept
    assert says in message


def test_what_only_a_person_recorded_is_no_business_of_the_file() -> None:
    found = compare(recorded(f"import {START}", "person draft_plan_sent=2026-11-05"), row(START))
    assert (found.changes, found.kept) == ([], [])


def test_a_doubtful_or_missing_column_takes_nothing_back() -> None:
    history = recorded(f"import {START}", "import draft_plan_sent=2026-11-01")
    assert compare(history, row(START), EVERYTHING - {("draft_plan_sent", "")}).changes == []


def test_a_doubtful_source_leaves_who_asked_as_it_was() -> None:
    history = recorded("import became_responsible=2026-09-01;source=4")
    no_source = EVERYTHING - {("request_received", ""), ("became_responsible", "")}
    assert compare(history, row("request_received=2026-09-01"), no_source).changes == []
    assert added(compare(history, row("request_received=2026-08-31"), no_source)) == [
        "corrected:became_responsible=2026-08-31;was=2026-09-01"
    ]


def test_a_correction_names_the_entry_and_where_it_came_from() -> None:
    history = recorded(f"import {START}", "import draft_plan_sent=2026-11-01")
    (change,) = compare(history, row(START, "draft_plan_sent=2026-11-02")).changes
    assert change.fact.supersedes == 2
    assert (change.fact.attributes["file"], change.fact.attributes["line"]) == ("a" * 16, "7")
