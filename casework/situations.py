"""One process as the ladder sees it: its facts, requests and policy, read from the records at one moment."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from types import MappingProxyType
from uuid import UUID

from sqlmodel import Session, col, select

from casework.calendars import calendar_in_force
from casework.letters_said import given_up, passed_back, told_to_stop
from casework.policies import norms_of, policy_in_force
from casework.secure_links.addresses import sends_by_link
from casework.term_dates import terms_of
from config.clock import london_day
from config.settings import get_settings
from records.ledger import facts_of
from records.tables import AdviceRequest, Body, CasePapers, FactRow, Person, Process
from statute.asks import GO_ON_AGAIN, Request, asking
from statute.facts import Fact
from statute.kind import ASSESSMENT
from statute.notifying import CATEGORY_OF, tidings
from statute.policy import Policy
from statute.processes import timeline_of
from statute.situation import Situation
from statute.standing import standing
from statute.terms import NO_TERMS, Terms

SOUGHT = "seek"
NO_SERVICES: Mapping[UUID, str] = MappingProxyType({})


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
    """The situation of a process at `now` (aware): facts up to the day it is in London, on today's knowledge.

    An unarmed process is read as if armed at this moment, so that nothing is due in it.
    """
    today = london_day(now)
    facts = facts_of(session, process.id)
    stands = standing(facts, today)
    rows = session.exec(select(AdviceRequest).where(AdviceRequest.process_id == process.id)).all()
    calendar = calendar_in_force(session)
    timeline = timeline_of(
        process.kind,
        facts,
        today,
        norms=norms_of(policy),
        due_soon_days=policy.due_soon_days,
        calendar=calendar,
    )
    services = _services(session, rows) if policy.services else NO_SERVICES
    situation = Situation(
        process=str(process.id),
        timeline=timeline,
        asking=asking(stands, _requests(session, process, stands, rows, services)),
        policy=policy,
        armed_from=process.armed_from or now,
        now=now,
        facts=stands,
        terms=_terms(session, process, rows),
        calendar=calendar,
    )
    return Read(_with_links(session, process, situation), rows)


def _with_links(session: Session, process: Process, situation: Situation) -> Situation:
    """Whom a link can tell what the law wants them to know, where links can be made. A child without a school or
    setting has no head to tell."""
    if process.kind != ASSESSMENT or not by_link(session):
        return situation
    setting = session.get_one(Person, process.person_id).setting_urn
    told = [each for each in CATEGORY_OF.values() if each != "education" or setting]
    return replace(situation, to_tell=tuple(told), from_file=_from_file(session, process, situation.facts))


def _from_file(session: Session, process: Process, stands: Sequence[Fact]) -> frozenset[int]:
    """The numbers of facts that came from a file; nothing is asked where nobody would be told of any."""
    wanted = [each.fact.sequence for each in tidings(stands)]
    if not wanted:
        return frozenset()
    query = select(FactRow.sequence).where(FactRow.process_id == process.id, FactRow.channel == "import")
    return frozenset(session.exec(query.where(col(FactRow.sequence).in_(wanted))))


def _terms(session: Session, process: Process, rows: Sequence[AdviceRequest]) -> Terms:
    """The terms of the school or setting that is written to: in an assessment only where one is asked."""
    asked = next((row for row in rows if _to_school(row)), None)
    if asked is None and process.kind == ASSESSMENT:
        return NO_TERMS
    own = asked.setting_urn if asked else None
    return terms_of(session, own or session.get_one(Person, process.person_id).setting_urn)


def _to_school(row: AdviceRequest) -> bool:
    return row.body_id is None and row.category == "education"


def _services(session: Session, rows: Sequence[AdviceRequest]) -> Mapping[UUID, str]:
    """The category and code of each body that was asked: some have a ladder of their own."""
    query = select(Body).where(col(Body.id).in_([row.body_id for row in rows if row.body_id]))
    return {body.id: f"{body.category}/{body.code}" for body in session.exec(query)}


def _requests(
    session: Session,
    process: Process,
    stands: Sequence[Fact],
    rows: Sequence[AdviceRequest],
    services: Mapping[UUID, str],
) -> Iterable[Request]:
    """The requests that are sought, and those that were announced before they were dropped."""
    papers_from = _papers_from(session, process) if any(row.mode == SOUGHT for row in rows) else None
    undelivered = given_up(session, process) if papers_from else frozenset[str]()
    announcing = any(row.mode == SOUGHT and row.announced_at is None for row in rows)
    quiet = announcing and _decided_by_import(session, process, stands)
    again = any(fact.kind in GO_ON_AGAIN for fact in stands)
    stopped = told_to_stop(session, process) if again else frozenset[str]()
    back = passed_back(session, process, stands)
    for row in rows:
        if row.mode == SOUGHT or row.announced_at:
            sought = row.mode == SOUGHT and not (quiet and row.announced_at is None)
            yield Request(
                subject=row.subject,
                to_school=_to_school(row),
                announce_from=row.created_at if sought else None,
                announced=row.announced_at is not None,
                papers_from=papers_from if sought else None,
                stopped=row.subject in stopped,
                service=services.get(row.body_id, "") if row.body_id else "",
                to_colleague=row.asked_of is not None or row.subject in back,
                undelivered=row.subject in undelivered,
            )


def _papers_from(session: Session, process: Process) -> datetime | None:
    """Since when a link can carry the whole request: its papers are complete, and links can be made."""
    if not by_link(session):
        return None
    papers = session.get(CasePapers, process.id)
    return papers.ready_at if papers else None


def _decided_by_import(session: Session, process: Process, stands: Sequence[Fact]) -> bool:
    """Whether the decision to assess came from a file: the advisers of an old case were asked long ago."""
    decided = [fact.sequence for fact in stands if fact.kind == "decision_to_assess"]
    if not decided:
        return False
    query = select(FactRow.channel).where(FactRow.process_id == process.id, FactRow.sequence == decided[-1])
    return session.exec(query.order_by(col(FactRow.sequence))).first() == "import"
