"""How old a child or young person is, and the year of school that their age puts them in."""

from datetime import date

_RECEPTION_AGE = 4
_LAST_YEAR = 13


def age_on(born: date, day: date) -> int:
    """Whole years of age on a day; somebody born on 29 February is a year older on 1 March of other years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def year_group(born: date, day: date) -> str:
    """The school year of that age in the academic year (1 September to 31 August) of a day.

    `Year 9`, `Reception`; `before Reception` and `after Year 13` beyond them. Children may be taught out of it.
    """
    begins = day.year if day.month >= 9 else day.year - 1
    year = age_on(born, date(begins, 8, 31)) - _RECEPTION_AGE
    if year < 0:
        return "before Reception"
    if year == 0:
        return "Reception"
    return f"Year {year}" if year <= _LAST_YEAR else "after Year 13"
