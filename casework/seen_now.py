"""One process as the ladder sees it, wherever what is known of it is kept: for the engine and for a rehearsal alike."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Protocol
from uuid import UUID

from casework.policies import norms_of
from config.clock import london_day
from records.tables import AdviceRequest, Process
from statute.asks import GO_ON_AGAIN, Request, asking
from statute.calendar import Calendar
from statute.facts import Fact
from statute.kind import ASSESSMENT
from statute.notifying import CATEGORY_OF, tidings
from statute.policy import Policy
from statute.processes import timeline_of
from statute.situation import Situation
from statute.standing import standing
from statute.terms import NO_TERMS, Terms

SOUGHT = "seek"
_NO_SERVICES: Mapping[UUID, str] = MappingProxyType({})


class Beside(Protocol):
    """What is kept of a process beside its facts. Whatever is a method is asked only where it matters."""

    @property
    def requests(self) -> Sequence[AdviceRequest]:
        """Its requests for advice."""
        ...

    @property
    def by_link(self) -> bool:
        """Whether a letter can carry a whole request, or a notice, behind its link."""
        ...

    @property
    def calendar(self) -> Calendar:
        """The working days."""
        ...

    def setting_urn(self) -> str | None:
        """The school or setting of the child."""
        ...

    def services(self) -> Mapping[UUID, str]:
        """Category and code of each body that was asked: some have a ladder of their own."""
        ...

    def papers_from(self) -> datetime | None:
        """Since when (aware) the papers of its requests are complete."""
        ...

    def given_up(self) -> frozenset[str]:
        """The subjects whose whole request nobody took."""
        ...

    def told_to_stop(self) -> frozenset[str]:
        """The subjects whose advisers were sent word that no more is needed."""
        ...

    def passed_back(self, stands: Sequence[Fact]) -> frozenset[str]:
        """The subjects whose letter to a colleague was refused and waits for the body's own address."""
        ...

    def from_file(self, sequences: Sequence[int]) -> frozenset[int]:
        """Those of these facts, by number, that came from a file."""
        ...

    def terms_of(self, setting_urn: str | None) -> Terms:
        """The terms of a school or setting, or those of the authority."""
        ...


def situation_of(process: Process, facts: Sequence[Fact], beside: Beside, policy: Policy, now: datetime) -> Situation:
    """The situation of a process at `now` (aware): facts up to the day it is in London, on today's knowledge.

    An unarmed process is seen as if armed at this moment, so that nothing is due in it.
    """
    today = london_day(now)
    stands = standing(facts, today)
    timeline = timeline_of(
        process.kind,
        facts,
        today,
        norms=norms_of(policy),
        due_soon_days=policy.due_soon_days,
        calendar=beside.calendar,
    )
    telling = process.kind == ASSESSMENT and beside.by_link
    return Situation(
        process=str(process.id),
        timeline=timeline,
        asking=asking(stands, _requests(beside, stands, policy)),
        policy=policy,
        armed_from=process.armed_from or now,
        now=now,
        facts=stands,
        terms=_terms(process, beside),
        calendar=beside.calendar,
        to_tell=_to_tell(beside) if telling else (),
        from_file=_from_file(beside, stands) if telling else frozenset(),
    )


def _to_tell(beside: Beside) -> tuple[str, ...]:
    """Whom a link can tell what the law wants them to know. A child without a school or setting has no head to tell."""
    setting = beside.setting_urn()
    return tuple(each for each in CATEGORY_OF.values() if each != "education" or setting)


def _from_file(beside: Beside, stands: Sequence[Fact]) -> frozenset[int]:
    """Nothing is asked where nobody would be told of any."""
    wanted = [each.fact.sequence for each in tidings(stands)]
    return beside.from_file(wanted) if wanted else frozenset()


def _terms(process: Process, beside: Beside) -> Terms:
    """The terms of the school or setting that is written to: in an assessment only where one is asked."""
    asked = next((row for row in beside.requests if _to_school(row)), None)
    if asked is None and process.kind == ASSESSMENT:
        return NO_TERMS
    return beside.terms_of((asked.setting_urn if asked else None) or beside.setting_urn())


def _to_school(row: AdviceRequest) -> bool:
    return row.body_id is None and row.category == "education"


def _requests(beside: Beside, stands: Sequence[Fact], policy: Policy) -> Iterable[Request]:
    """The requests that are sought, and those that were announced before they were dropped."""
    rows = beside.requests
    services = beside.services() if policy.services else _NO_SERVICES
    # Only a link can carry the whole request, with its papers.
    papers_from = beside.papers_from() if beside.by_link and any(row.mode == SOUGHT for row in rows) else None
    undelivered = beside.given_up() if papers_from else frozenset[str]()
    announcing = any(row.mode == SOUGHT and row.announced_at is None for row in rows)
    quiet = announcing and _decided_by_file(beside, stands)
    again = any(fact.kind in GO_ON_AGAIN for fact in stands)
    stopped = beside.told_to_stop() if again else frozenset[str]()
    back = beside.passed_back(stands)
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


def _decided_by_file(beside: Beside, stands: Sequence[Fact]) -> bool:
    """Whether the decision to assess came from a file: the advisers of an old case were asked long ago."""
    decided = [fact.sequence for fact in stands if fact.kind == "decision_to_assess"]
    return bool(decided and beside.from_file(decided[-1:]))
