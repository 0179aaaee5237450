"""What a policy says, in words: the ladder of a service, and what differs between two policies."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Engine

from casework.directory_lists import services
from statute.kind import CATEGORIES
from statute.policy import Advice, Policy
from statute.words import count, listed

FIELDS: Mapping[str, str] = {
    "adviser": "Letters to whoever was asked",
    "then_every": "After the last of them, every so many days",
    "service_manager": "The service's manager is told",
    "oldest_report": "Oldest report, in days",
    "norm_weeks": "Local norm, in weeks",
}
"""Every value of a service's table, by its name in the file."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds for one service: `name` is empty for everybody, a category, or category/code.

    `own` are the names of what its own table says; everything else it has from those above it. `norm_weeks` is 0
    without a norm. `title` is the service's name in the directory, empty for a category; `known`: it is there.
    """

    name: str
    title: str
    advice: Advice
    norm_weeks: int
    own: frozenset[str] = frozenset()
    known: bool = True

    @property
    def category(self) -> str:
        """The category it belongs to; empty for everybody."""
        return self.name.partition("/")[0]

    @property
    def ladder(self) -> str:
        """When whoever was asked is written to."""
        return ladder_words(self.advice.adviser, self.advice.then_every)

    @property
    def managers(self) -> str:
        """When the service's manager is told."""
        return ladder_words(self.advice.service_manager)

    def words(self, field: str) -> str:
        """One of its values in words."""
        if field == "adviser":
            return self.ladder
        if field == "service_manager":
            return self.managers
        value = self.norm_weeks if field == "norm_weeks" else getattr(self.advice, field)
        return (
            {"norm_weeks": "none", "oldest_report": "any age", "then_every": "no more"}[field]
            if not value
            else str(value)
        )


def rules_of(db: Engine, policy: Policy, today: date) -> list[Rules]:
    """What holds for everybody, for each category, and for each service of the directory or of the policy."""
    titles = {f"{each.category}/{each.code}": each.name for each in services(db, today)}
    names = {*titles, *policy.services}
    found = [_rules(policy, "", "", known=True)]
    for category in CATEGORIES:
        found.append(_rules(policy, category, "", known=True))
        below = sorted(name for name in names if name.startswith(f"{category}/"))
        found += [_rules(policy, name, titles.get(name, ""), known=name in titles) for name in below]
    return found


def rules_for(policy: Policy, name: str, title: str = "") -> Rules:
    """What holds for one service."""
    return _rules(policy, name, title, known=True)


def _rules(policy: Policy, name: str, title: str, *, known: bool) -> Rules:
    norms, own = policy.norms_of_services(), policy.services.get(name)
    said = own.model_dump(exclude_unset=True, exclude_none=True) if own else {}
    weeks = norms.get(name, norms.get(name.partition("/")[0], 0)) if name else 0
    return Rules(name, title, policy.advice_of(name), weeks, frozenset(said), known)


def ladder_words(rungs: Sequence[int], then_every: int = 0) -> str:
    """`14, 7 and 2 days before, on the day, 3 and 7 days after, then every 7 days`."""
    parts = list(_parts(rungs))
    if then_every:
        every = f"every {count(then_every, 'day')}" if then_every > 1 else "every day"
        parts.append(f"then {every}" if parts else f"{every} after")
    return ", ".join(parts) or "never"


def _parts(rungs: Sequence[int]) -> Iterator[str]:
    before, after = [-each for each in rungs if each < 0], [each for each in rungs if each > 0]
    if before:
        yield f"{listed(map(str, before))} {_days(before)} before"
    if 0 in rungs:
        yield "on the day"
    if after:
        yield f"{listed(map(str, after))} {_days(after)} after"


def _days(numbers: Sequence[int]) -> str:
    return "day" if numbers == [1] else "days"


@dataclass(frozen=True, slots=True)
class Difference:
    """One value that differs: of which service (empty: everybody), which, and its words before and after."""

    name: str
    field: str
    was: str
    now: str


def differences(before: Policy, after: Policy) -> list[Difference]:
    """Every value that holds for everybody or is some service's own, and differs."""
    names = ["", *sorted({*before.services, *after.services})]
    return [each for name in names for each in _differences(rules_for(before, name), rules_for(after, name))]


def other_tables(before: Policy, after: Policy) -> list[str]:
    """The names of all other tables and values that differ."""
    fields = (name for name in Policy.model_fields if name not in ("advice", "services"))
    return [name for name in fields if getattr(before, name) != getattr(after, name)]


def _differences(before: Rules, after: Rules) -> Iterator[Difference]:
    for field in FIELDS:
        was, now = before.words(field), after.words(field)
        if was != now:
            yield Difference(before.name, field, was, now)
