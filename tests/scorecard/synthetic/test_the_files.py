"""The files of a synthetic council: the same for the same seed, dated to any day, of nobody."""

import csv
import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from casework.caseload.columns import COLUMNS
from casework.caseload.plan_columns import COLUMNS as PLAN_COLUMNS
from casework.identifiers import upn_is_valid
from scorecard.published.errors import NotPublished
from scorecard.published.tables import from_files, published
from scorecard.synthetic.council import council
from scorecard.synthetic.writing import NAMES, write

SOURCE = from_files()
NAME = "Hartlepool"


def _bytes(folder: Path, seed: int, as_of: date | None = None) -> list[bytes]:
    return [path.read_bytes() for path in write(council(SOURCE, NAME, 2024, seed, as_of), folder)]


def test_the_same_seed_makes_the_same_bytes_and_another_other_ones(tmp_path: Path) -> None:
    first, again, other = (_bytes(tmp_path / name, seed) for name, seed in (("a", 1), ("b", 1), ("c", 2)))
    assert first == again
    assert all(one != two for one, two in zip(first[:2], other[:2], strict=True))


def test_the_files_have_only_columns_that_the_import_knows(tmp_path: Path) -> None:
    write(council(SOURCE, NAME, 2024), tmp_path)
    for name, known in ((NAMES[0], COLUMNS), (NAMES[1], PLAN_COLUMNS)):
        with (tmp_path / name).open(encoding="utf-8", newline="") as file:
            assert set(csv.DictReader(file).fieldnames or ()) <= set(known)


def test_every_child_has_a_pupil_number_of_nobody_and_keeps_it() -> None:
    made = council(SOURCE, NAME, 2024)
    children = {row.child.upn: row.child for row in made.assessments} | {row.child.upn: row.child for row in made.plans}
    assert all(upn_is_valid(upn) and upn[1:4] == "999" for upn in children)
    assert all(children[row.child.upn] == row.child for row in (*made.assessments, *made.plans))
    sent = {(row.child.upn, row.final_sent) for row in made.assessments if row.final_sent}
    assert sent <= {(row.child.upn, row.plan_made) for row in made.plans}


def test_dated_to_a_day_every_day_moves_by_the_same_whole_weeks_and_transfers_stay_on_1_september() -> None:
    day = date(2026, 11, 22)
    plain, moved = council(SOURCE, NAME, 2024), council(SOURCE, NAME, 2024, as_of=day)
    assert moved.as_of == day
    by = timedelta(days=moved.moved_days)
    assert moved.moved_days % 7 == 0
    assert day - timedelta(days=6) <= plain.as_of + by <= day
    assert [row.received + by for row in plain.assessments] == [row.received for row in moved.assessments]
    assert [row.last_review_meeting and row.last_review_meeting + by for row in plain.plans] == [
        row.last_review_meeting for row in moved.plans
    ]
    transfers = {row.transfer_date for row in moved.plans if row.phase_transfer}
    assert transfers == {date(2027, 9, 1)}


def test_what_is_beside_the_rows_is_told_for_people_and_for_programs(tmp_path: Path) -> None:
    made = council(SOURCE, "City of London", 2024)
    files = write(made, tmp_path)
    said, told = files[2].read_text(), json.loads(files[3].read_text())
    assert "No row is a real child" in said
    assert "never the department's definition" in said
    assert told["authority"] == "City of London"
    unmet = told["unmet"]
    assert [each["column"] for each in unmet] == ["plans_issued_gt20weeks_ltYear", "pc_plans_issued_gt20weeks_ltYear"]
    assert all(f"| {each['column']} | {each['published']} | {each['value']} |" in said for each in unmet)


@pytest.mark.parametrize(
    ("name", "year", "says"),
    [
        ("Hull", 2024, "Did you mean 'Kingston upon Hull, City of'"),
        ("York", 2022, "in 2023 and 2024"),
        ("England", 2024, "no local authority"),
        ("London", 2024, "no local authority"),
    ],
)
def test_an_authority_or_a_year_without_cases_is_refused_with_what_there_is(name: str, year: int, says: str) -> None:
    with pytest.raises(NotPublished, match=says):
        council(SOURCE, name, year)


def test_an_authority_of_which_nothing_says_how_large_it_is_is_refused() -> None:
    without_its_other_year = published(
        row for row in SOURCE.each if not (row.year == 2024 and row.name == "Hackney" and row.table == "requests")
    )
    with pytest.raises(NotPublished, match="requests has no figures of Hackney"):
        council(without_its_other_year, "Hackney", 2023)
