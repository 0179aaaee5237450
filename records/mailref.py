"""Mail references: what stands for a child in letters, links and Temporal, like K7F-3QX9.

Random, so that nothing can be read from one; no vowels, so that none is a word; no letters or digits that are
taken for one another on paper or over the telephone (0 O, 1 I L, 2 Z, 5 S, 8 B, U V Y).
"""

import re
import secrets

from sqlalchemy import Text, any_, bindparam
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Session, col, select

from records.tables import Process

ALPHABET = "34679CDFGHJKMNPQRTVWX"
SHAPE = re.compile(f"([{ALPHABET}]{{3}})[- ]?([{ALPHABET}]{{4}})")


def random_ref() -> str:
    """A reference nobody could guess, one of 1.8 thousand million; whether it is taken is another question."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(7))
    return f"{drawn[:3]}-{drawn[3:]}"


def new_ref(session: Session) -> str:
    """A reference that no process has yet; the unique constraint on `process.mail_ref` has the last word."""
    return new_refs(session, 1)[0]


def new_refs(session: Session, number: int) -> list[str]:
    """So many references that no process has yet, all different."""
    found: set[str] = set()
    while len(found) < number:
        drawn = {random_ref() for _ in range(number - len(found))} - found
        wanted = bindparam("wanted", list(drawn), type_=ARRAY(Text()))
        found |= drawn - set(session.exec(select(Process.mail_ref).where(col(Process.mail_ref) == any_(wanted))))
    return list(found)


def tidy(text: str) -> str | None:
    """The reference somebody typed (any case, with a space or without the dash); None if it is none."""
    match = SHAPE.fullmatch(text.strip().upper())
    return f"{match[1]}-{match[2]}" if match else None
