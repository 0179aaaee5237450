"""`ehcp overdue`, `due` and `lifted`: filters, and the same rows as JSON, CSV and a workbook."""

import csv
import io
import stat
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from config.clock import london_day, utc_now
from tests.cli.conftest import AS_OF, Council, Ehcp, opened

# The imported tracker is made once for each worker: one makes it for all.

KEYS = ["case_ref", "limit", "subject", "start", "legal_due", "operational_due", "days_overdue", "officer", "team",
        "citation"]  # fmt: skip
HOSTILE = {"case_ref": '=HYPERLINK("http://x","y")', "team": "@SUM(1)", "officer": "+1"}


def items(council: Council, *words: str, command: str = "overdue") -> list[dict[str, Any]]:
    as_of = ("--as-of", AS_OF) if command == "overdue" else ()
    done = council.ehcp(command, *as_of, *words, "--json")
    assert done.code == 0, done.err
    return done.json["items"]


def test_a_row_has_exactly_these_keys_and_the_oldest_comes_first(council: Council) -> None:
    found = items(council)
    assert found
    assert all(list(row) == KEYS for row in found)
    assert [row["legal_due"] for row in found] == sorted(row["legal_due"] for row in found)
    assert {row["days_overdue"] for row in found if row["legal_due"] == "2026-11-17"} == {3}


@pytest.mark.parametrize(
    ("option", "value", "key"),
    [
        ("--limit", "reg5_decide", "limit"),
        ("--officer", "r.hale", "officer"),
        ("--team", "East", "team"),
        ("--service", "health", "subject"),
    ],
)
def test_a_list_is_narrowed(council: Council, option: str, value: str, key: str) -> None:
    narrowed, all_of_them = items(council, option, value), items(council)
    assert narrowed == [row for row in all_of_them if row[key] == value]
    assert 0 < len(narrowed) < len(all_of_them)


def test_filters_are_taken_together(council: Council) -> None:
    both = items(council, "--team", "East", "--limit", "reg13_final_plan")
    assert both == [r for r in items(council) if (r["team"], r["limit"]) == ("East", "reg13_final_plan")]


def test_what_was_not_yet_recorded_was_not_known(council: Council) -> None:
    assert council.ehcp("overdue", "--known-on", "2026-01-01", "--json").json["items"] == []


def test_due_holds_what_falls_due_from_today_to_the_last_day(council: Council) -> None:
    today = london_day(utc_now())
    days = {(date.fromisoformat(row["legal_due"]) - today).days for row in items(council, command="due")}
    assert days <= set(range(15))
    fewer = council.ehcp("due", "--within", "0", "--json").json["items"]
    assert {row["days_overdue"] for row in fewer} <= {0}
    narrowed = ("--limit", "reg5_decide", "--team", "East", "--officer", "a.marsh", "--service", "health")
    assert council.ehcp("due", *narrowed, "--json").json["items"] == []


def test_lifted_is_what_a_relief_lifts_and_whose_day_is_past(council: Council) -> None:
    found = items(council, command="lifted")
    assert found
    assert all(list(row) == [*KEYS, "lifted_until", "target"] and row["days_overdue"] > 0 for row in found)
    assert items(council, "--limit", "reg13_final_plan", command="lifted") == [
        row for row in found if row["limit"] == "reg13_final_plan"
    ]
    assert items(council, "--service", "health", command="lifted") == []
    assert not {(r["case_ref"], r["limit"]) for r in found} & {(r["case_ref"], r["limit"]) for r in items(council)}


@pytest.mark.parametrize("command", ["overdue", "due", "lifted"])
def test_rows_that_are_not_timed_are_counted_above_every_list(council: Council, command: str) -> None:
    assert council.ehcp(command).out.startswith("6 rows refused: not timed")
    assert council.ehcp(command, "--json").json["not_timed"] == 6
    as_csv = council.ehcp(command, "--csv")
    assert "not timed" in as_csv.err
    assert as_csv.out.startswith("case_ref,limit,")


