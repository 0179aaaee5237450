"""What has to be added to the ledger of a process so that it says what the file says.

The file is believed about what it recorded itself: what is new is added, what is different corrected, what is gone
retracted, and nothing when all is the same. Where a person has had the last word since, the person's word is kept and
the difference told: a tracker is often a week behind the app.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from casework.caseload.columns import ADVICE_RECEIVED, CATEGORIES, SINGLE_FACTS
from casework.caseload.history import Held, History
from casework.caseload.wanted import START_KINDS, Key, Wanted
from statute.facts import Fact

DECISION_KINDS = ("decision_to_assess", "decision_not_to_assess")

Slot = tuple[tuple[str, ...], str, str]
"""Kinds of which a row says at most one, with their subject and column."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What the rows of one kind of file can say: their slots, the kinds that a process begins with, and by which
    attributes an entry differs from another. `unsaid_agrees` where an attribute that nobody recorded is no
    difference from what the file says, as long as the entry is not the file's own."""

    slots: tuple[Slot, ...]
    starts: tuple[str, ...]
    compared: frozenset[str]
    unsaid_agrees: bool = False


_SLOTS: tuple[Slot, ...] = (
    (START_KINDS, "", "received"),
    (DECISION_KINDS, "", "decision_notified"),
    *(((kind,), "", column) for column, kind in SINGLE_FACTS.items()),
    *((("advice_requested",), category, "advice_requested") for category in CATEGORIES),
    *((("advice_received",), category, column) for column, category in ADVICE_RECEIVED.items()),
    (("relief",), "", "relief_ground"),
)

# Which body was asked, and whether regulation 8 binds it, the directory says: a change there corrects no old request.
ASSESSMENT = Shape(_SLOTS, START_KINDS, frozenset({"source", "ground", "from", "to"}))


@dataclass(frozen=True, slots=True)
class Change:
    """One fact to append, with its free text."""

    fact: Fact
    texts: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(slots=True)
class Differences:
    """The facts to append in their order, and what was kept against the file: column and sentence."""

    changes: list[Change] = field(default_factory=list[Change])
    kept: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])


@dataclass(frozen=True, slots=True)
class Source:
    """Where the file's word comes from: goes with every fact that an import records."""

    file: str
    line: int

    def marked(self, attributes: Mapping[str, str]) -> dict[str, str]:
        """Attributes with the file's hash (its first 16 signs) and the line."""
        return {**attributes, "file": self.file[:16], "line": str(self.line)}


def differences(
    history: History,
    wanted: Sequence[Wanted],
    spoken_of: Collection[Key],
    source: Source,
    *,
    shape: Shape = ASSESSMENT,
    note_changed: bool = False,
) -> Differences:
    """Compare a process with its row. `note_changed` says that the free text of the relief is another than last
    time."""
    result = Differences()
    for kinds, subject, column in shape.slots:
        held = history.of(kinds, subject)
        said = next((each for each in wanted if each.kind in kinds and each.subject == subject), None)
        if said is not None and said.kind in shape.starts and (said.kind, "") not in spoken_of:
            said = _as_held(said, held)
        if said is None and any((kind, subject) not in spoken_of for kind in kinds):
            continue
        _Slot(column, held, history, source, shape, note_changed).settle(said, result)
    result.changes.sort(key=lambda change: _in_order(change, shape.starts))
    return result


def _as_held(said: Wanted, held: Sequence[Held]) -> Wanted:
    """A row whose source is doubtful says the day only: who asked stays as recorded."""
    live = [each for each in held if each.live]
    return replace(said, kind=live[-1].fact.kind, attributes={}) if live else said


def _in_order(change: Change, starts: Collection[str]) -> tuple[int, int]:
    """In an order in which nothing ever lies before the beginning of the process: a start that comes or moves earlier
    first, one that goes or moves later only once the other facts are put right."""
    fact = change.fact
    if (fact.kind if fact.kind in starts else fact.subject) in starts:
        later = fact.kind == "retracted" or fact.attributes.get("was", "9") < fact.day.isoformat()
        return (3 if later else 0), 0
    rank = {"retracted": 1, "corrected": 2}.get(fact.kind, 4)
    return rank, fact.day.toordinal() if rank == 4 else 0


