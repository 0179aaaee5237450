"""What is recorded of a case so far, and whose word each entry is: the file's or a person's."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from statute.facts import Fact
from statute.kinds import ABOUT_THE_RECORD, VOIDS
from statute.standing import corrected, target_of, undone_by_reopening


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact of the ledger and whether an import recorded it."""

    fact: Fact
    by_import: bool


@dataclass(frozen=True, slots=True)
class Held:
    """A fact as it is now known. `from_file` tells whether an import recorded it first, `mine` whether an import had
    the last word on it (nobody has corrected, retracted or undone it in the app since); `live` whether it stands;
    `reopened_on` the day of the reopening that undid it."""

    fact: Fact
    from_file: bool
    mine: bool
    live: bool = True
    reopened_on: date | None = None


@dataclass(frozen=True, slots=True)
class History:
    """Everything held of one case, in the order in which it was recorded."""

    held: tuple[Held, ...]

    @property
    def void(self) -> bool:
        """Whether the case was found to have been opened in error or merged into another."""
        return any(each.live and each.fact.kind in VOIDS for each in self.held)

    def of(self, kinds: Iterable[str], subject: str) -> list[Held]:
        """What is held of any of these kinds with this subject."""
        wanted = frozenset(kinds)
        return [each for each in self.held if each.fact.kind in wanted and each.fact.subject == subject]

    def facts(self) -> list[Fact]:
        """The facts that stand."""
        return [each.fact for each in self.held if each.live]


def history_of(entries: Sequence[Entry]) -> History:
    """Replay the ledger of one case, keeping account of who had the last word on each fact."""
    held: list[Held] = []
    for entry in sorted(entries, key=lambda entry: entry.fact.sequence):
        if entry.fact.kind in ABOUT_THE_RECORD:
            _said_about(held, entry)
        else:
            held.append(Held(entry.fact, entry.by_import, entry.by_import))
    return History(tuple(_undone(each, held) for each in held))


def _said_about(held: list[Held], entry: Entry) -> None:
    target = target_of([each.fact for each in held if each.live], entry.fact)
    place = next((at for at, each in enumerate(held) if each.live and each.fact is target), None)
    if place is None or target is None:
        return
    if entry.fact.kind == "corrected":
        held[place] = replace(held[place], fact=corrected(target, entry.fact), mine=entry.by_import)
    else:
        held[place] = replace(held[place], live=False, mine=entry.by_import)


def _undone(each: Held, held: Sequence[Held]) -> Held:
    """A closing that a later reopening undid does not stand, by a person's word."""
    if not undone_by_reopening(each.fact):
        return each
    later = [other.fact.day for other in held if other.live and _reopens(other.fact, each.fact)]
    return replace(each, live=False, mine=False, reopened_on=max(later)) if later and each.live else each


def _reopens(fact: Fact, closing: Fact) -> bool:
    return fact.kind == "reopened" and (fact.day, fact.sequence) > (closing.day, closing.sequence)
