"""The measures as data: each is whole, and those of the department say the same as its columns."""

from collections.abc import Iterator

import pytest

from scorecard.as_published import as_published
from scorecard.figures import figures
from scorecard.measure import Shape
from scorecard.measures import MEASURES, in_force, measure
from scorecard.period import year_of
from scorecard.populations import POPULATIONS
from scorecard.published_columns import name_in, tables_of
from tests.casework.support import Council
from tests.scorecard.test_dfe_assessments import CASES
from tests.scorecard.test_dfe_reviews import PLANS
from tests.scorecard.worked import council_with
from tests.support.database import Cluster


@pytest.fixture(scope="module")
def year(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Council]:
    with council_with(cluster, tmp_path_factory.mktemp("year"), CASES, PLANS) as council:
        yield council


def test_each_has_an_id_of_its_own_and_a_population() -> None:
    assert len({each.id for each in MEASURES}) == len(MEASURES)
    assert all(each.population in POPULATIONS for each in MEASURES if each.shape is not Shape.FED)
    assert all(measure(each.id) is each for each in MEASURES)
    with pytest.raises(KeyError):
        measure("unheard of")


def test_what_the_department_has_not_defined_says_how_it_is_read() -> None:
    assert [each.id for each in MEASURES if not each.verified and not each.reading] == []


def test_a_definition_holds_for_its_reporting_years() -> None:
    now, then = ({each.id for each in in_force(calendar)} for calendar in (2025, 2024))
    assert now - then >= {"reviews_completed", "reviews_four_weeks", "reviews_expected_four_weeks"}
    assert then - now >= {"reviews_met_2025", "reviews_four_weeks_2025", "reviews_expected_four_weeks_2025"}
    assert {"plans_twenty_weeks_ex", "reviews_expected", "plans_held"} <= now & then


@pytest.mark.parametrize("calendar", [2024, 2025])
def test_each_says_the_same_as_the_columns_it_names(year: Council, calendar: int) -> None:
    tables = as_published(year.db, calendar).tables
    row = {name: value for table in tables.values() for name, value in (table or {}).items()}
    wanted = [each for each in in_force(calendar) if each.columns and name_in(each.columns[0], calendar) in row]
    (found,) = figures(year.db, wanted, [year_of(calendar)])
    assert len(found) == len(wanted) > 30
    for figure in found:
        counted, *among = (row[name_in(column, calendar)] for column in figure.measure.columns)
        if figure.measure.shape is Shape.SHARE:
            assert (figure.numerator, figure.denominator) == (counted, sum(each or 0 for each in among))
        else:
            assert float(figure.value or 0) == counted


def test_only_the_average_of_weeks_was_not_published_for_2024() -> None:
    printed = {name for columns in tables_of(2024).values() for name in columns or ()}
    missing = [each.id for each in in_force(2024) if each.columns and not printed.issuperset(each.columns)]
    assert missing == ["weeks_to_plan", "weeks_to_plan_ex"]
