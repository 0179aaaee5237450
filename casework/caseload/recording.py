"""Adding the file's facts to its cases, and bringing what is derived from them in step.

The app's own commands do the same with a person there to ask. Here nobody can be asked: what is unlawful but may be
real is recorded (an import is itself the confirmation), what cannot be is left out and told. All cases of a chunk are
judged first and then written together, in few journeys to the database.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from casework.calendars import calendar_in_force
from casework.caseload.differences import Change
from casework.caseload.store import IMPORT
from casework.cases import Case
from casework.effects import Settled, settle
from casework.final_plans import open_made
from casework.refresh import add_rows, refresh, rows_of, write_wakes
from casework.spells import Norms
from config.clock import london_day
from records.ledger import NO_TEXTS, Said, append_chains
from statute.calendar import ENGLAND, Calendar
from statute.facts import Fact
from statute.judgement import judge


@dataclass(frozen=True, slots=True)
class Scribe:
    """Who records, when, and what is the same for every row. `today` is the as-of day of the file."""

    actor_name: str
    now: datetime
    today: date
    norms: Norms
    calendar: Calendar = ENGLAND


@dataclass(slots=True)
class Weighed:
    """What can be recorded, and sentences with the kind they are about: facts that cannot be and are left out, odd
    ones that are recorded."""

    accepted: list[Change] = field(default_factory=list[Change])
    left_out: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    odd: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])


@dataclass(slots=True)
class Judged(Weighed):
    """What is to be recorded of one case."""

    case: Case = field(kw_only=True)
    new: bool = field(kw_only=True)

    @property
    def said(self) -> list[Said]:
        """The facts with their free text; nothing more can be written in free text about a person who was erased."""
        erased = self.case.person.text_key is None
        return [(change.fact, NO_TEXTS if erased else change.texts) for change in self.accepted]


def judged(case: Case, changes: Sequence[Change], scribe: Scribe, *, new: bool) -> Judged:
    """Judge what a row changes in one case; nothing is written."""
    found = weighed(case.facts, changes, scribe, case.process.kind)
    return Judged(found.accepted, found.left_out, found.odd, case=case, new=new)


def weighed(facts: Sequence[Fact], changes: Sequence[Change], scribe: Scribe, process: str) -> Weighed:
    """Judge what a row adds to the facts of a process of that kind."""
    found = Weighed()
    known = list(facts)
    for change in changes:
        fact = replace(change.fact, sequence=len(known) + 1, recorded_at=scribe.now)
        judgement = judge(known, fact, scribe.today, process, scribe.calendar)
        if judgement.refusals:
            found.left_out.extend((fact.subject if fact.supersedes else fact.kind, said) for said in judgement.refusals)
            continue
        found.odd.extend((fact.kind, said) for said in (*judgement.confirmations, *judgement.warnings))
        known.append(fact)
        found.accepted.append(replace(change, fact=fact))
    return found


def record_all(session: Session, cases: Sequence[Judged], scribe: Scribe) -> None:
    """Append what was accepted of every case; then refresh requests, plans, ends, read model and wakes."""
    changed = [each for each in cases if each.accepted]
    append_chains(session, [(each.case.process, each.said) for each in changed], scribe.actor_name, IMPORT, scribe.now)
    settled = [_settled(session, each, scribe) for each in changed]
    calendar = calendar_in_force(session)
    add_rows(session, [row for each in changed if each.new for row in _rows_of(each.case, scribe, calendar)])
    for each in changed:
        if not each.new:
            refresh(session, each.case, scribe.now, scribe.norms)
    open_made(session, [plan for each in settled for plan in each.plans], scribe.now)
    write_wakes(session, [process for each in settled for process in each.wakes], scribe.now)


def _settled(session: Session, each: Judged, scribe: Scribe) -> Settled:
    """Bring requests, plan and end of a case in step."""
    added = [change.fact for change in each.accepted]
    each.case.facts.extend(added)
    return settle(session, each.case, added, scribe.now)


def _rows_of(case: Case, scribe: Scribe, calendar: Calendar) -> list[dict[str, Any]]:
    today = max(scribe.today, london_day(scribe.now))
    return rows_of(case, today, scribe.norms, calendar)
