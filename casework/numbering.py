"""The council's own case references, where it brings none: EHC-2026-0001, one after another in the year."""

from itertools import count

from sqlalchemy import text
from sqlmodel import Session, func, select

from casework.cases import authority
from casework.errors import Refused
from records.tables import Process

# Tried, never waited for: a number that somebody else is about to use is passed over, so that openings do not
# queue behind one another. Gaps do not matter.
_TRY = text(
    "SELECT pg_try_advisory_xact_lock(hashtextextended(:authority || :ref, 5301531)) "
    "AND NOT EXISTS (SELECT FROM process WHERE authority = :authority AND case_ref = :ref)"
)
_LAST = text("SELECT max(case_ref) FROM process WHERE authority = :authority AND case_ref BETWEEN :low AND :high")
_LAST_LONG = text(
    "SELECT max(CAST(substring(case_ref from '[0-9]+$') AS int)) FROM process "
    "WHERE authority = :authority AND case_ref ~ :shape"
)


def next_case_ref(session: Session, year: int) -> str:
    """A reference that no case has and nobody else is about to take."""
    for number in count(_last(session, year) + 1):
        reference = f"EHC-{year}-{number:04d}"
        if session.connection().execute(_TRY, {"authority": authority(), "ref": reference}).scalar():
            return reference
    raise AssertionError("numbers do not end")


def refuse_if_taken(session: Session, reference: str) -> None:
    """Raise Refused when a case has that reference, in whatever capitals."""
    query = select(Process.id).where(
        Process.authority == authority(), func.upper(Process.case_ref) == reference.upper()
    )
    if session.exec(query).first() is not None:
        raise Refused(
            f"A case with the reference {reference} exists already. Record on it with 'ehcp record', "
            "or give the new case another reference."
        )


def _last(session: Session, year: int) -> int:
    prefix = f"EHC-{year}-"
    low, high = f"{prefix}0000", f"{prefix}9999"
    last = session.connection().execute(_LAST, {"authority": authority(), "low": low, "high": high}).scalar()
    if last is None or not last.removeprefix(prefix).isdecimal():
        return 0
    if last != high:
        return int(last.removeprefix(prefix))
    shape = f"^{prefix}[0-9]{{4,9}}$"
    return session.connection().execute(_LAST_LONG, {"authority": authority(), "shape": shape}).scalar() or 0
