"""Advice in a category that no service is set up for: who reads the figures is told that it is in none of them."""

from pathlib import Path

import pytest

from casework.directories import import_services
from scorecard.measures import measure
from scorecard.period import year_of
from tests.casework.support import NOW, OFFICER, SERVICES, Council
from tests.scorecard.conftest import one_figure, write

ASKED = ("advice_on_time", "advice_not_returned", "advice_nil", "advice_insufficient")


@pytest.mark.parametrize("name", ASKED)
def test_it_is_told_that_no_figure_has_it(name: str) -> None:
    assert any("no service is set up for" in each.why for each in measure(name).left_out)


def test_it_is_counted_once_there_is_a_service(council: Council, tmp_path: Path) -> None:
    case = council.opens("2026-01-05")
    write(council, case, "decision_to_assess=2026-02-10")
    write(council, case, "advice_requested:other=2026-02-11", "advice_requested:health=2026-02-11")
    asked = measure("advice_on_time")
    assert one_figure(council, asked, year_of(2026)).denominator == 1
    path = tmp_path / "more.csv"
    path.write_text(f"{SERVICES}other,hou,Housing,no,housing@council.example,,,\n")
    import_services(council.db, path, OFFICER, NOW)
    assert one_figure(council, asked, year_of(2026)).denominator == 2
