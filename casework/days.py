"""Reading days as councils write them."""

import re
from datetime import date

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?")
_ENGLISH = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?: \d{2}:\d{2}(?::\d{2})?)?")


def read_day(text: str) -> date | None:
    """The day in `2026-11-20` or `20/11/2026` (day first, as in England), None when the text is blank.

    Raises ValueError with the reason in words: not a date, or a day that does not exist.
    """
    text = text.strip()
    if not text:
        return None
    if iso := _ISO.fullmatch(text):
        year, month, day = iso.groups()
    elif english := _ENGLISH.fullmatch(text):
        day, month, year = english.groups()
    else:
        raise ValueError(f"{text!r} is not a date: write it as 2026-11-20 or 20/11/2026")
    try:
        return date(int(year), int(month), int(day))
    except ValueError as error:
        raise ValueError(f"{text} does not exist: check the day and the month") from error
