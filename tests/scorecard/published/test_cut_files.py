"""A published file that was cut, or that says what cannot be, costs nothing that was there."""

import pytest

from scorecard.published.checking import wrong_with
from scorecard.published.errors import NotATable
from scorecard.published.loading import load, source_of, tables
from scorecard.published.tables import DATA, from_files
from tests.casework.support import NOW, OFFICER, Council
from tests.scorecard.published.test_loading import AREAS, own, release


def test_a_file_that_was_cut_is_refused_and_one_said_to_be_partial_replaces_its_rows_alone(council: Council) -> None:
    header, *lines = (DATA / "requests.csv").read_text("utf-8-sig").splitlines()
    (york,) = [line for line in lines if line.startswith("2024") and ",York," in line]
    england = [line for line in lines if line.startswith("2024,") and "National" in line]
    cut = [line for line in lines if line.startswith("2024")][:40]
    whole = {row.area for row in from_files().each if (row.table, row.year) == ("requests", 2024)}
    for some in (cut, [*england, york], [york]):
        with pytest.raises(NotATable) as refused:
            load(council.db, [("requests.csv", "\n".join([header, *some, ""]))], OFFICER, NOW)
        assert any("row of" in each or "lacks areas" in each or "was cut" in each for each in refused.value.problems)
        assert source_of(council.db) is from_files()
    figures = own(from_files().find("requests", 2024, "E06000014")).figures
    received = figures["requests_received_in_year"]
    restated = york.replace(f",{received},", f",{int(received or 0) + 1},", 1)
    load(council.db, [("requests.csv", f"{header}\n{restated}\n")], OFFICER, NOW, partial=True)
    found = source_of(council.db)
    assert own(found.find("requests", 2024, "E06000014")).figures["requests_received_in_year"] == (received or 0) + 1
    assert own(found.find("requests", 2024, "E06000014")).region_name == "Yorkshire and The Humber"
    assert {row.area for row in found.each if (row.table, row.year) == ("requests", 2024)} == whole
    assert [each.rows for each in tables(council.db) if (each.table, each.year) == ("requests", 2024)] == [len(whole)]


def test_a_file_without_an_area_of_before_is_refused(council: Council) -> None:
    leeds = AREAS[2].replace("E06000014,York", "E08000035,Leeds")
    load(council.db, [release("requests", 2025, areas=(*AREAS, leeds))], OFFICER, NOW)
    with pytest.raises(NotATable, match=r"requests of 2025 lacks areas that there are now: Leeds\."):
        load(council.db, [release("requests", 2025)], OFFICER, NOW)
    assert source_of(council.db).find("requests", 2025, "E08000035")


@pytest.mark.parametrize(
    ("column", "figure", "says"),
    [
        ("requests_received_in_year", "-5", "it cannot be negative"),
        ("requests_received_in_year", "12.5", "a count must be a whole number"),
        ("request_assess_pc", "700", "a percentage cannot be over 100"),
        ("PC_plans_issued_20_weeks_ex", "100.1", "a percentage cannot be over 100"),
        ("request_assess_pc", "-0.1", "it cannot be negative"),
        ("request_assess_pc", "55.5", ""),
        ("avg_weeks_issue_plan", "23.4", ""),
        ("no_outcome", "-153", ""),
        ("no_outcome", "-1.5", "a count must be a whole number"),
        ("no_outcome_recorded", "-1", "it cannot be negative"),
    ],
)
def test_no_column_holds_what_it_cannot_be(column: str, figure: str, says: str) -> None:
    assert wrong_with(column, float(figure)) == says
