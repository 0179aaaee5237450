"""Days and numbers as people write them, in English whatever the machine's locale."""

from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_A_SLIP = 0.85
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def day_words(day: date) -> str:
    """`Monday 2 September 2024`."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def count(number: int, thing: str) -> str:
    """`1 day`, `3 days`; the sign is dropped, because a sentence says early or late in words."""
    number = abs(number)
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def listed(things: Iterable[str], last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    *head, tail = list(things) or [""]
    return f"{', '.join(head)} {last} {tail}" if head else tail


def nearest(word: str, known: Iterable[str]) -> str:
    """` Did you mean x?` where something known is close to the word, else nothing.

    A slip of the pen has one answer. Where the word is only like several, each is named: `decision_keep` is nearest
    to the decision that means the opposite.
    """
    close = get_close_matches(word, list(known), n=3, cutoff=0.6)
    if get_close_matches(word, close, n=1, cutoff=_A_SLIP):
        close = close[:1]
    return f" Did you mean {listed(close, 'or')}?" if close else ""


def capital(words: str) -> str:
    """With a capital first letter; the rest as it was (unlike str.capitalize)."""
    return words[:1].upper() + words[1:]


def plain(code: str) -> str:
    """A code as words: `educational_psychology` -> `educational psychology`."""
    return code.replace("_", " ")
