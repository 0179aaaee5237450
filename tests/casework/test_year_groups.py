"""Ages and the school years that go with them."""

from datetime import date

import pytest

from casework.year_groups import age_on, year_group


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2013, 1, 12), date(2026, 1, 11), 12),
        (date(2013, 1, 12), date(2026, 1, 12), 13),
        (date(2012, 2, 29), date(2026, 2, 28), 13),
        (date(2012, 2, 29), date(2026, 3, 1), 14),
    ],
)
def test_somebody_is_a_year_older_on_their_birthday(born: date, day: date, age: int) -> None:
    assert age_on(born, day) == age


@pytest.mark.parametrize(
    ("born", "day", "year"),
    [
        (date(2021, 9, 1), date(2026, 9, 1), "Reception"),
        (date(2022, 8, 31), date(2026, 9, 1), "Reception"),
        (date(2022, 9, 1), date(2026, 9, 1), "before Reception"),
        (date(2013, 1, 12), date(2026, 8, 31), "Year 8"),
        (date(2013, 1, 12), date(2026, 9, 1), "Year 9"),
        (date(2008, 9, 1), date(2026, 11, 20), "Year 13"),
        (date(2008, 8, 31), date(2026, 11, 20), "after Year 13"),
    ],
)
def test_the_year_is_that_of_the_age_on_the_last_day_of_august(born: date, day: date, year: str) -> None:
    assert year_group(born, day) == year
