"""Age bands: on the day, by birthdays, whatever the year."""

from datetime import date, timedelta

import pytest

from casework.listing.ages import Band, band_of, births
from casework.lists import overdue
from tests.casework.support import OFFICER, TODAY, Council


@pytest.mark.parametrize(
    ("born", "day", "band"),
    [
        ("2021-11-21", "2026-11-20", Band.UNDER_5),
        ("2021-11-20", "2026-11-20", Band.FROM_5),
        ("2015-11-21", "2026-11-20", Band.FROM_5),
        ("2015-11-20", "2026-11-20", Band.FROM_11),
        ("2010-11-21", "2026-11-20", Band.FROM_11),
        ("2010-11-20", "2026-11-20", Band.FROM_16),
        ("2007-11-21", "2026-11-20", Band.FROM_16),
        ("2007-11-20", "2026-11-20", Band.FROM_19),
        ("2000-11-21", "2026-11-20", Band.FROM_19),
        ("2000-11-20", "2026-11-20", None),
        ("2026-11-21", "2026-11-20", None),
        ("2016-02-29", "2027-02-28", Band.FROM_5),
        ("2016-02-29", "2027-03-01", Band.FROM_11),
        ("2017-02-28", "2028-02-29", Band.FROM_11),
        ("2017-03-01", "2028-02-29", Band.FROM_5),
    ],
)
def test_an_age_is_that_of_the_last_birthday(born: str, day: str, band: Band | None) -> None:
    assert band_of(date.fromisoformat(born), date.fromisoformat(day)) is band


def test_the_bands_follow_one_another_without_gap_or_overlap() -> None:
    for day in (date(2024, 2, 29), date(2026, 11, 20), date(2027, 2, 28)):
        ends = [births(band, day) for band in Band if band is not Band.UNKNOWN]
        assert [by for _, by in ends[1:]] == [after for after, _ in ends[:-1]]


def test_whoever_has_no_date_of_birth_is_in_a_band_of_its_own(council: Council) -> None:
    assert band_of(None, TODAY) is Band.UNKNOWN
    for number, born in enumerate((None, TODAY - timedelta(days=3 * 365), date(2015, 5, 5))):
        council.opens("2026-09-01", case_ref=f"REF{number}", date_of_birth=born and born.isoformat())
    for band, ref in ((Band.UNKNOWN, "REF0"), (Band.UNDER_5, "REF1"), (Band.FROM_11, "REF2")):
        for known_on in (None, TODAY):
            found = overdue(council.db, OFFICER, TODAY, known_on=known_on, age=band).items
            assert [item.case_ref for item in found] == [ref]
    assert overdue(council.db, OFFICER, TODAY, age=Band.FROM_19).items == ()
