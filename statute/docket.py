"""What a new fact is judged against: the process as it stands without it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from statute.calendar import ENGLAND, Calendar
from statute.case import Case, read_case
from statute.facts import Fact
from statute.kind import ANNUAL_REVIEW, ASSESSMENT
from statute.norms import NO_NORMS
from statute.review_case import read_review
from statute.standing import as_now_known, corrected, standing, target_of

READ = {ASSESSMENT: read_case, ANNUAL_REVIEW: read_review}
"""How the facts of each process are read."""


@dataclass(frozen=True, slots=True)
class Docket:
    """A new fact before its judge.

    `recorded` is the ledger as it is; `others` the facts that stand beside the one being judged; `case` the
    process they make. `new` is what was said; `fact` what would then stand: for a correction the corrected fact,
    for a retraction None. `target` is the fact a correction or retraction is about.
    """

    recorded: Sequence[Fact]
    others: Sequence[Fact]
    case: Case
    new: Fact
    fact: Fact | None
    target: Fact | None
    today: date
    process: str = ASSESSMENT

    @property
    def start(self) -> date | None:
        """The day the process began, without the new fact."""
        return self.case.started.day if self.case.started else None


def docket(
    recorded: Sequence[Fact], new: Fact, today: date, process: str = ASSESSMENT, calendar: Calendar = ENGLAND
) -> Docket:
    """Lay the new fact beside what is recorded of a process of that name."""
    # Once, so that a fact that was corrected before is the same one in both.
    known = as_now_known(recorded)
    stands = standing(known)
    target, fact, others = None, new, stands
    if new.kind in ("corrected", "retracted"):
        # Also a closing that was reopened since can have been recorded wrongly.
        target = target_of(known, new)
        others = tuple(each for each in stands if each is not target)
        fact = corrected(target, new) if target and new.kind == "corrected" else None
    elif not new.sequence:
        fact = replace(new, sequence=max((each.sequence for each in recorded), default=0) + 1)
    case = READ[process](others, date.max, calendar, NO_NORMS, 0)
    return Docket(recorded, others, case, new, fact, target, today, process)
