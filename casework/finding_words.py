"""What somebody means who types into the box: a reference, a pupil number, a day of birth, a name."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from casework.days import read_day
from casework.identifiers import tidy_upn
from statute.words import MONTHS

_UPN = re.compile(r"[A-Za-z]\d{11}[0-9A-Za-z]")
_SHORT = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{2})")
_IN_WORDS = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]{3,9})\.?\s+(\d{4})\b", re.IGNORECASE)
_MONTHS = {name[:3].lower(): number for number, name in enumerate(MONTHS, start=1)}
_LONGEST = 6
"""Words of a name that are tried together; more are no name."""


@dataclass(frozen=True, slots=True)
class Meant:
    """What was recognised in the box; `words` are the rest of it, and `comma` how many of them stood before one."""

    upn: str = ""
    born: date | None = None
    words: tuple[str, ...] = ()
    comma: int = 0

    @property
    def names(self) -> Sequence[tuple[str, str]]:
        """The beginnings of surname and forename that the words can be, in either order; one may be empty."""
        return tuple(dict.fromkeys(_names(self.words[:_LONGEST], self.comma)))


def meant_by(typed: str) -> Meant:
    """What `typed` means, read as a person would read it; never fails."""
    born, rest = _day_in(typed)
    upn, words, comma = "", list[str](), 0
    for word in rest.replace(",", " , ").split():
        if word == ",":
            comma = comma or len(words)
        elif _UPN.fullmatch(word) and not upn:
            upn = tidy_upn(word)
        else:
            words.append(word)
    return Meant(upn, born, tuple(words), comma)


def read_birth(typed: str, today: date) -> date | None:
    """A day of birth as people write it: 5/5/2015, 05.05.15, 2015-05-05, 5 May 2015. None when it is none."""
    found, rest = _day_in(typed.strip())
    return None if rest.strip() or (found and found > today) else found


def _day_in(typed: str) -> tuple[date | None, str]:
    """The first day in a text, and the text without it."""
    if words := _IN_WORDS.search(typed):
        month = _MONTHS.get(words[2][:3].lower())
        day = _day(f"{words[3]}-{month or 0}-{words[1]}")
        if day:
            return day, typed[: words.start()] + typed[words.end() :]
    for word in typed.split():
        short = _SHORT.fullmatch(word)
        if day := _day(f"{short[1]}/{short[2]}/20{short[3]}" if short else word):
            return day, typed.replace(word, " ", 1)
    return None, typed


def _day(word: str) -> date | None:
    try:
        return read_day(word)
    except ValueError:
        return None


def _names(words: Sequence[str], comma: int) -> Iterator[tuple[str, str]]:
    """With a comma the surname stands before it; without, every place at which the words can be parted is tried."""
    whole = " ".join(words)
    if 0 < comma < len(words):
        yield " ".join(words[:comma]), " ".join(words[comma:])
    elif words:
        for at in range(1, len(words)):
            one, other = " ".join(words[:at]), " ".join(words[at:])
            yield from ((one, other), (other, one))
        yield from ((whole, ""), ("", whole))
