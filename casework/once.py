"""A write that is done once, however often it is asked for: behind the idempotency keys of the API.

The claim and the answer are rows of the command's own transaction. So there is no moment in which the work is done and
its answer is not kept, and a claim whose process was killed is gone with its transaction.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar, cast

from sqlalchemy import Engine, delete, text
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, col

from casework.cases import authority
from casework.errors import CaseworkError, Refused, UnknownCase
from records.tables import KeptAnswer

T = TypeVar("T")

# Whoever comes second waits here until the first has committed (then nothing is inserted) or has failed.
_CLAIM = text("""
INSERT INTO kept_answer (authority, username, key, request_hash, at)
VALUES (:authority, :username, :key, :request, :at) ON CONFLICT DO NOTHING
""")
_KEPT = text("SELECT request_hash, status, answer FROM kept_answer WHERE username = :username AND key = :key")
_KEEP = text("""
UPDATE kept_answer SET status = :status, answer = CAST(:answer AS jsonb) WHERE username = :username AND key = :key
""")
_HIDDEN = text("""
SELECT p.case_ref FROM process p JOIN person n ON n.id = p.person_id WHERE p.authority = :authority
AND p.case_ref = ANY (:refs) AND n.sensitivity = 'restricted' AND NOT :viewer = ANY (n.restricted_to)
""")
_NOT_IN_TIME = "55P03"


class AlreadyDone(Exception):
    """The same was asked for before, and done: this is what was answered."""

    def __init__(self, status: int, answer: Mapping[str, Any]) -> None:
        super().__init__("done before")
        self.status, self.answer = status, answer


class KeyUsed(Refused):
    """The key was given with another request."""


class UnderWay(CaseworkError):
    """The same is being done at this very moment."""


class Once(Generic[T]):
    """As often as it is asked for. A command takes one, and calls both in its own transaction."""

    def claim(self, session: Session) -> None:
        """Called first. Raises what says that nothing is to be done."""

    def keep(self, session: Session, result: T) -> T:
        """Called last with what came of it, which is given back."""
        return result


ALWAYS: Once[Any] = Once()


@dataclass(frozen=True, slots=True)
class ByKey(Once[T]):
    """Once for each key of each user. `request` is a hash of all that is asked; `answered` what is to be kept.

    Only what was done is kept: what was refused may be asked again under its key, put right.
    """

    username: str
    key: str
    request: bytes
    at: datetime
    status: int
    answered: Callable[[T], Mapping[str, Any]]

    def claim(self, session: Session) -> None:
        """Take the key. Raises AlreadyDone, KeyUsed, or UnderWay when another holds it for too long."""
        bound = {"username": self.username, "key": self.key}
        row = {**bound, "authority": authority(), "request": self.request, "at": self.at}
        try:
            if session.connection().execute(_CLAIM, row).rowcount == 1:
                return
        except OperationalError as error:
            if getattr(error.orig, "sqlstate", "") == _NOT_IN_TIME:
                raise UnderWay("The same request is under way. Ask again in a few seconds.") from None
            raise
        self._answer_again(session, session.connection().execute(_KEPT, bound).one())

    def keep(self, session: Session, result: T) -> T:
        """Put the answer down beside what was done."""
        answer = json.dumps(self.answered(result))
        bound = {"username": self.username, "key": self.key, "status": self.status, "answer": answer}
        session.connection().execute(_KEEP, bound)
        return result

    def _answer_again(self, session: Session, kept: Any) -> None:
        if kept.request_hash != self.request:
            raise KeyUsed("This Idempotency-Key was used for another request. Give every new request a new key.")
        self._refuse_hidden(session, kept.answer or {})
        raise AlreadyDone(kept.status, kept.answer)

    def _refuse_hidden(self, session: Session, answer: Mapping[str, Any]) -> None:
        """An answer is not given again to whoever may no longer know of a child in it. Raises UnknownCase."""
        refs = sorted(_refs_in(answer))
        bound = {"authority": authority(), "refs": refs, "viewer": self.username}
        if refs and (hidden := session.connection().execute(_HIDDEN, bound).scalars().first()):
            raise UnknownCase(hidden)


def done_once(db: Engine, once: Once[T], work: Callable[[], T]) -> T:
    """Do work of several transactions of its own, which of itself changes nothing a second time; keep its answer.

    Raises as `Once.claim`, before the work or, when the same was asked for twice at one moment, after it.
    """
    with Session(db) as session:
        once.claim(session)  # only looks: nothing is committed
    result = work()
    with Session(db) as session, session.begin():
        once.claim(session)
        return once.keep(session, result)


def _refs_in(said: Any) -> Iterator[str]:
    """The case references in an answer, wherever they stand."""
    if isinstance(said, Mapping):
        for name, value in cast("Mapping[str, Any]", said).items():
            if name == "case_ref":
                yield str(value)
            elif name == "case_refs":
                yield from map(str, value)
            else:
                yield from _refs_in(value)
    elif isinstance(said, list):
        for each in cast("list[Any]", said):
            yield from _refs_in(each)


def forget_answers(db: Engine, before: datetime) -> int:
    """Throw away what was answered before that (aware) moment; returns how many."""
    with Session(db) as session, session.begin():
        return session.connection().execute(delete(KeptAnswer).where(col(KeptAnswer.at) < before)).rowcount
