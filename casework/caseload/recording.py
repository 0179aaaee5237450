"""Adding the file's facts to one case, and bringing what is derived from them in step.

The app's own commands do the same with a person there to ask. Here nobody can be asked: what is unlawful but may be
real is recorded (an import is itself the confirmation), what cannot be is left out and told.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlmodel import Session

from casework.caseload.differences import Change
from casework.caseload.store import IMPORT
from casework.cases import Case
from casework.effects import settle
from casework.refresh import refresh, write_wake
from casework.spells import Norms
from records.ledger import append_many
from statute.judgement import judge


@dataclass(frozen=True, slots=True)
class Scribe:
    """Who records, when, and what is the same for every row. `today` is the as-of day of the file."""

    actor_name: str
    now: datetime
    today: date
    norms: Norms


@dataclass(frozen=True, slots=True)
class Recorded:
    """How many facts were added, and sentences: facts that cannot be, and odd ones that were recorded."""

    added: int
    left_out: tuple[str, ...]
    odd: tuple[str, ...]


def record_changes(session: Session, case: Case, changes: Sequence[Change], scribe: Scribe) -> Recorded:
    """Judge and append; refresh requests, plan, end, read model and wake when anything was added."""
    accepted: list[Change] = []
    left_out: list[str] = []
    odd: list[str] = []
    known = list(case.facts)
    for change in changes:
        numbered = replace(change.fact, sequence=len(known) + 1, recorded_at=scribe.now)
        judgement = judge(known, numbered, scribe.today)
        if judgement.refusals:
            left_out.extend(judgement.refusals)
            continue
        odd.extend([*judgement.confirmations, *judgement.warnings])
        known.append(numbered)
        accepted.append(replace(change, fact=numbered))
    if accepted:
        _append(session, case, accepted, scribe)
    return Recorded(len(accepted), tuple(dict.fromkeys(left_out)), tuple(dict.fromkeys(odd)))


def _append(session: Session, case: Case, accepted: Sequence[Change], scribe: Scribe) -> None:
    said = [(change.fact, change.texts) for change in accepted]
    append_many(session, case.process, said, scribe.actor_name, IMPORT, scribe.now)
    new = [change.fact for change in accepted]
    case.facts.extend(new)
    settled = settle(session, case, new, scribe.now)
    refresh(session, case, scribe.now, scribe.norms)
    if settled.wake:
        write_wake(session, case.process, scribe.now)
