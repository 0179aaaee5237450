"""Mail references: what stands for a child in letters, links and Temporal, like K7F-3QX9.

Random, so that nothing can be read from one; no vowels, so that none is a word; no letters or digits that are
taken for one another on paper or over the telephone (0 O, 1 I L, 2 Z, 5 S, 8 B, U V Y).
"""

import re
import secrets

from sqlmodel import Session, select

from records.errors import RecordsError
from records.tables import Process

ALPHABET = "34679CDFGHJKMNPQRTVWX"
ATTEMPTS = 20
SHAPE = re.compile(f"([{ALPHABET}]{{3}})[- ]?([{ALPHABET}]{{4}})")


def random_ref() -> str:
    """A reference nobody could guess, one of 1.8 thousand million; whether it is taken is another question."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(7))
    return f"{drawn[:3]}-{drawn[3:]}"


def new_ref(session: Session) -> str:
    """A reference that no process has yet; the unique constraint on `process.mail_ref` has the last word."""
    for _ in range(ATTEMPTS):
        drawn = random_ref()
        if session.exec(select(Process.id).where(Process.mail_ref == drawn)).first() is None:
            return drawn
    raise RecordsError(f"no free mail reference in {ATTEMPTS} attempts: the random source is broken")


def tidy(text: str) -> str | None:
    """The reference somebody typed (any case, with a space or without the dash); None if it is none."""
    match = SHAPE.fullmatch(text.strip().upper())
    return f"{match[1]}-{match[2]}" if match else None
