"""The decision to issue, a family that moved away, a child who died: columns that an assessments file may have."""

import pytest

from casework.arming import All, arm
from casework.caseload.columns import OPTIONAL
from tests.casework.caseload.files import child
from tests.casework.caseload.test_understanding_rows import row
from tests.casework.caseload.tracker import NOW, Tracker
from tests.casework.support import OFFICER

ASSESSED = {"decision": "assess", "decision_notified": "2026-10-06"}
COLUMNS = {"issue_notified": "decision_to_issue", "moved_away": "moved_away", "died": "died"}


def test_a_file_without_these_columns_is_read_as_before(tracker: Tracker) -> None:
    without = child("A-1")
    assert not OPTIONAL & without.keys()
    tracker.takes({**without, "moved_away": "2026-11-02", "issue_notified": "2026-11-01"})
    report = tracker.takes(without)
    assert (report.unchanged, report.warnings) == (1, [])
    assert tracker.case("A-1")["ended_on"] is not None


@pytest.mark.parametrize(("column", "kind"), COLUMNS.items())
def test_each_column_follows_the_file(tracker: Tracker, column: str, kind: str) -> None:
    said = child("A-1", **ASSESSED, **{column: "2026-11-02"})
    assert tracker.takes(said).warnings == []
    assert tracker.ledger("A-1")[2:] == [f"{kind}=2026-11-02"]
    assert (tracker.takes(said).unchanged, len(tracker.ledger("A-1"))) == (1, 3)
    tracker.takes({**said, column: "2026-11-03"})
    assert tracker.ledger("A-1")[3:] == [f"corrected:{kind}=2026-11-03"]
    tracker.takes({**said, column: ""})
    assert tracker.ledger("A-1")[4:] == [f"retracted:{kind}=2026-11-03"]
    assert tracker.case("A-1")["ended_on"] is None


@pytest.mark.parametrize("column", COLUMNS)
def test_a_day_before_the_request_is_refused_and_one_to_come_left_out(tracker: Tracker, column: str) -> None:
    report = tracker.takes(child("A-1", **{column: "2026-08-31"}), child("A-2", **{column: "2026-11-21"}))
    assert [(said.case_ref, said.column) for said in report.refused] == [("A-1", column)]
    assert ["in the future" in each.message for each in report.warnings] == [True]
    assert tracker.ledger("A-2") == ["request_received=2026-09-01"]


@pytest.mark.parametrize("column", ["moved_away", "died"])
def test_a_case_that_ended_so_ends_and_leaves_nothing_to_do(tracker: Tracker, column: str) -> None:
    open_case = child("A-1", **ASSESSED, advice_requested="2026-10-07")
    tracker.takes(open_case, child("A-2", **ASSESSED))
    arm(tracker.council.db, All(), OFFICER, NOW)
    tracker.takes({**open_case, column: "2026-11-19"}, child("A-3", **{column: "2026-11-19"}))
    assert [str(tracker.case(ref)["ended_on"]) for ref in ("A-1", "A-3")] == ["2026-11-19", "2026-11-19"]
    query = (
        "SELECT p.case_ref FROM deadline JOIN process p ON p.id = process_id WHERE standing = 'open' AND to_day IS NULL"
    )
    left = {each["case_ref"] for each in tracker.council.rows(query)}
    assert left == {"A-2"}


@pytest.mark.parametrize("column", ["moved_away", "died"])
def test_the_plan_that_was_made_ends_with_the_child(tracker: Tracker, column: str) -> None:
    made = child("A-1", **ASSESSED, final_sent="2026-10-20")
    ended = child("A-2", **ASSESSED, final_sent="2026-10-20", **{column: "2026-11-09"})
    tracker.takes({**made, column: ""}, ended)
    assert ends(tracker) == {"A-1": None, "A-2": (column, "2026-11-09")}
    tracker.takes({**made, column: "2026-11-09"})
    assert ends(tracker)["A-1"] == (column, "2026-11-09")
    assert tracker.case("A-1/R1")["ended_on"] is not None
    tracker.takes({**made, column: "2026-11-10"})
    assert ends(tracker)["A-1"] == (column, "2026-11-10")
    tracker.takes(made | {column: ""})
    assert (ends(tracker)["A-1"], tracker.case("A-1/R1")["ended_on"]) == (None, None)


def test_an_end_that_a_person_recorded_of_the_plan_is_kept(tracker: Tracker) -> None:
    made = child("A-1", **ASSESSED, final_sent="2026-10-20")
    tracker.takes(made)
    tracker.says("A-1/R1", "died=2026-11-11")
    tracker.takes({**made, "died": "2026-11-09"})
    tracker.takes({**made, "died": ""})
    assert ends(tracker) == {"A-1": ("died", "2026-11-11")}


def ends(tracker: Tracker) -> dict[str, tuple[str, str] | None]:
    """How each plan ended, and when."""
    query = "SELECT plan_ref, ended_by, ceased_on FROM plan"
    return {
        each["plan_ref"]: (each["ended_by"], str(each["ceased_on"])) if each["ceased_on"] else None
        for each in tracker.council.rows(query)
    }


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ({"died": "2026-11-02", "withdrawn": "2026-11-01"}, "withdrawn 2026-11-01, died 2026-11-02: each of them ends"),
        ({"moved_away": "2026-11-02", "died": "2026-11-03"}, "moved_away 2026-11-02, died 2026-11-03: each of them"),
        ({"moved_away": "2026-11-02", "final_sent": "2026-11-09"}, "moved_away 2026-11-02, final_sent 2026-11-09"),
        (
            {"decision": "not_assess", "moved_away": "2026-11-02"},
            "decision_notified 2026-10-06, moved_away 2026-11-02: each of them ends the case and the first counts",
        ),
        (
            {"issue_notified": "2026-11-02", "no_plan_notified": "2026-11-01"},
            "both are recorded; if the refusal was changed, record that in the app",
        ),
    ],
)
def test_two_ends_or_two_decisions_are_told(cells: dict[str, str], says: str) -> None:
    (warning,) = [message for _, message in row(**cells).warnings]
    assert says in warning


def test_a_decision_to_issue_before_the_final_plan_is_nothing_to_tell_of() -> None:
    assert row(issue_notified="2026-11-01", draft_sent="2026-11-02", final_sent="2026-11-19").warnings == []
