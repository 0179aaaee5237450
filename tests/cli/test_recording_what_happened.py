"""`ehcp record` and `ehcp record-many`: all of a case's facts or none, and questions before what is unlawful."""

import csv
from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import Ehcp, opened


def state(ehcp: Ehcp, ref: str, limit: str, subject: str = "") -> str:
    deadlines = ehcp("timeline", ref, "--json").json["deadlines"]
    return next(d["state"] for d in deadlines if (d["limit"], d["subject"]) == (limit, subject))


def facts(ehcp: Ehcp, ref: str) -> list[str]:
    return [entry["what"] for entry in ehcp("chronology", ref, "--json").json["items"]]


def test_facts_are_recorded_and_the_ledgers_version_told(ehcp: Ehcp) -> None:
    ref = opened(ehcp)
    done = ehcp("record", ref, "decision_to_assess=2026-10-02", "advice_requested:health=2026-10-05", "--json")
    assert done.code == 0, done.err
    assert done.json == {"case_ref": ref, "version": done.json["version"], "warnings": done.json["warnings"]}
    assert state(ehcp, ref, "reg5_decide") == "met"
    assert "reg8_advice" in [d["limit"] for d in ehcp("timeline", ref, "--json").json["deadlines"]]


def test_one_wrong_fact_and_none_is_recorded(ehcp: Ehcp) -> None:
    ref = opened(ehcp)
    before = facts(ehcp, ref)
    done = ehcp("record", ref, "decision_to_assess=2026-10-02", "final_plan_sent=2026-01-01")
    assert (done.code, done.out) == (1, "")
    assert "before" in done.err
    assert facts(ehcp, ref) == before


def test_a_meeting_held_together_with_another_review_is_recorded_so(ehcp: Ehcp) -> None:
    ref = opened(ehcp, received="2024-09-02")
    assert ehcp("record", ref, "final_plan_sent=2025-01-13", "--confirm").code == 0
    done = ehcp("record", f"{ref}/R1", "review_meeting=2025-11-12;aligned=looked_after", "--json")
    assert done.code == 0, done.err
    assert ehcp("record", f"{ref}/R1", "review_meeting=2025-11-12;aligned=dentist").code == 1


@pytest.mark.parametrize(
    ("fact", "code", "said"),
    [
        ("decision_to_assess", 2, "not a fact"),
        ("decision_to_assess=02/10/2026", 2, "YYYY-MM-DD"),
        ("decision_to_asses=2026-10-02", 1, "decision_to_assess"),
        ("decision_to_assess=2199-10-02", 1, "future"),
    ],
)
def test_a_fact_that_cannot_be_is_refused_with_the_remedy(ehcp: Ehcp, fact: str, code: int, said: str) -> None:
    done = ehcp("record", opened(ehcp), fact, "--json")
    assert (done.code, done.out) == (code, "")
    assert said in done.err


def test_what_is_unlawful_but_real_needs_a_confirmation(ehcp: Ehcp) -> None:
    ref = opened(ehcp)
    assert ehcp("record", ref, "decision_to_assess=2026-10-02", "draft_plan_sent=2026-11-02").code == 0
    inside_the_fifteen_days = ("record", ref, "final_plan_sent=2026-11-10")
    asked = ehcp(*inside_the_fifteen_days)
    assert (asked.code, asked.out) == (3, "")
    assert "--confirm" in asked.err
    assert state(ehcp, ref, "reg13_final_plan") != "met"
    assert ehcp(*inside_the_fifteen_days, "--confirm").code == 0
    assert state(ehcp, ref, "reg13_final_plan") == "met"


def test_a_correction_and_a_retraction_move_the_clocks_and_stay_in_the_chronology(ehcp: Ehcp) -> None:
    ref = opened(ehcp)
    assert ehcp("record", ref, "decision_to_assess=2026-10-02").code == 0
    assert ehcp("record", ref, "corrected:request_received=2026-09-09").code == 0
    deadlines = ehcp("timeline", ref, "--json").json["deadlines"]
    assert {d["start"] for d in deadlines if d["limit"] == "reg13_final_plan"} == {"2026-09-09"}
    retracted = ehcp("record", ref, "retracted:decision_to_assess=2026-10-02", "--confirm")
    assert retracted.code == 0, retracted.err
    assert state(ehcp, ref, "reg5_decide") != "met"
    told = "\n".join(facts(ehcp, ref))
    assert "corrected" in told
    assert "retracted" in told


def test_a_note_comes_by_standard_input_and_is_kept(ehcp: Ehcp) -> None:
    ref = opened(ehcp)
    done = ehcp("record", ref, "decision_to_assess=2026-10-02", "--note", "-", stdin="Mother rang Dr Plume.\n")
    assert done.code == 0, done.err
    assert "Plume" not in done.out + done.err
    assert "Mother rang Dr Plume." in ehcp("chronology", ref, "--json").out


def test_a_note_is_no_argument_and_not_empty(ehcp: Ehcp) -> None:
    ref = opened(ehcp)
    before = facts(ehcp, ref)
    assert ehcp("record", ref, "decision_to_assess=2026-10-02", "--note", "Mother rang.").code == 2
    assert ehcp("record", ref, "decision_to_assess=2026-10-02", "--note", "-", stdin=" \n").code == 2
    assert facts(ehcp, ref) == before


def test_an_unknown_case_is_said_to_be_unknown(ehcp: Ehcp) -> None:
    done = ehcp("record", "C-404", "decision_to_assess=2026-10-02")
    assert done.code == 1
    assert "C-404" in done.err


def rows() -> list[list[str]]:
    return [
        ["case_ref", "fact", "note"],
        ["P-1", "decision_to_assess=2026-10-02", "Panel agreed."],
        ["P-2", "decision_not_to_asses=2026-10-02", ""],
        ["P-3", "decision_to_assess=2026-10-02", ""],
        ["P-404", "decision_to_assess=2026-10-02", ""],
    ]


def as_csv(path: Path) -> Path:
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        csv.writer(file).writerows(rows())
    return path


def as_xlsx(path: Path) -> Path:
    book = openpyxl.Workbook()
    for row in rows():
        book.worksheets[0].append(row)
    book.save(path)
    return path


@pytest.mark.parametrize("write", [as_csv, as_xlsx])
def test_a_panels_file_is_recorded_case_by_case(ehcp: Ehcp, tmp_path: Path, write: object) -> None:
    for number in (1, 2, 3):
        opened(ehcp, case_ref=f"P-{number}", forename=f"Ada{number}")
    file = as_csv(tmp_path / "panel.csv") if write is as_csv else as_xlsx(tmp_path / "panel.xlsx")
    done = ehcp("record-many", str(file), "--json")
    assert done.code == 1
    assert done.json["recorded"] == 2
    assert [(said["line"], said["case_ref"]) for said in done.json["refused"]] == [(3, "P-2"), (5, "P-404")]
    assert "line 3 (P-2)" in done.err
    assert [state(ehcp, f"P-{number}", "reg5_decide") == "met" for number in (1, 2, 3)] == [True, False, True]
    again = ehcp("record-many", str(file), "--json").json
    assert (again["recorded"], again["unchanged"]) == (0, 2)


def test_a_file_without_its_columns_is_refused(ehcp: Ehcp, tmp_path: Path) -> None:
    file = tmp_path / "panel.csv"
    file.write_text("case,what\nP-1,x\n")
    done = ehcp("record-many", str(file))
    assert done.code == 1
    assert "case_ref, fact" in done.err
