"""Whether two records are about one child: the pure part, without the database."""

import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import IntEnum


class Likeness(IntEnum):
    """How alike two records are."""

    DIFFERENT = 0
    PERHAPS = 1
    """The same surname and date of birth: twins, or one child written down twice. Only a prompt."""
    SAME = 2


@dataclass(frozen=True, slots=True)
class Identity:
    """What a child is known by. An unverified pupil number proves nothing: leave it out."""

    surname: str
    forename: str
    date_of_birth: date | None
    upn: str = ""

    @property
    def names(self) -> tuple[str, str]:
        """Surname and forename as they are compared: capitals, accents, hyphens and spaces do not count."""
        return folded(self.surname), folded(self.forename)


def folded(name: str) -> str:
    """A name as it is compared: O'Neil-Brown and ONEIL BROWN are one."""
    letters = unicodedata.normalize("NFKD", name).casefold()
    return letters if letters.isalnum() else "".join([sign for sign in letters if sign.isalnum()])


def likeness(one: Identity, other: Identity) -> Likeness:
    """One child when the unique pupil number agrees, or surname, forename and date of birth together.

    Numbers that differ prove nothing: a temporary number is replaced when the old one is found.
    """
    if one.upn and one.upn == other.upn:
        return Likeness.SAME
    if one.date_of_birth is None or one.date_of_birth != other.date_of_birth:
        return Likeness.DIFFERENT
    ours, theirs = one.names, other.names
    if ours == theirs and all(ours):
        return Likeness.SAME
    return Likeness.PERHAPS if ours[0] == theirs[0] and ours[0] else Likeness.DIFFERENT
