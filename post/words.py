"""Categories and sentences in plain words; days and numbers are put in words by `statute.words`."""

from datetime import date
from unicodedata import category

from statute.phase_transfer import backward
from statute.words import capital, day_words

_CATEGORIES = {
    "education": "education advice",
    "health": "health advice",
    "educational_psychology": "educational psychology advice",
    "social_care": "social care advice",
}


def days_ahead(due: date, day: date) -> str:
    """How far `due` is from `day`, for a day that has not passed: `today`, `tomorrow` or `in 7 days`."""
    left = (due - day).days
    return {0: "today", 1: "tomorrow"}.get(left, f"in {left} days")


def by_day(due: date, day: date) -> str:
    """`by Friday 4 December 2026`; once that has passed, that it cannot wait."""
    return f"by {day_words(due)}" if due >= day else f"at once: the day for it was {day_words(due)}"


def backwards(legal_due: date) -> str:
    """The days of a phase transfer, each in time for the next, up to the day by which the final plan must be out."""
    plan = backward(legal_due)
    days = {"meeting": plan.meeting, "report": plan.report, "decision and amendment notice": plan.decision}
    return "; ".join(f"{what} by {short_day(by)}" for what, by in {**days, "final plan": plan.final}.items())


def short_day(day: date) -> str:
    """`Fri 4 Dec 2026`, for tables that are read on a telephone."""
    weekday, number, month, year = day_words(day).split()
    return f"{weekday[:3]} {number} {month[:3]} {year}"


def advice_in_words(subject: str) -> str:
    """What is asked of a category or of one body of it (`health/slt`); `advice` where we have no word."""
    return _CATEGORIES.get(subject.partition("/")[0], "advice")


def sentence(text: str) -> str:
    """With a capital first letter and a full stop; nothing stays nothing."""
    if not text or text.endswith((".", "?", "!")):
        return capital(text)
    return f"{capital(text)}."


def is_one_line(text: str) -> bool:
    """Whether it is a single line of printable text. Hard spaces pass: directories kept in Excel are full of them."""
    return all(sign.isprintable() or category(sign) == "Zs" for sign in text)
