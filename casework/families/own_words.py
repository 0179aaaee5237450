"""What a caseworker writes into a letter of their own: it travels by mail, so nothing of the child may stand in it."""

import re
from collections.abc import Iterator
from datetime import date
from unicodedata import combining, normalize

from records.tables import Person, Process
from statute.words import day_words

LONGEST = 2000
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SHORTEST = 2
# Signs of ours that a mail reader could take for more than words.
_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)


def against(text: str, person: Person, process: Process) -> list[str]:
    """What stands against those words, in sentences for whoever wrote them; nothing when they may go."""
    found: list[str] = []
    if len(text) > LONGEST:
        found.append(f"Your own words are {len(text):,} characters long. Keep them to {LONGEST:,}.")
    if any(not sign.isprintable() and sign not in "\r\n\t" for sign in text):
        found.append("Your own words hold signs that cannot be printed. Type them again.")
    if names := list(_names(text, person)):
        said = ", ".join(f"“{name}”" for name in names)
        found.append(f"No letter names the child. Take out {said}, or write “your child” instead.")
    if any(sign and sign.casefold() in _folded(text) for sign in _signs(person, process)):
        found.append("No letter holds a date of birth, a pupil number or the council’s own reference. Take it out.")
    if _LINK.search(text):
        found.append("Take out the web address: the family could not tell it from a false one.")
    return found


def _names(text: str, person: Person) -> Iterator[str]:
    """Each word of the text that is one of the child's names, as it was typed, once."""
    names = {_folded(each) for each in _WORD.findall(f"{person.forename} {person.surname}") if len(each) >= _SHORTEST}
    seen: set[str] = set()
    for word in _WORD.findall(text):
        for part in {word, re.sub(r"['’]s?$", "", word)}:
            if _folded(part) in names and part not in seen:
                seen.add(part)
                yield part


def _signs(person: Person, process: Process) -> Iterator[str]:
    yield from (person.upn or "", person.uln or "", _folded(process.case_ref))
    if person.date_of_birth:
        yield from _days(person.date_of_birth)


def _days(born: date) -> Iterator[str]:
    _, number, month, year = day_words(born).split()
    yield f"{number} {month} {year}"
    yield born.isoformat()
    for sign in "/.-":
        yield f"{born.day}{sign}{born.month}{sign}{born.year}"
        yield f"{born.day:02}{sign}{born.month:02}{sign}{born.year}"
        yield f"{born.day:02}{sign}{born.month:02}{sign}{born.year % 100:02}"


def _folded(text: str) -> str:
    """Without accents, in small letters, with single spaces."""
    plain = "".join(sign for sign in normalize("NFKD", text) if not combining(sign))
    return " ".join(plain.replace("’", "'").casefold().split())
