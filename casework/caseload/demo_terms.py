"""The school terms of the demonstration: those of an ordinary council, for the years around its day."""

from collections.abc import Iterator
from datetime import date

from casework.term_files import TermFile, TermRow

# Month and day of the first and the last day of each term; a school year has the first of them in its own year.
_TERMS = (
    ("Autumn term", (9, 2), (12, 18), 0),
    ("Spring term", (1, 5), (3, 26), 1),
    ("Summer term", (4, 12), (7, 21), 1),
)


def demo_terms(day: date) -> TermFile:
    """The terms of the whole authority from the school year before `day` to the second after it."""
    return TermFile(list(_terms(day.year - 2, day.year + 2)))


def _terms(first: int, last: int) -> Iterator[TermRow]:
    for year in range(first, last + 1):
        for name, begins, ends, later in _TERMS:
            yield TermRow("", date(year + later, *begins), date(year + later, *ends), name)
