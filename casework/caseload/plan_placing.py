"""Which review of a plan each thing is about that a row says: the one under way, the one before, or one to begin.

A tracker is often a week behind the app, or a week before it. A decision that the ledger knows as the beginning of a
cycle tells in which cycle the row is; one that it does not know completes the latest cycle, or corrects it.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from casework.caseload.cycle_history import CycleHistory, is_earlier
from casework.caseload.plan_rows import PlanRow
from casework.caseload.plan_wanted import came, current, decision, last_review, plan_made, spoken_of, transfers, went
from casework.caseload.wanted import Key, Wanted
from statute.kinds import TRANSFERS
from statute.review_case import DECISIONS

A_NEW_REVIEW = timedelta(days=90)
"""Without a meeting to tell by: a decision so long after the last one is another review's, not a corrected day."""

TOO_SOON = timedelta(days=28)
"""A decision so soon after the last one is that one with another day: nobody is reviewed every month."""

THIS_REVIEW = ("review_arranged_by", "review_meeting", "review_report_received")
AMENDMENT = ("amendment_notice_sent", "amended_plan_sent")


@dataclass(slots=True)
class Part:
    """What a row says about one cycle: facts, and the keys of which it can be relied on. The cycle begins with the
    decision of the day `since`: what is not later belongs to a review before it."""

    wanted: list[Wanted] = field(default_factory=list[Wanted])
    spoken: set[Key] = field(default_factory=set[Key])
    since: date | None = None

    def add(self, wanted: Iterable[Wanted], spoken: Collection[Key]) -> None:
        """What it says of these keys; what it says of others is about another cycle."""
        self.wanted.extend(each for each in wanted if each.key in spoken)
        self.spoken.update(spoken)

    def leave_to_others(self) -> None:
        """Say nothing of what belongs to a review before."""
        others = {said.key for said in self.wanted if is_earlier(said.kind, said.day, self.since)}
        self.wanted = [said for said in self.wanted if said.key not in others]
        self.spoken -= others


@dataclass(frozen=True, slots=True)
class Placed:
    """A row laid out over the cycles of its plan: a part for each, and a last one for the cycle that begins once the
    row's decision is recorded.

    `reviewed` is a review of which the file says when it was decided, but not how: it completes no cycle, but the
    latest one counts from it instead of from the one before.
    """

    parts: tuple[Part, ...]
    reviewed: Wanted | None = None


def tells_last_review(row: PlanRow) -> bool:
    """Whether the last review is brought as one of its own, and not only as the day from which the next is due.

    It is when the file tells how it ended and from when it was due, or when something of it is outstanding: a plan
    that is to cease may still be appealed about, an amended plan was not sent, or met a phase transfer.
    """
    if not row.outcome or row.has_ended:
        return False
    if row.outcome == "cease" or "previous_review_decision" in row.present:
        return True
    outstanding = not row.days.get("amended_plan_sent") or (row.names_setting and row.transfer)
    return row.outcome == "amend" and "amended_plan_sent" in row.present and bool(outstanding)


def place_new(row: PlanRow) -> tuple[list[Wanted], list[Wanted]]:
    """A plan that is not on record: the facts of its first cycle, and those of the second where the first is complete
    already."""
    first = [plan_made(row), *came(row), *transfers(row)]
    under_way = [*current(row), *went(row)]
    if tells_last_review(row):
        first += [*_previous(row), *decision(row)]
        return (first + under_way, []) if row.outcome == "cease" else (first, under_way)
    if row.decided:
        first.append(last_review(row, row.decided, row.last_meeting))
    return first + under_way, []


def place_known(row: PlanRow, cycles: Sequence[CycleHistory]) -> Placed:
    """A plan that is on record, with its cycles from the first to the latest."""
    parts = [*(Part(since=cycle.began) for cycle in cycles), Part(since=row.decided)]
    layout = _Layout(row, cycles, parts)
    layout.lay_the_plan()
    reviewed = layout.lay_the_reviews()
    for part in parts:
        part.leave_to_others()
    return Placed(tuple(parts), reviewed)


