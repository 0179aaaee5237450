"""The messages of one case kept in step with what is true, as `casework.claims` keeps those of a real one."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from casework.claims import standing_of, to_claim
from casework.earlier import ENDED, UNTRUE, Claim, Earlier
from casework.notices import Notice, Notices
from casework.statuses import HELD, QUEUED, SENT, SKIPPED
from scorecard.rehearsal.held import Held
from scorecard.rehearsal.situation import notices_of, situation_of
from scorecard.rehearsal.world import World
from statute.changed_ladders import brought_late
from statute.situation import Situation


@dataclass(slots=True)
class Waiting:
    """A message that waits: what it says, and whether it may go."""

    notice: Notice
    status: str


@dataclass(slots=True)
class Letterbox:
    """The messages of one case that wait, by their keys."""

    waiting: dict[str, Waiting] = field(default_factory=dict[str, Waiting])


def settle(case: Held, box: Letterbox, world: World, now: datetime) -> tuple[Situation, Notices]:
    """Bring what waits in step with the case as at `now` (aware), and put down what is new, each once."""
    situation = situation_of(case, world, now)
    found = notices_of(case, world, situation)
    wanted = {notice.key: notice for notice in found.due}
    ended = situation.timeline.ended_on is not None
    for key in [each for each in box.waiting if each not in wanted]:
        del box.waiting[key]
        _claim(case, key, SKIPPED, _why_not(key, found, ended=ended), case.claims[key].created_at)
    for key, notice in wanted.items():
        if key in box.waiting or _waits_from_before(case, key):
            box.waiting[key] = Waiting(notice, standing_of(notice, found)[0])
    _put_down(case, box, world, situation, found)
    return situation, found


def _put_down(case: Held, box: Letterbox, world: World, situation: Situation, found: Notices) -> None:
    earlier = Earlier(dict(case.claims))
    late = _brought_late(world, situation, [notice for notice in found.due if not earlier.knows(notice)])
    for notice, status, reason in to_claim(found, earlier, late):
        _named(case, notice, status, reason, situation.now)
        if status != SKIPPED:
            box.waiting[notice.key] = Waiting(notice, status)
    for notice in found.due:
        if earlier.was_given_up(notice):
            status, reason = standing_of(notice, found)
            box.waiting[notice.key] = Waiting(notice, status)
            _named(case, notice, status, reason, earlier.claims[notice.key].created_at)


def may_go(box: Letterbox, *, urgent: bool) -> Iterable[Notice]:
    """What waits and may go: what cannot wait for the round, or everything else."""
    queued = [each.notice for each in box.waiting.values() if each.status == QUEUED]
    return [notice for notice in queued if notice.urgent == urgent]


def sent(case: Held, box: Letterbox, notice: Notice) -> None:
    """Note that it went."""
    box.waiting.pop(notice.key)
    _claim(case, notice.key, SENT, "", case.claims[notice.key].created_at)


def _brought_late(world: World, situation: Situation, new: Iterable[Notice]) -> frozenset[str]:
    rules = world.rules
    old = [notice for notice in new if notice.at.date() < rules.since.date()] if rules.changed else []
    return brought_late(situation, old, rules.at) if old else frozenset()


def _waits_from_before(case: Held, key: str) -> bool:
    """Put down before the rehearsal began, and not sent by then."""
    claim = case.claims.get(key)
    return claim is not None and claim.status in (QUEUED, HELD)


def _why_not(key: str, found: Notices, *, ended: bool) -> str:
    return ENDED if ended else next((why for notice, why in found.passed if notice.key == key), UNTRUE)


def _named(case: Held, notice: Notice, status: str, reason: str, at: datetime) -> None:
    case.kinds[notice.key] = (notice.kind, notice.subject)
    _claim(case, notice.key, status, reason, at)


def _claim(case: Held, key: str, status: str, reason: str, at: datetime) -> None:
    case.claim(key, Claim(status, reason, at))
