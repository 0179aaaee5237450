"""The ledger's own proof that nothing was altered, added in between or cut off."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Engine, func
from sqlmodel import Session, col, select

from casework.errors import Refused
from config.clock import london_day
from config.errors import SettingsError
from config.keys import signing_key
from config.settings import Settings
from records import digests, verification
from records.digests import NOTHING_NOTED
from records.tables import FactRow, Process


@dataclass(frozen=True, slots=True)
class Audit:
    """What was checked and what is not as it was recorded, in sentences that name no person."""

    facts: int
    processes: int
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Signed:
    """The signature of one day: note it down elsewhere, for it alone shows that digests were deleted."""

    day: date
    heads: int
    signature: str


def verify(db: Engine, settings: Settings, noted: Mapping[date, bytes] = NOTHING_NOTED) -> Audit:
    """Check every chain of facts from its first to its head, the texts beside it and the signed daily digests.

    `noted` are signatures by day that were kept outside the database. Raises Refused when there is no key to
    check the signatures with: an audit that skipped them would prove too little.
    """
    key = _key(settings)
    with Session(db) as session:
        faults = verification.verify(session, key, noted)
        facts = session.exec(select(func.count(col(FactRow.id)))).one()
        processes = session.exec(select(func.count(col(Process.id)))).one()
        return Audit(facts, processes, tuple(str(fault) for fault in faults))


def sign(db: Engine, settings: Settings, now: datetime) -> Signed:
    """Sign the heads of all chains for the day that it is in London; a day that was signed stays as it was."""
    key = _key(settings)
    with Session(db) as session, session.begin():
        digest = digests.sign_heads(session, london_day(now), key)
        return Signed(digest.day, digest.count, digest.signature.hex())


def _key(settings: Settings) -> bytes:
    try:
        return signing_key(settings)
    except SettingsError as error:
        raise Refused(str(error)) from error
