"""Small years worked by hand: cases by names that say what is at the border in each, and who is behind a figure."""

from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from sqlmodel import Session

from casework.plans import open_plan
from casework.recording import record
from records.tables import Person
from scorecard.behind import Side, behind
from scorecard.measures import measure
from scorecard.period import year_of
from statute.notation import parse_fact
from tests.casework.support import NOW, OFFICER, Council, council_of
from tests.scorecard.conftest import write
from tests.support.database import Cluster

ABOUT = ("corrected", "retracted", "opened_in_error")


@dataclass(frozen=True)
class Received:
    """A request, and what happened then: `kind+days` counts from the request, `kind=day` is that day."""

    on: str
    facts: Sequence[str] = ()


@dataclass(frozen=True)
class Made:
    """A plan, with what its file said of it; then what happened in its first review, and in its second."""

    facts: Sequence[str]
    first: Sequence[str] = ()
    second: Sequence[str] = ()


@contextmanager
def council_with(
    cluster: Cluster, folder: Path, requests: Mapping[str, Received], plans: Mapping[str, Made]
) -> Generator[Council]:
    """A council with these cases and no others; one for all tests of a file."""
    made = cluster.create()
    council = council_of(made.engine, folder)
    try:
        for name, request in requests.items():
            case = council.opens(request.on, case_ref=name, confirm=True)
            write(council, case, *(_dated(fact, request.on) for fact in request.facts))
        for name, plan in plans.items():
            _make(council, name, plan)
        yield council
    finally:
        made.engine.dispose()
        cluster.drop(made.name)


def counted_in(council: Council, name: str, year: int, side: Side = Side.COUNTED) -> set[str]:
    """The references of the cases in a figure for a calendar year; of plans those of the plans."""
    found = behind(council.db, measure(name), year_of(year), OFFICER, side, page=None)
    return {each.case_ref.partition("/")[0] for each in found.cases}


def names(text: str) -> set[str]:
    """References, written one after another with commas."""
    return set(filter(None, text.split(", ")))


def _dated(fact: str, received: str) -> str:
    what, plus, days = fact.partition("+")
    if not plus:
        return fact
    number, *rest = days.split(";")
    return ";".join([f"{what}={date.fromisoformat(received) + timedelta(int(number))}", *rest])


def _make(council: Council, name: str, plan: Made) -> None:
    with Session(council.db) as session, session.begin():
        person = Person(
            authority="000", surname=name.title(), forename="Kit", date_of_birth=date(2014, 1, 1), setting_urn="117222"
        )
        session.add(person)
        session.flush()
        open_plan(session, person, name, [parse_fact(fact) for fact in plan.facts], OFFICER, NOW)
    for number, facts in enumerate((plan.first, plan.second), start=1):
        # What is corrected or taken back has to be on record before.
        for together in filter(None, _apart(facts)):
            record(council.db, f"{name}/R{number}", list(map(parse_fact, together)), OFFICER, NOW, confirm=True)


def _apart(facts: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    first = next((place for place, fact in enumerate(facts) if fact.startswith(ABOUT)), len(facts))
    return facts[:first], facts[first:]
