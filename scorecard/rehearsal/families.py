"""Letters to the family of a rehearsed case: drafted as a clock drafts them, sent only where the policy lets them go.

Nobody approves a draft in a rehearsal, so what waits for a person's look stays where it is.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from casework.families.settling import Letters
from casework.families.states import APPROVED, DRAFT, DROPPED, EMAIL, LETTER, SENT
from casework.families.wanted import matters, next_wake
from scorecard.rehearsal.held import Held
from statute.situation import Situation

LOOKED_AT, BY_ITSELF, BY_HAND, NO_LONGER = (
    "waits for an officer to approve it",
    "goes by itself",
    "an officer prints and posts it",
    "dropped again: no longer true",
)
"""What becomes of a letter to a family."""


@dataclass(frozen=True, slots=True)
class ToFamily:
    """What became of a letter to a family at `at` (aware). There is no address in it, and no name."""

    at: datetime
    kind: str
    limit: str
    became: str


def settle_letters(case: Held, situation: Situation) -> tuple[datetime | None, list[ToFamily]]:
    """Bring the letters of a case in step with it, as its clock does: when to look again, and what became of them."""
    found = matters(situation, imported=case.process.imported)
    became: list[ToFamily] = []
    if case.letters or any(matter.rung for matter in found):
        letters = Letters(case.process, situation, found, case.family)
        became += _looked_again(case, letters, situation.now)
        became += _put_down(case, letters)
    return next_wake(situation), became


def send_letters(case: Held, situation: Situation, *, paper: bool) -> list[ToFamily]:
    """What the post round takes of the letters that are approved; on paper only where `paper` is posted for us."""
    if situation.asking.held_until(situation.today) is not None or not goes_by_itself(case, paper=paper):
        return []
    _, became = settle_letters(case, situation)
    for row in case.letters:
        if row.status == APPROVED and row.way in _ways(paper=paper):
            row.status, row.sent_at = SENT, situation.now
            became.append(ToFamily(situation.now, row.kind, row.limit_id, BY_ITSELF))
    return became


def goes_by_itself(case: Held, *, paper: bool) -> bool:
    """Whether a letter waits for the next round only."""
    return any(row.status == APPROVED and row.way in _ways(paper=paper) for row in case.letters)


def _ways(*, paper: bool) -> tuple[str, ...]:
    return (EMAIL, LETTER) if paper else (EMAIL,)


def _looked_again(case: Held, letters: Letters, now: datetime) -> Iterator[ToFamily]:
    for row in case.letters:
        before = row.status
        letters.look_again([row])
        if row.status != before:
            became = NO_LONGER if row.status == DROPPED else LOOKED_AT
            yield ToFamily(now, row.kind, row.limit_id, became)


def _put_down(case: Held, letters: Letters) -> Iterator[ToFamily]:
    taken = {row.step_key for row in case.letters}
    for row in letters.wanted(case.letters):
        if row.step_key in taken:
            continue
        case.letters.append(row)
        if row.status == DRAFT:
            yield ToFamily(row.drafted_at, row.kind, row.limit_id, LOOKED_AT)
        elif row.way == LETTER:
            yield ToFamily(row.drafted_at, row.kind, row.limit_id, BY_HAND)
