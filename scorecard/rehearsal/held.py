"""One process of a rehearsal, which grows with what happens in it."""

from dataclasses import dataclass, field
from datetime import date, datetime

from casework.earlier import Claim
from casework.families.who import Family
from casework.statuses import FAILED, SENT, SKIPPED
from records.tables import AdviceRequest, FamilyLetter, Person, Process
from statute.facts import Fact
from statute.kind import ANNUAL_REVIEW


@dataclass(slots=True)
class Held:
    """One process of the rehearsal, whose facts and claims grow with it.

    `opens_on`: the day on which a review's clock is still to be opened; `from_file` the numbers of facts that came
    from a file; `kinds` the kind and subject of each claim, by its key; `fallbacks` the address that is tried instead
    of one that refused, by the key of what waits; `letters` those to the `family`;
    `done` the keys of claims that nothing can change any more; `begins` when a request that was drawn comes (aware).
    """

    process: Process
    family: Family
    facts: list[Fact]
    requests: list[AdviceRequest] = field(default_factory=list[AdviceRequest])
    claims: dict[str, Claim] = field(default_factory=dict[str, Claim])
    kinds: dict[str, tuple[str, str]] = field(default_factory=dict[str, tuple[str, str]])
    done: set[str] = field(default_factory=set[str])
    fallbacks: dict[str, str] = field(default_factory=dict[str, str])
    letters: list[FamilyLetter] = field(default_factory=list[FamilyLetter])
    from_file: frozenset[int] = frozenset()
    papers_from: datetime | None = None
    opens_on: date | None = None
    begins: datetime | None = None

    def claim(self, key: str, claim: Claim) -> None:
        """Put a claim down, or how it stands now."""
        self.claims[key] = claim
        if claim.status in (SENT, FAILED) or (claim.status == SKIPPED and not claim.was_given_up):
            self.done.add(key)

    @property
    def person(self) -> Person:
        """The child or young person."""
        return self.family.person


def is_review(case: Held) -> bool:
    """Whether it is a review of a plan."""
    return case.process.kind == ANNUAL_REVIEW
