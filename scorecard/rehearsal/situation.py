"""One case of a rehearsal as the ladder sees it: `casework.seen_now` asks the rehearsal instead of the records."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from casework.notices import Notices, notices
from casework.recipients import Recipients
from casework.seen_now import situation_of as seen
from casework.statuses import FAILED, SENT, WAITING
from records.tables import AdviceRequest
from scorecard.rehearsal.held import Held
from scorecard.rehearsal.world import World
from statute.calendar import Calendar
from statute.facts import Fact
from statute.ladder import Kind
from statute.situation import Situation
from statute.terms import Terms


def situation_of(case: Held, world: World, now: datetime) -> Situation:
    """The situation of a case at `now` (aware)."""
    return seen(case.process, case.facts, _Rehearsed(case, world), world.policy, now)


def notices_of(case: Held, world: World, situation: Situation) -> Notices:
    """What is to be said in that situation, addressed by the directories of the day."""
    directory = world.directory_on(situation.today)
    return notices(situation, Recipients(directory, case.process, case.person, case.requests), case.done)


class _Rehearsed:
    """What a rehearsal knows of a case beside its facts."""

    def __init__(self, case: Held, world: World) -> None:
        self._case, self._world = case, world

    @property
    def requests(self) -> Sequence[AdviceRequest]:
        return self._case.requests

    @property
    def by_link(self) -> bool:
        return self._world.by_link

    @property
    def calendar(self) -> Calendar:
        return self._world.calendar

    def setting_urn(self) -> str | None:
        return self._case.person.setting_urn

    def services(self) -> Mapping[UUID, str]:
        return self._world.services

    def papers_from(self) -> datetime | None:
        return self._case.papers_from

    def given_up(self) -> frozenset[str]:
        return self._subjects(Kind.REQUEST, FAILED)

    def told_to_stop(self) -> frozenset[str]:
        return self._subjects(Kind.STOP, SENT)

    def passed_back(self, stands: Sequence[Fact]) -> frozenset[str]:
        if not any(fact.kind == "advice_reassigned" for fact in stands):
            return frozenset()
        return self._subjects(Kind.PASSED_ON, *WAITING) & {self._case.kinds[key][1] for key in self._case.fallbacks}

    def from_file(self, sequences: Sequence[int]) -> frozenset[int]:
        return self._case.from_file.intersection(sequences)

    def terms_of(self, setting_urn: str | None) -> Terms:
        return self._world.terms_of(setting_urn)

    def _subjects(self, kind: Kind, *statuses: str) -> frozenset[str]:
        found = (key for key, claim in self._case.claims.items() if claim.status in statuses)
        return frozenset(self._case.kinds[key][1] for key in found if self._case.kinds[key][0] == kind.value)
