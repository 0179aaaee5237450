"""One case of a rehearsal as the ladder sees it: the same law, asking and notices as when a clock wakes.

`casework.situations` reads the same things from the database. A test holds the two against each other: a rehearsal
and the real clocks, taken through the same weeks, must put down the same mails.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from casework.notices import Notices, notices
from casework.policies import norms_of
from casework.recipients import Recipients
from casework.situations import SOUGHT
from casework.statuses import FAILED, SENT
from config.clock import london_day
from records.tables import AdviceRequest
from scorecard.rehearsal.caseload import Held
from scorecard.rehearsal.world import World
from statute.asks import GO_ON_AGAIN, Request, asking
from statute.facts import Fact
from statute.kind import ASSESSMENT
from statute.ladder import Kind
from statute.notifying import CATEGORY_OF
from statute.processes import timeline_of
from statute.situation import Situation
from statute.standing import standing
from statute.terms import NO_TERMS, Terms


def situation_of(case: Held, world: World, now: datetime) -> Situation:
    """The situation of a case at `now` (aware)."""
    today, policy = london_day(now), world.policy
    stands = standing(case.facts, today)
    timeline = timeline_of(
        case.process.kind,
        case.facts,
        today,
        norms=norms_of(policy),
        due_soon_days=policy.due_soon_days,
        calendar=world.calendar,
    )
    return Situation(
        process=str(case.process.id),
        timeline=timeline,
        asking=asking(stands, _requests(case, world, stands)),
        policy=policy,
        armed_from=case.process.armed_from or now,
        now=now,
        facts=stands,
        terms=_terms(case, world),
        calendar=world.calendar,
        to_tell=_to_tell(case, world),
        from_file=case.from_file,
    )


def notices_of(case: Held, world: World, situation: Situation) -> Notices:
    """What is to be said in that situation, addressed by the directories of the day."""
    directory = world.directory_on(situation.today)
    return notices(situation, Recipients(directory, case.process, case.person, case.requests))


def _requests(case: Held, world: World, stands: Sequence[Fact]) -> Iterable[Request]:
    undelivered = _subjects(case, Kind.REQUEST, FAILED)
    stopped = _subjects(case, Kind.STOP, SENT) if any(fact.kind in GO_ON_AGAIN for fact in stands) else frozenset[str]()
    quiet = _decided_by_file(case, stands)
    for row in case.requests:
        if row.mode == SOUGHT or row.announced_at:
            sought = row.mode == SOUGHT and not (quiet and row.announced_at is None)
            yield Request(
                subject=row.subject,
                to_school=_to_school(row),
                announce_from=row.created_at if sought else None,
                announced=row.announced_at is not None,
                papers_from=case.papers_from if sought and world.by_link else None,
                stopped=row.subject in stopped,
                service=_service(row, world),
                to_colleague=row.asked_of is not None,
                undelivered=row.subject in undelivered,
            )


def _service(row: AdviceRequest, world: World) -> str:
    body = world.directory.bodies.get(row.body_id) if row.body_id and world.policy.services else None
    return f"{body.category}/{body.code}" if body else ""


def _decided_by_file(case: Held, stands: Sequence[Fact]) -> bool:
    decided = [fact.sequence for fact in stands if fact.kind == "decision_to_assess"]
    return bool(decided) and decided[-1] in case.from_file


def _subjects(case: Held, kind: Kind, status: str) -> frozenset[str]:
    found = (key for key, claim in case.claims.items() if claim.status == status)
    return frozenset(case.kinds[key][1] for key in found if case.kinds[key][0] == kind.value)


def _to_school(row: AdviceRequest) -> bool:
    return row.body_id is None and row.category == "education"


def _terms(case: Held, world: World) -> Terms:
    asked = next((row for row in case.requests if _to_school(row)), None)
    if asked is None and case.process.kind == ASSESSMENT:
        return NO_TERMS
    return world.terms_of((asked.setting_urn if asked else None) or case.person.setting_urn)


def _to_tell(case: Held, world: World) -> tuple[str, ...]:
    if case.process.kind != ASSESSMENT or not world.by_link:
        return ()
    return tuple(each for each in CATEGORY_OF.values() if each != "education" or case.person.setting_urn)
