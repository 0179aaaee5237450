"""Until when somebody is away, where their automatic answer says it in so many words. Never guessed."""

import re
from datetime import date, timedelta

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NEAR = timedelta(days=90)
_LONGEST = timedelta(days=366)
_DAY = (
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|satur|sat|sun)(?:day)?,?\s+)?"
    r"(?:the\s+)?(?:(?P<iso>\d{4}-\d{2}-\d{2})"
    r"|(?P<numbers>\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d{2}))(?!\d)"
    r"|(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>[a-z]{3,9})\.?,?(?:\s+(?P<year>\d{4}))?)"
)
# "Until" names the last day away, "back on" the first day here: both are kept as the last day away.
_LAST = re.compile(rf"\b(?:until|till|up to|to and including|through)\s+(?:and including\s+)?{_DAY}", re.IGNORECASE)
_BACK = re.compile(
    r"\b(?:back|return(?:ing)?|returns|resume|available again)\b"
    r"(?:\s+(?:in|to|at|from|the|my|office|work|school|desk|annual|leave|again|on|email|emails)){0,6}\s+"
    + _DAY,
    re.IGNORECASE,
)  # fmt: skip


def away_until(text: str, written: date) -> date | None:
    """The last day away as a text says it; None where it says none, several, or one that could be read two ways.

    `written` is the day of the answer: a day without a year is the next one that comes within three months of it.
    """
    text = " ".join(text[:5_000].split())
    found = {_day(match, written) for match in _LAST.finditer(text)}
    back = {_day(match, written) for match in _BACK.finditer(text)}
    found |= {day - timedelta(days=1) if day else None for day in back}
    if len(found) != 1:
        return None
    (day,) = found
    return day if day and written <= day <= written + _LONGEST else None


def _day(match: re.Match[str], written: date) -> date | None:
    try:
        if match["iso"]:
            return date.fromisoformat(match["iso"])
        if match["numbers"]:
            return _of_numbers(match["numbers"])
        return _of_words(match, written)
    except ValueError:
        return None


def _of_numbers(text: str) -> date | None:
    day, month, year = (int(each) for each in re.split(r"[/.]", text))
    if day <= 12 and month <= 12 and day != month:
        return None  # some write the month first
    day, month = (month, day) if month > 12 else (day, month)
    return date(year + 2000 if year < 100 else year, month, day)


def _of_words(match: re.Match[str], written: date) -> date | None:
    name = match["month"][:3].lower()
    if name not in _MONTHS:
        return None
    day, month = int(match["day"]), _MONTHS.index(name) + 1
    if match["year"]:
        return date(int(match["year"]), month, day)
    coming = (date(year, month, day) for year in (written.year, written.year + 1))
    return next((each for each in coming if written <= each <= written + _NEAR), None)
