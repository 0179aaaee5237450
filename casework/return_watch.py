"""Whether the return mailbox is read: when it was last, and what stands in the way."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import Engine, func
from sqlmodel import Session, col, select

from casework.cases import authority
from casework.vital_signs import Finding
from config.settings import Settings
from records.tables import InboundMail, RoundLog

RETURNS = "returns"
PATIENCE = timedelta(minutes=30)
"""It is read every five minutes: six times in a row is no accident."""
UNFILED_PATIENCE = timedelta(days=3)
_READ, _SINCE, _PROBLEM = "read_at", "since", "problem"
_REMEDY = "start a worker, or correct EHCP_RETURNS_URL; 'ehcp returns read' reads it now and says what is wrong"


def note_reading(db: Engine, now: datetime, problem: str = "") -> None:
    """Note how a reading went. One row is kept of all readings: there are three hundred a day."""
    with Session(db) as session, session.begin():
        row = _last(session) or RoundLog(kind=RETURNS, started_at=now, note={_SINCE: now.isoformat()})
        row.finished_at = now
        row.note = {**row.note, _PROBLEM: problem, **({} if problem else {_READ: now.isoformat()})}
        session.add(row)


def mailbox_read(db: Engine, settings: Settings, now: datetime) -> Finding:
    """For `ehcp doctor`: whether the mailbox is read, and since when it is not."""
    if not settings.returns_url:
        return Finding("return mailbox", True, "none is set: letters that come back as mail are not noticed")
    with Session(db) as session:
        row = _last(session)
        note = row.note if row else {}
    read_at = datetime.fromisoformat(note[_READ]) if note.get(_READ) else None
    since = read_at or (datetime.fromisoformat(note[_SINCE]) if note else None)
    found = f"read {read_at:%Y-%m-%d %H:%M} UTC" if read_at else "never read yet"
    problem = note.get(_PROBLEM, "")
    if since is None or now - since < PATIENCE:
        return Finding("return mailbox", True, f"{found}; {problem}" if problem else found)
    return Finding("return mailbox", False, f"{found}; {problem or 'nobody reads it'}", _REMEDY, since)


def problems(db: Engine, settings: Settings, now: datetime) -> Iterator[str]:
    """For the nightly check: the mailbox that is not read, and mail that waits too long for a person."""
    finding = mailbox_read(db, settings, now)
    if not finding.well:
        yield f"the return mailbox: {finding.found}; {finding.remedy}"
    query = select(func.count(col(InboundMail.id))).where(
        InboundMail.authority == authority(),
        InboundMail.status == "unfiled",
        col(InboundMail.received_at) < now - UNFILED_PATIENCE,
    )
    with Session(db) as session:
        if waiting := session.exec(query).one():
            yield f"{waiting} mails that came back wait for more than three days to be filed; the page is /unfiled"


def _last(session: Session) -> RoundLog | None:
    query = select(RoundLog).where(RoundLog.kind == RETURNS).order_by(col(RoundLog.started_at).desc())
    return session.exec(query.limit(1).with_for_update()).first()
