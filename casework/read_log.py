"""Who was shown which children's records: kept beside the ledger, only ever added to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Engine, text
from sqlmodel import Session

from casework.actor import Actor
from casework.cases import authority
from records.tables import ReadLog

PAGE = 100

# A restricted child stands on nobody else's list, and so not on the list of who looked at what.
_READS = text("""
SELECT l.id, l.at, l.username, l.channel, l.what, cardinality(l.processes) AS shown,
    (SELECT array_agg(p.case_ref ORDER BY p.case_ref) FROM
        (SELECT p.case_ref FROM process p JOIN person n ON n.id = p.person_id WHERE p.id = ANY (l.processes)
         AND (n.sensitivity <> 'restricted' OR :viewer = ANY (n.restricted_to)) ORDER BY p.case_ref LIMIT 3) p) AS refs
FROM read_log l WHERE l.authority = :authority AND l.id < :before
AND (:username = '' OR l.username = :username)
AND (CAST(:process AS uuid) IS NULL OR l.processes @> ARRAY[CAST(:process AS uuid)])
ORDER BY l.id DESC LIMIT :page
""")


def note_read(
    db: Engine, actor: Actor, what: str, processes: Iterable[UUID], now: datetime, *, unknown: bool = False
) -> None:
    """Put down that `actor` was shown these processes on the page or list called `what`; nothing for none.

    `unknown`: what was shown is about a child, and nobody knows yet about which.
    """
    shown = sorted(set(processes))
    if not shown and not unknown:
        return
    with Session(db) as session, session.begin():
        row = ReadLog(
            authority=authority(), at=now, username=actor.name, channel=actor.channel, what=what, processes=shown
        )
        session.add(row)


@dataclass(frozen=True, slots=True)
class Read:
    """One time that somebody was shown children's records: how many (`shown`), of which at most three are named."""

    id: int
    at: datetime
    username: str
    channel: str
    what: str
    shown: int
    refs: Sequence[str] | None


def reads(
    db: Engine, actor: Actor, *, username: str = "", process: UUID | None = None, before: int | None = None
) -> Sequence[Read]:
    """Who was shown what, the newest first, a hundred at a time before the id `before`."""
    bound = {
        "authority": authority(),
        "viewer": actor.name,
        "username": username,
        "process": process,
        "before": before or 2**62,
        "page": PAGE,
    }
    with db.connect() as connection:
        return [Read(**row) for row in connection.execute(_READS, bound).mappings()]
