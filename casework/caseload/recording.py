"""Adding the file's facts to one case, and bringing what is derived from them in step.

The app's own commands do the same with a person there to ask. Here nobody can be asked: what is unlawful but may be
real is recorded (an import is itself the confirmation), what cannot be is left out and told.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from casework.caseload.differences import Change
from casework.caseload.store import IMPORT
from casework.cases import Case
from casework.effects import settle
from casework.refresh import add_rows, refresh, row_of, write_wake
from casework.spells import Norms, spells
from config.clock import london_day
from records.ledger import NO_TEXTS, append_many
from statute.judgement import judge


@dataclass(frozen=True, slots=True)
class Scribe:
    """Who records, when, and what is the same for every row. `today` is the as-of day of the file; `spells` are the
    rows of the read model that wait to be written."""

    actor_name: str
    now: datetime
    today: date
    norms: Norms
    spells: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])

    def write_spells(self, session: Session) -> None:
        """Write the read model of the new cases since the last time, all together."""
        add_rows(session, self.spells)
        self.spells.clear()


@dataclass(frozen=True, slots=True)
class Recorded:
    """How many facts were added, and sentences with the kind they are about: facts that cannot be and were left out,
    odd ones that were recorded."""

    added: int
    left_out: tuple[tuple[str, str], ...]
    odd: tuple[tuple[str, str], ...]


def record_changes(session: Session, case: Case, changes: Sequence[Change], scribe: Scribe, *, new: bool) -> Recorded:
    """Judge and append; refresh requests, plan, end, read model and wake when anything was added.

    The read model of a `new` case waits for `Scribe.write_spells`.
    """
    accepted: list[Change] = []
    left_out: list[tuple[str, str]] = []
    odd: list[tuple[str, str]] = []
    known = list(case.facts)
    for change in changes:
        numbered = replace(change.fact, sequence=len(known) + 1, recorded_at=scribe.now)
        judgement = judge(known, numbered, scribe.today)
        if judgement.refusals:
            left_out.extend(
                (numbered.subject if numbered.supersedes else numbered.kind, said) for said in judgement.refusals
            )
            continue
        odd.extend((numbered.kind, said) for said in (*judgement.confirmations, *judgement.warnings))
        known.append(numbered)
        accepted.append(replace(change, fact=numbered))
    if accepted:
        _append(session, case, accepted, scribe, new=new)
    return Recorded(len(accepted), tuple(dict.fromkeys(left_out)), tuple(dict.fromkeys(odd)))


def _append(session: Session, case: Case, accepted: Sequence[Change], scribe: Scribe, *, new: bool) -> None:
    erased = case.person.text_key is None  # nothing more can be written about them in free text
    said = [(change.fact, NO_TEXTS if erased else change.texts) for change in accepted]
    append_many(session, case.process, said, scribe.actor_name, IMPORT, scribe.now)
    added = [change.fact for change in accepted]
    case.facts.extend(added)
    settled = settle(session, case, added, scribe.now)
    if new:
        found = spells(case.process.kind, case.facts, max(scribe.today, london_day(scribe.now)), scribe.norms)
        scribe.spells.extend(row_of(case.process, case.person, spell) for spell in found)
    else:
        refresh(session, case, scribe.now, scribe.norms)
    if settled.wake:
        write_wake(session, case.process, scribe.now)