@dataclass(frozen=True, slots=True)
class _Slot:
    """One thing that a row says at most once, and what is held of it."""

    column: str
    held: Sequence[Held]
    history: History
    source: Source
    shape: Shape
    note_changed: bool

    def settle(self, said: Wanted | None, result: Differences) -> None:
        """Add what is needed so that the case says `said` (None: that it did not happen)."""
        own = next((each for each in reversed(self.held) if each.from_file or each.mine), None)
        same = next((each for each in self.held if each.live and said and self._same(each, said)), None)
        if same is not None and said is not None:
            if self.note_changed and said.texts and same.mine:
                result.changes.append(self._correction(same.fact, said))
        elif own is not None and own.live and own.mine:
            result.changes.extend(self._brought_up_to_date(own.fact, said))
        elif self._is_new(said) and said is not None:
            result.changes.append(self._addition(said))
        else:
            result.kept.extend(self._difference(said, own))

    def _is_new(self, said: Wanted | None) -> bool:
        """Whether nothing that a person said stands against adding it."""
        if said is None or any(each.live for each in self.held):
            return False
        return not any(_forbids(each, said) for each in self.held)

    def _brought_up_to_date(self, fact: Fact, said: Wanted | None) -> Iterator[Change]:
        if said is None:
            yield self._retraction(fact)
        elif said.kind == fact.kind:
            yield self._correction(fact, said)
        else:
            yield self._addition(said)
            if not self._refusal_was_changed(fact):
                yield self._retraction(fact)

    def _refusal_was_changed(self, fact: Fact) -> bool:
        """A refusal that was changed later was sent all the same: a new decision does not unsay it."""
        return fact.kind == "decision_not_to_assess" and any(
            each.fact.kind == "refusal_changed" and each.fact.day >= fact.day for each in self.history.held if each.live
        )

    def _addition(self, said: Wanted) -> Change:
        filled = {name: value for name, value in said.attributes.items() if value}
        return Change(Fact(said.kind, said.day, said.subject, self.source.marked(filled)), said.texts)

    def _correction(self, fact: Fact, said: Wanted) -> Change:
        return correction(fact, said, self.source, self.shape.compared)

    def _retraction(self, fact: Fact) -> Change:
        return Change(Fact("retracted", fact.day, fact.name, self.source.marked({}), supersedes=fact.sequence))

    def _difference(self, said: Wanted | None, own: Held | None) -> Iterator[tuple[str, str]]:
        live = [each for each in self.held if each.live]
        if said is None and (own is None or not own.live):
            return
        file_says = f"the file says {said.kind} {said.day}" if said else "the file no longer has it"
        app_says = f"{live[-1].fact.kind} {live[-1].fact.day}" if live else "that it did not happen"
        column = said.column if said and said.column else self.column
        yield column, f"{file_says}, a person has recorded {app_says} since: the person's word is kept"

    def _same(self, held: Held, said: Wanted) -> bool:
        lenient = self.shape.unsaid_agrees and not held.mine
        recorded = held.fact.attributes
        agrees = all(
            recorded.get(name, "") == value or (lenient and not recorded.get(name))
            for name, value in said.attributes.items()
            if name in self.shape.compared
        )
        return held.fact.kind == said.kind and held.fact.day == said.day and agrees


def correction(fact: Fact, said: Wanted, source: Source, compared: Collection[str]) -> Change:
    """The correction that gives an entry the file's day and, of the attributes that are compared, the file's values."""
    values = {name: said.attributes[name] for name in said.attributes if name in compared}
    changed = {name: value for name, value in values.items() if value or name in fact.attributes}
    attributes = source.marked({**changed, "was": fact.day.isoformat()})
    return Change(Fact("corrected", said.day, fact.name, attributes, supersedes=fact.sequence), said.texts)


def _forbids(each: Held, said: Wanted) -> bool:
    """Whether a person took this back, and the file says the same again."""
    if each.mine:
        return False
    if each.reopened_on is not None:
        return said.day < each.reopened_on
    return each.from_file or each.fact.day == said.day
