"""Words of the lists that casework says itself: who owes advice, and days in a sentence."""

from datetime import date

from statute.words import MONTHS, plain

_CATEGORIES = {"educational_psychology": "the educational psychologist", "other": "the other adviser"}


def short(day: date) -> str:
    """`12 Aug 2026`."""
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def adviser(subject: str) -> str:
    """Who owes an advice where no service is known by name: `health`, `social care`."""
    kind, _, body = subject.partition("/")
    return plain(body or _CATEGORIES.get(kind, kind))
