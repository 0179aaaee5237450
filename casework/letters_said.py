"""What has become of the letters of a process, as far as it decides what is to be said next."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from casework.statuses import FAILED, SENT, WAITING
from records.tables import Message, Process
from statute.facts import Fact
from statute.ladder import Kind


def given_up(session: Session, process: Process) -> frozenset[str]:
    """The subjects whose whole request nobody took."""
    return _subjects(session, process, Kind.REQUEST, Message.status == FAILED)


def told_to_stop(session: Session, process: Process) -> frozenset[str]:
    """The subjects whose advisers were sent word that no more is needed."""
    return _subjects(session, process, Kind.STOP, Message.status == SENT)


def passed_back(session: Session, process: Process, stands: Sequence[Fact]) -> frozenset[str]:
    """The subjects whose letter to a colleague was refused and waits for the body's own address."""
    if not any(fact.kind == "advice_reassigned" for fact in stands):
        return frozenset()
    waits = (col(Message.status).in_(WAITING), col(Message.fallback).is_not(None))
    return _subjects(session, process, Kind.PASSED_ON, *waits)


def _subjects(session: Session, process: Process, kind: Kind, *which: ColumnElement[bool] | bool) -> frozenset[str]:
    mine = (Message.process_id == process.id, Message.kind == kind.value)
    return frozenset(session.exec(select(Message.subject).where(*mine, *which)))