def test_a_table_fits_eighty_columns_and_breaks_no_id(council: Council) -> None:
    for command in ("overdue", "due", "lifted"):
        table = council.ehcp(command, COLUMNS="80").out.splitlines()
        assert max(len(line.rstrip()) for line in table) <= 80
        for row in council.ehcp(command, "--json").json["items"]:
            assert any(row["case_ref"] in line for line in table)
            assert any(row["limit"] in line for line in table), row["limit"]
            assert command == "lifted" or any(row["officer"] in line for line in table), row["officer"]


def test_csv_and_workbook_hold_the_same_rows(council: Council, tmp_path: Path) -> None:
    expected = items(council)
    text = council.ehcp("overdue", "--as-of", AS_OF, "--csv").out
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [list(row.values()) for row in rows] == [["" if v is None else str(v) for v in r.values()] for r in expected]
    file = tmp_path / "overdue.xlsx"
    assert council.ehcp("overdue", "--as-of", AS_OF, "--xlsx", str(file)).code == 0
    heading, *cells = openpyxl.load_workbook(file).worksheets[0].iter_rows(values_only=True)
    assert list(heading) == KEYS
    assert [row[0] for row in cells] == [row["case_ref"] for row in expected]


def test_an_empty_list_keeps_its_headings(ehcp: Ehcp) -> None:
    assert ehcp("overdue", "--csv").out.strip() == ",".join(KEYS)
    assert "None." in ehcp("overdue").out


def test_only_one_form_at_a_time(council: Council) -> None:
    assert council.ehcp("overdue", "--json", "--csv").code == 2
    assert council.ehcp("overdue", "list.csv").code == 2


def test_csv_goes_to_a_file_that_is_the_owners_alone(council: Council, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("old")
    file.chmod(0o644)
    done = council.ehcp("overdue", "--csv", str(file))
    assert (done.code, done.out) == (0, "")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.read_text(encoding="utf-8").splitlines() == council.ehcp("overdue", "--csv").out.splitlines()


def test_a_limit_that_does_not_exist_is_refused_and_never_an_empty_list(council: Council) -> None:
    done = council.ehcp("overdue", "--limit", "reg5_decided", "--json")
    assert done.code == 2
    assert "reg5_decide" in done.err


def test_cells_that_begin_like_a_formula_are_text(ehcp: Ehcp, tmp_path: Path) -> None:
    opened(ehcp, **HOSTILE)
    officers = tmp_path / "officers.csv"
    officers.write_text("username,name,email\n+1,Plus One,plus@council.example\n")
    ehcp("officers", "import", str(officers))
    opened(ehcp, **{**HOSTILE, "case_ref": "-2+3"}, forename="Other")
    later = ("overdue", "--as-of", "2027-12-31")
    raw = ehcp(*later, "--json").json["items"]
    assert {row["case_ref"] for row in raw} == {HOSTILE["case_ref"], "-2+3"}
    text = csv.reader(io.StringIO(ehcp(*later, "--csv").out))
    file = tmp_path / "overdue.xlsx"
    assert ehcp(*later, "--xlsx", str(file)).code == 0
    sheet = openpyxl.load_workbook(file).worksheets[0]
    assert [c for row in text for c in row if c.startswith(("=", "+", "@", "-2"))] == []
    written = [cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert [c.value for c in written if c.data_type == "f" or str(c.value).startswith(("=", "+", "@", "-2"))] == []
    assert "'@SUM(1)" in [cell.value for cell in written]


def test_the_trackers_own_formula_is_never_one(council: Council) -> None:
    # BAD-13 has a formula for a surname: it is stored as text, and no list shows names.
    assert council.ehcp("timeline", "BAD-13").code == 0
    for form in ("--csv", "--json"):
        assert "HYPERLINK" not in council.ehcp("overdue", form).out


def test_a_workbook_is_the_owners_alone_and_replaces_a_readable_one(council: Council, tmp_path: Path) -> None:
    file = tmp_path / "list.xlsx"
    file.write_text("old")
    file.chmod(0o644)
    done = council.ehcp("lifted", "--xlsx", str(file))
    assert done.code == 0
    assert done.out == ""
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_workbook_that_cannot_be_written_is_said_so(council: Council, tmp_path: Path) -> None:
    done = council.ehcp("overdue", "--xlsx", str(tmp_path / "absent" / "list.xlsx"))
    assert done.code == 1
    assert "cannot be written" in done.err
