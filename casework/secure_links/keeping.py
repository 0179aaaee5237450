"""Revoking links when what is behind them is over. Every opening asks again (`opening`), whatever was revoked here."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Engine, text
from sqlmodel import Session, col, select

from casework.cases import Case, authority
from casework.secure_links.making import Opens, revoke
from records.tables import AdviceRequest, SecureLink
from statute.facts import Fact

CODES = timedelta(days=2)
VISITS = timedelta(days=30)
"""How long it can be seen in the database by which link somebody came; the log of reading knows no addresses."""

_PASSED_ON = "advice_reassigned"
_OLD = (
    text("DELETE FROM link_code WHERE authority = :authority AND expires_at < :codes"),
    text("DELETE FROM link_visit WHERE authority = :authority AND ends_at < :visits"),
)
_DEAD = text("""
UPDATE secure_link l SET revoked_at = :now, revoked_why = 'over' FROM process p JOIN person n ON n.id = p.person_id
WHERE l.authority = :authority AND l.revoked_at IS NULL AND p.id = l.process_id AND (
    n.text_key IS NULL
    OR l.kind = 'request' AND p.ended_on IS NOT NULL
    OR EXISTS (SELECT FROM advice_request a WHERE a.id = l.request_id AND a.mode = 'dropped')
)
""")


def keep_links(session: Session, case: Case, new: Sequence[Fact], now: datetime, *, was_open: bool) -> None:
    """Revoke the links of a process that has just ended, and those of requests that were just passed on.

    The address that a request is passed on to gets a link of its own; so does everybody when a process is reopened.
    What must be told of a decision that ends a process is written afterwards, and its links stay.
    """
    if len(case.facts) == len(new):
        return  # It has only just begun, and nobody was written to.
    if was_open and case.process.ended_on is not None:
        mine = col(SecureLink.process_id) == case.process.id
        revoke(session, "closed", now, mine, col(SecureLink.kind).in_([Opens.REQUEST.value, Opens.NOTICE.value]))
    elif subjects := {fact.subject for fact in new if fact.kind == _PASSED_ON}:
        session.flush()
        passed_on = select(AdviceRequest.id).where(
            AdviceRequest.process_id == case.process.id, col(AdviceRequest.subject).in_(subjects)
        )
        revoke(session, "passed on", now, col(SecureLink.request_id).in_(passed_on))


def tidy_links(db: Engine, now: datetime) -> int:
    """Revoke what has nothing behind it any more, and remove old codes and visits; returns how many rows went."""
    bound = {"authority": authority(), "now": now}
    with db.begin() as connection:
        connection.execute(_DEAD, bound)
        return sum(
            connection.execute(each, {**bound, "codes": now - CODES, "visits": now - VISITS}).rowcount for each in _OLD
        )
