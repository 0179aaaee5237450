"""What another policy would change, before anybody adopts it: local norms that move, letters that come or do not."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Engine, text
from sqlmodel import Session, col, select

from casework.actor import Actor
from casework.cases import authority, may_see
from casework.earlier import Earlier, claims_of
from casework.errors import Refused
from casework.policy_change import PolicyChange, both
from casework.policy_versions import version_in
from casework.situations import as_followed
from casework.statuses import WAITING
from config.clock import london_day
from records.tables import Person, Process
from statute.changed_ladders import brought_late
from statute.ladder import OVERTAKEN, Step
from statute.policy import load_policy
from statute.policy_errors import PolicyError
from statute.situation import Situation
from statute.steps import ADVICE_LIMITS, steps
from statute.timeline import OPEN

MOST = 200
"""Cases that are looked at, the most urgent first: somebody waits for the page."""

SHOWN = 50
"""Norm days that are listed."""

# What is open now, the most urgent case first, with the services that owe it advice.
_OPEN = text("""
SELECT d.process_id, array_agg(DISTINCT coalesce(b.category || '/' || b.code, r.subject, d.subject)) AS services
FROM deadline d JOIN process p ON p.id = d.process_id
LEFT JOIN advice_request r ON r.process_id = d.process_id AND r.category = d.service AND d.limit_id = ANY (:advice)
LEFT JOIN body b ON b.id = r.body_id
WHERE d.authority = :authority AND d.to_day IS NULL AND d.standing = 'open' AND p.ended_on IS NULL AND p.version > 0
AND (:everything OR d.limit_id = ANY (:advice)) AND (p.kind <> 'annual-review' OR EXISTS
    (SELECT FROM review v WHERE v.process_id = p.id AND v.opened_at IS NOT NULL))
GROUP BY d.process_id ORDER BY min(d.legal_due), d.process_id
""")


@dataclass(frozen=True, slots=True)
class NormMove:
    """A local norm of a case that the reader may see: its day, and what it would be."""

    mail_ref: str
    case_ref: str
    limit: str
    subject: str
    was: date | None
    now: date | None
    process_id: UUID


@dataclass(slots=True)
class Preview:
    """What would change if a policy were adopted now, in the cases looked at (`looked` of `affected`).

    `after` is the version in force; `nothing`: the policy says the same. `come` and `go` count the letters of today and
    tomorrow that would be due and are not, or are and would not be, by kind. `passed_over`: rungs whose day is past and
    which are left out, the ladder going on; `past_once`: those whose ladder has no other, said once.
    """

    after: int
    nothing: bool = False
    affected: int = 0
    looked: int = 0
    norms: list[NormMove] = field(default_factory=list[NormMove])
    norm_days: int = 0
    hidden: int = 0
    come: Counter[str] = field(default_factory=Counter[str])
    go: Counter[str] = field(default_factory=Counter[str])
    passed_over: int = 0
    past_once: int = 0


def preview(db: Engine, toml: str, actor: Actor, now: datetime) -> Preview:
    """Work out what that policy would change; nothing is written. Raises Refused where it cannot be read."""
    try:
        wanted = as_followed(load_policy(toml))
    except PolicyError as error:
        raise Refused(list(error.problems)) from error
    with Session(db) as session:
        inforce = version_in(session)
        before = as_followed(inforce.policy)
        result = Preview(inforce.number, nothing=before == wanted)
        if not result.nothing:
            _look(session, result, PolicyChange(before, wanted, now), actor)
        return result


def _look(session: Session, result: Preview, change: PolicyChange, actor: Actor) -> None:
    ids = _affected(session, change)
    result.affected, result.looked = len(ids), min(len(ids), MOST)
    query = select(Process, Person).join(Person, col(Person.id) == col(Process.person_id))
    for process, person in session.exec(query.where(col(Process.id).in_(ids[:MOST]))).all():
        _look_at(session, result, change, process, seen=may_see(person, actor))
    result.norms.sort(key=lambda move: (move.was or date.max, move.case_ref, move.subject))
    del result.norms[SHOWN:]


def _affected(session: Session, change: PolicyChange) -> Sequence[UUID]:
    alone = change.of_advice_alone
    bound = {"authority": authority(), "advice": sorted(ADVICE_LIMITS), "everything": not alone}
    rows = session.connection().execute(_OPEN, bound).all()
    touched = {service: change.touches(service) for _, services in rows for service in services}
    return [process for process, services in rows if not alone or any(touched[each] for each in services)]


def _look_at(session: Session, result: Preview, change: PolicyChange, process: Process, *, seen: bool) -> None:
    before, after = both(session, change, process)
    _compare_norms(result, process, before, after, seen=seen)
    earlier = claims_of(session, process)
    old, new = _to_come(before, earlier, change), _to_come(after, earlier, change)
    come = {key: step for key, step in new.items() if key not in old}
    past = [step for step in come.values() if _is_past(step, change)]
    passed = brought_late(after, past, lambda _: change.before)
    result.passed_over += len(passed)
    result.past_once += len(past) - len(passed)
    result.come.update(step.kind.value for key, step in come.items() if key not in passed)
    result.go.update(step.kind.value for key, step in old.items() if key not in new)


def _is_past(step: Step, change: PolicyChange) -> bool:
    return london_day(step.at) < london_day(change.now)


def _to_come(situation: Situation, earlier: Earlier, change: PolicyChange) -> Mapping[str, Step]:
    """The steps that are due and still to be said; what is of today and overtaken by tomorrow's is said today."""
    found = steps(situation)
    today = [each.step for each in found.passed if each.reason == OVERTAKEN and not _is_past(each.step, change)]
    return {step.key: step for step in (*found.due, *today) if _still(step, earlier)}


def _still(step: Step, earlier: Earlier) -> bool:
    claim = earlier.claims.get(step.key)
    if claim is None:
        return not earlier.spoke_since(step.key, step.at)
    return claim.status in WAITING


def _compare_norms(result: Preview, process: Process, before: Situation, after: Situation, *, seen: bool) -> None:
    moves = list(_norm_moves(process, before, after))
    result.norm_days += len(moves)
    if seen:
        result.norms += moves
    else:
        result.hidden += len(moves)


def _norm_moves(process: Process, before: Situation, after: Situation) -> Iterator[NormMove]:
    for old in before.timeline.deadlines:
        new = after.timeline.get(old.limit, old.subject)
        if new is None or old.state not in OPEN or old.norm_due == new.norm_due:
            continue
        yield NormMove(
            process.mail_ref, process.case_ref, old.limit, old.subject, old.norm_due, new.norm_due, process.id
        )
