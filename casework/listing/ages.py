"""Age bands, on the day that a list is asked for: under 5, 5 to 10, 11 to 15, 16 to 18, 19 to 25."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any


class Band(StrEnum):
    """An age band, or that no date of birth is known."""

    UNDER_5 = "under_5"
    FROM_5 = "5_to_10"
    FROM_11 = "11_to_15"
    FROM_16 = "16_to_18"
    FROM_19 = "19_to_25"
    UNKNOWN = "unknown"


_YEARS: Mapping[Band, tuple[int, int]] = MappingProxyType(
    {
        Band.UNDER_5: (0, 4),
        Band.FROM_5: (5, 10),
        Band.FROM_11: (11, 15),
        Band.FROM_16: (16, 18),
        Band.FROM_19: (19, 25),
    }
)

_BORN = "EXISTS (SELECT FROM process a JOIN person b ON b.id = a.person_id WHERE a.id = d.process_id AND {})"


def band_condition(band: Band, day: date) -> tuple[str, Mapping[str, Any]]:
    """The condition in SQL that the person of `deadline d` is in the band on `day`, and what is bound in it."""
    if band is Band.UNKNOWN:
        return _BORN.format("b.date_of_birth IS NULL"), {}
    after, by = births(band, day)
    words = _BORN.format("b.date_of_birth > :born_after AND b.date_of_birth <= :born_by")
    return words, {"born_after": after, "born_by": by}


def band_of(born: date | None, day: date) -> Band | None:
    """The band of somebody born then, on `day`; None for one older than 25 or not born yet."""
    if born is None:
        return Band.UNKNOWN
    return next((band for band in _YEARS if (days := births(band, day))[0] < born <= days[1]), None)


def births(band: Band, day: date) -> tuple[date, date]:
    """Whoever was born after the first of these days, and on or before the second, is in the band on `day`."""
    youngest, oldest = _YEARS[band]
    return years_before(day, oldest + 1), years_before(day, youngest)


def years_before(day: date, years: int) -> date:
    """The last birthday of which that age is attained by `day`: one of 29 February comes on 1 March between."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
