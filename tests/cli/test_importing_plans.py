"""`ehcp import` on a council's tracker of plans."""

import csv
from pathlib import Path

import pytest

from tests.cli.conftest import Ehcp
from tests.cli.test_importing_a_tracker import REPORT, write

COLUMNS = ["plan_ref", "surname", "forename", "plan_made", "last_review_decision", "last_review_meeting"]


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    """Two plans that can be timed, one of them under review, and one that cannot."""
    return write(
        tmp_path / "plans.csv",
        ["P-1", "Quill", "Ada", "2024-03-04", "2026-03-02", "2026-10-05"],
        ["P-2", "=1+1", "Ben", "2025-10-06", "", ""],
        ["P-3", "@Nib", "Cy", "soon", "", ""],
        columns=COLUMNS,
    )


def test_plans_are_told_from_cases_by_their_columns_and_their_reviews_are_timed(ehcp: Ehcp, plans: Path) -> None:
    said = ehcp("import", str(plans), "--as-of", "2026-11-20", "--dry-run")
    assert "An import would give: 2 added, 0 changed, 0 unchanged, 1 refused" in said.out
    assert ehcp("timeline", "P-1").code == 1

    said = ehcp("import", str(plans), "--as-of", "2026-11-20")
    assert (said.code, "Plans: 2 added, 0 changed, 0 unchanged, 1 refused" in said.out) == (0, True)
    assert "ehcp arm" in said.out
    listed = ehcp("overdue", "--as-of", "2026-11-20", "--json").json
    assert {(item["case_ref"], item["limit"]) for item in listed["items"]} == {
        ("P-1/R1", "reg20_decision"),
        ("P-1/R1", "reg20_report"),
        ("P-2/R1", "s44_review"),
    }
    assert listed["not_timed"] == 1
    timeline = ehcp("timeline", "P-2", "--as-of", "2026-11-20", "--json").json
    assert [row["legal_due"] for row in timeline["deadlines"] if row["limit"] == "s44_review"] == ["2026-10-05"]
    for words in (("timeline", "p-2"), ("chronology", "P-2"), ("explain", "P-2", "s44_review")):
        assert "is a plan: this is its present review, P-2/R1." in ehcp(*words).err
    assert ehcp("timeline", "P-2/R1").err == ""

    report = ehcp("import", str(plans), "--as-of", "2026-11-20", "--json").json
    assert (set(report), report["kind"]) == (REPORT, "plans")
    assert (report["added"], report["changed"], report["unchanged"]) == (0, 0, 2)


def test_a_file_of_a_few_rows_is_not_answered_with_a_line_for_every_other_plan(ehcp: Ehcp, tmp_path: Path) -> None:
    many = [[f"P-{number:02}", "Quill", "Ada", "2026-03-02", "", ""] for number in range(30)]
    ehcp("import", str(write(tmp_path / "all.csv", *many, columns=COLUMNS)))
    few = write(tmp_path / "few.csv", many[0], columns=COLUMNS)
    said = ehcp("import", str(few))
    assert "29 that were in an earlier file are not in this one" in said.err
    assert "P-01, P-02, P-03, P-04, P-05 and 24 more" in said.err
    assert len(ehcp("import", str(few), "--json").json["disappeared"]) == 29


def test_what_begins_like_a_formula_is_harmless_in_the_rejects_and_comes_back_as_it_was(
    ehcp: Ehcp, plans: Path
) -> None:
    rejects = Path(ehcp("import", str(plans), "--json").json["rejects_path"])
    with rejects.open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["surname"], row["_column"]) == ("'@Nib", "plan_made")
    rejects.write_text(rejects.read_text(encoding="utf-8-sig").replace("soon,", "2024-05-07,", 1))
    assert ehcp("import", str(rejects), "--json").json["added"] == 1
    assert ehcp("overdue", "--json").json["not_timed"] == 0


def test_a_plan_of_the_file_is_armed_by_its_reference(ehcp: Ehcp, plans: Path) -> None:
    ehcp("import", str(plans))
    assert ehcp("arm", "P-1", "--json").json == {"armed": 1}
    assert ehcp("arm", "--all", "--json").json == {"armed": 1}


def test_a_file_that_is_neither_says_what_each_needs(ehcp: Ehcp, tmp_path: Path) -> None:
    said = ehcp("import", str(write(tmp_path / "odd.csv", ["P-1", "x"], columns=["plan_ref", "made"])))
    assert said.code == 1
    assert "no column plan_made" in said.err
    assert "case_ref and received for assessments, plan_ref and plan_made for plans" in said.err