@dataclass(frozen=True, slots=True)
class _Layout:
    row: PlanRow
    cycles: Sequence[CycleHistory]
    parts: list[Part]

    @property
    def latest(self) -> int:
        return len(self.cycles) - 1

    def lay_the_plan(self) -> None:
        """What is about the plan and not about one review is said wherever it is held; what is new, in the latest."""
        row = self.row
        for part in self.parts[:-1]:
            part.add([plan_made(row)], spoken_of(row, ["plan_made"]))
        keys = spoken_of(row, ["transferred_in", "phase_transfer"])
        for wanted, key in _by_key([*came(row), *transfers(row)], keys):
            holders = [at for at, cycle in enumerate(self.cycles) if cycle.holds(*key)]
            for at in holders or [self.latest]:
                self.parts[at].add(wanted, {key})
        self.parts[self.latest].add(went(row), spoken_of(row, ["transferred_out", "plan_ceased"]))

    def lay_the_reviews(self) -> Wanted | None:
        """Returns a review that was completed in a way that the file does not tell."""
        row, latest = self.row, self.latest
        if "last_review_decision" not in row.present:
            self._lay_current(latest)
            return None
        began_with = [at for at, cycle in enumerate(self.cycles) if cycle.began == row.decided]
        if began_with:
            self._lay_known(began_with[-1])
        elif row.decided is None:
            self._lay_known(latest)
        elif self._ended_nothing(row.decided):
            self._lay_decision(latest)
            self._lay_current(latest if row.outcome in ("", "cease") else latest + 1)
        elif not self._is_another_review(row.decided):
            self._lay_corrected(row.decided)
        elif row.outcome:
            self._lay_decision(latest)
            self._lay_current(latest if row.outcome == "cease" else latest + 1)
        else:
            self.parts[latest].since = row.decided
            self._lay_current(latest)
            return last_review(row, row.decided, row.last_meeting)
        return None

    def _ended_nothing(self, decided: date) -> bool:
        """Whether that decision is recorded and no review began with it: to cease, which may still be appealed."""
        held = self.cycles[self.latest].decision
        return held is not None and held.fact.day == decided

    def _is_another_review(self, decided: date) -> bool:
        """Whether a decision that the ledger does not know completes the latest cycle."""
        cycle, meeting = self.cycles[self.latest], self.row.last_meeting
        if cycle.began is None:
            return bool(self.row.outcome) or cycle.met is not None
        if decided < cycle.began + TOO_SOON:
            return False
        if meeting is not None:
            return meeting > cycle.began
        return decided >= cycle.began + A_NEW_REVIEW or (cycle.met is not None and cycle.met <= decided)

    def _lay_known(self, at: int) -> None:
        """The cycle in which the row is began with the row's last decision."""
        row, cycle = self.row, self.cycles[at]
        if cycle.follows:
            self._lay_decision(at - 1)
        else:
            said = [last_review(row, row.decided, row.last_meeting)] if row.decided else []
            self._lay_beginning(at, said, row.decided)
        if at < self.latest and (decision := self.cycles[at].decision) and decision.mine:
            self.parts[at].spoken |= _keys((*DECISIONS, *AMENDMENT))  # the file said so and says so no more
        self._lay_current(at)

    def _lay_corrected(self, decided: date) -> None:
        """The last decision had another day: it is put right where it is recorded."""
        latest = self.latest
        if not self.cycles[latest].follows:
            self._lay_known(latest)
            return
        before = self.cycles[latest - 1].decision
        self._lay_decision(latest - 1)
        if not self.row.outcome and before is not None:
            same = Wanted(before.fact.kind, "", decided, "last_review_decision")
            self.parts[latest - 1].add([same], _keys(DECISIONS))
        if before is None or before.mine:
            self.parts[latest].since = decided
        self._lay_current(latest)

    def _lay_beginning(self, at: int, said: Sequence[Wanted], day: date | None) -> None:
        """With which decision a cycle began; a person's word on it is kept."""
        self.parts[at].add(said, {("last_review", "")})
        held = self.cycles[at].last_review
        if held is None or held.mine:
            self.parts[at].since = day

    def _lay_decision(self, at: int) -> None:
        """The last review as one of its own: in the cycle that it completed."""
        row = self.row
        keys = _keys(DECISIONS) if row.outcome else set[Key]()
        keys |= {("review_meeting", "")} if row.last_meeting or row.meeting_withdrawn else set()
        keys |= {("review_report_received", "")} if row.last_report else set()
        keys |= spoken_of(row, AMENDMENT) if row.outcome == "amend" else set()
        self.parts[at].add(decision(row), keys)
        previous = row.days.get("previous_review_decision")
        if previous and not self.cycles[at].follows:
            self._lay_beginning(at, list(_previous(row)), previous)

    def _lay_current(self, at: int) -> None:
        """The review under way; in the latest cycle that began before its meeting, should the row lag behind."""
        row, keys = self.row, spoken_of(self.row, THIS_REVIEW)
        day = row.meeting or row.report
        later = [n for n in range(at, len(self.cycles)) if day and (self.parts[n].since or date.min) < day]
        if later:
            at = later[-1]
        elif at < len(self.cycles) and day:
            return  # of a review that was completed already
        said = list(current(row))
        if at < self.latest:
            keys &= {each.key for each in said}  # the app knows better than a tracker that is behind
        self.parts[at].add(said, keys)


def _previous(row: PlanRow) -> Iterator[Wanted]:
    """The review before the last: from its decision on the last one was due."""
    if day := row.days.get("previous_review_decision"):
        yield last_review(row, day, None)


def _keys(kinds: Iterable[str]) -> set[Key]:
    return {(kind, "") for kind in kinds}


def _by_key(wanted: Sequence[Wanted], keys: Iterable[Key]) -> Iterator[tuple[list[Wanted], Key]]:
    for key in sorted(keys, key=lambda key: (key[0], TRANSFERS.index(key[1]) if key[1] else -1)):
        yield [each for each in wanted if each.key == key], key
