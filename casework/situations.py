"""One process as the ladder sees it: its facts, requests and policy, read from the records at one moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from sqlmodel import Session, col, select

from casework.calendars import calendar_in_force
from casework.letters_said import given_up, passed_back, told_to_stop
from casework.policies import policy_in_force
from casework.secure_links.addresses import sends_by_link
from casework.seen_now import situation_of
from casework.term_dates import terms_of
from config.settings import get_settings
from records.ledger import facts_of
from records.tables import AdviceRequest, Body, CasePapers, FactRow, Person, Process
from statute.calendar import Calendar
from statute.facts import Fact
from statute.policy import Policy
from statute.situation import Situation
from statute.terms import Terms


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of a process: its situation, and the requests as they are kept."""

    situation: Situation
    requests: Sequence[AdviceRequest]


def by_link(session: Session) -> bool:
    """Whether a letter can carry a whole request, or a notice, behind its link."""
    if "by_link" not in session.info:
        # Reading all settings takes milliseconds, and a round asks for thousands of processes.
        session.info["by_link"] = sends_by_link(get_settings())
    return bool(session.info["by_link"])


def policy_to_follow(session: Session) -> Policy:
    """The policy in force; in a demonstration the day's rungs are due from midnight.

    So there is mail to read at whatever hour a demonstration is started.
    """
    return as_followed(policy_in_force(session))


def as_followed(policy: Policy) -> Policy:
    """A policy as it is followed here: see `policy_to_follow`."""
    if get_settings().demo:
        return policy.model_copy(update={"hours": policy.hours.model_copy(update={"wake": time()})})
    return policy


def read_situation(session: Session, process: Process, policy: Policy, now: datetime) -> Read:
    """The situation of a process at `now` (aware); see `casework.seen_now.situation_of`."""
    records = _Records(session, process)
    facts = facts_of(session, process.id)
    return Read(situation_of(process, facts, records, policy, now), records.requests)


class _Records:
    """What the records hold of a process beside its facts, read when it is asked for."""

    def __init__(self, session: Session, process: Process) -> None:
        self._session, self._process = session, process
        self._requests = session.exec(select(AdviceRequest).where(AdviceRequest.process_id == process.id)).all()

    @property
    def requests(self) -> Sequence[AdviceRequest]:
        return self._requests

    @property
    def by_link(self) -> bool:
        return by_link(self._session)

    @property
    def calendar(self) -> Calendar:
        return calendar_in_force(self._session)

    def setting_urn(self) -> str | None:
        return self._session.get_one(Person, self._process.person_id).setting_urn

    def services(self) -> Mapping[UUID, str]:
        query = select(Body).where(col(Body.id).in_([row.body_id for row in self.requests if row.body_id]))
        return {body.id: f"{body.category}/{body.code}" for body in self._session.exec(query)}

    def papers_from(self) -> datetime | None:
        papers = self._session.get(CasePapers, self._process.id)
        return papers.ready_at if papers else None

    def given_up(self) -> frozenset[str]:
        return given_up(self._session, self._process)

    def told_to_stop(self) -> frozenset[str]:
        return told_to_stop(self._session, self._process)

    def passed_back(self, stands: Sequence[Fact]) -> frozenset[str]:
        return passed_back(self._session, self._process, stands)

    def from_file(self, sequences: Sequence[int]) -> frozenset[int]:
        query = select(FactRow.sequence).where(FactRow.process_id == self._process.id, FactRow.channel == "import")
        return frozenset(self._session.exec(query.where(col(FactRow.sequence).in_(sequences))))

    def terms_of(self, setting_urn: str | None) -> Terms:
        return terms_of(self._session, setting_urn)
