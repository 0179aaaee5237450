"""Requests that a rehearsal draws, so that half a year does not run dry: none of them is real.

As many as this caseload has had a week, or as many as were asked for; each at a school, with an officer and a way to
the family, like those of an open case drawn with it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from casework.families.who import Family
from config.clock import utc_of_london
from records.tables import Person, Process
from scorecard.rehearsal.held import Held, is_review
from statute.calendar import Calendar
from statute.facts import Fact
from statute.kind import ASSESSMENT
from statute.standing import standing

ARRIVES_AT = time(14)
NEW = "NEW-"
"""How the mail references of drawn requests begin; no real one has an E."""
_LEARNT_FROM = timedelta(weeks=52)
_DAY = timedelta(days=1)
_STARTS = frozenset({"request_received", "became_responsible"})


@dataclass(frozen=True, slots=True)
class Arriving:
    """How many requests come `per_week`, in the rehearsal from its first to its last day; `seed` for the draws."""

    per_week: float
    first: date
    last: date
    seed: int

    def drawn(self, cases: Sequence[Held], calendar: Calendar) -> Iterator[Held]:
        """The requests, on office days. None where there is no case to be like."""
        like = [each for each in cases if not is_review(each)] or list(cases)
        dice = Random(f"{self.seed}/requests")  # noqa: S311 - nothing secret
        waited = 0.0
        while like and self.per_week > 0:
            waited += dice.expovariate(self.per_week / 7)
            day = self.first + int(waited) * _DAY
            while not calendar.is_office_day(day):
                day += _DAY
            if day > self.last:
                return
            yield _request(dice, dice.choice(like), day)


def own_rate(ledgers: Mapping[UUID, tuple[str, Sequence[Fact]]], first: date) -> float:
    """How many requests a week this caseload has had in the year before that day."""
    days = (_began(facts, first) for kind, facts in ledgers.values() if kind == ASSESSMENT)
    return sum(day is not None and first - _LEARNT_FROM <= day < first for day in days) / 52


def is_drawn(case: Held) -> bool:
    """Whether the case is one that a rehearsal drew."""
    return case.begins is not None


def _began(facts: Sequence[Fact], today: date) -> date | None:
    return next((fact.day for fact in standing(facts, today) if fact.kind in _STARTS), None)


def _request(dice: Random, like: Held, day: date) -> Held:
    number, at = UUID(int=dice.getrandbits(128), version=4), utc_of_london(day, ARRIVES_AT)
    person = Person(
        id=number,
        authority=like.process.authority,
        surname="",
        forename="",
        setting_urn=like.person.setting_urn,
        sensitivity="ordinary",
        restricted_to=[],
    )
    fact = Fact("request_received", day, attributes={"source": "1"}, sequence=1, recorded_at=at)
    return Held(
        _process(number, like.process, person, at), Family(person, like.family.contacts, died=False), [fact], begins=at
    )


def _process(number: UUID, like: Process, person: Person, at: datetime) -> Process:
    return Process(
        id=number,
        authority=like.authority,
        person_id=person.id,
        kind=ASSESSMENT,
        case_ref=f"drawn/{number}",
        mail_ref=f"{NEW}{number.hex[:4].upper()}",
        officer=like.officer,
        team=like.team,
        opened_at=at,
        armed_from=at,
    )
