"""Rows of a plans file and the plans they are about: open each plan, or bring it and its reviews up to date."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from sqlmodel import Session

from casework.actor import Actor
from casework.caseload.bringing import NOTHING, Outcome
from casework.caseload.child_rows import RowRefused
from casework.caseload.cycle_history import CycleHistory, present
from casework.caseload.differences import Change, Source, correction, differences
from casework.caseload.directory import Directory
from casework.caseload.fields import kept_row
from casework.caseload.plan_fields import bring_fields, meeting_is_withdrawn
from casework.caseload.plan_placing import Part, Placed, place_known, place_new
from casework.caseload.plan_rows import PlanRow
from casework.caseload.plan_store import HeldPlan, KnownPlans, hold_plans
from casework.caseload.plan_wanted import PLAN
from casework.caseload.recording import Judged, Scribe, Weighed, judged, record_all, weighed
from casework.caseload.store import IMPORT
from casework.caseload.wanted import Wanted
from casework.caseload.whose import Register, identity_in, is_about
from casework.plans import NewPlan, open_plans
from casework.refresh import relabel
from records.tables import Person, Plan
from statute.facts import Fact
from statute.kind import ANNUAL_REVIEW
from statute.review_case import DECISIONS

UNKNOWN = "how this review ended is not in the file: the next one counts from it, but it completes no review here"


@dataclass(slots=True)
class Ready:
    """A row whose plan is known and held, or is to be opened with `first` and then `second`, the facts of its first
    two cycles. `changed` counts the facts that were recorded of a plan that was known."""

    row: PlanRow
    plan: UUID | None = None
    held: HeldPlan | None = None
    placed: Placed = field(default_factory=lambda: Placed(()))
    person: Person | None = None
    first: Weighed | None = None
    second: Sequence[Wanted] = ()
    touched: Mapping[str, str] = field(default_factory=dict[str, str])
    changed: int = 0
    refusal: RowRefused | None = None


@dataclass(slots=True)
class PlanBringer:
    """What all rows of a plans file share. `words` are what files said of the assessments of each person."""

    register: Register
    known: KnownPlans
    words: Mapping[UUID, Sequence[Mapping[str, str]]]
    directory: Directory
    scribe: Scribe
    file_hash: str

    def bring(self, session: Session, rows: Sequence[PlanRow]) -> Iterator[tuple[Outcome, RowRefused | None]]:
        """Store these rows and say what became of each. New plans are opened together, in few journeys; then each
        review is brought in step, the latest of every plan first."""
        found = [(row, self._plan_of(row)) for row in rows]
        held = hold_plans(session, {plan for _, plan in found if plan is not None})
        ready = [self._ready(session, row, held.get(plan) if plan else None) for row, plan in found]
        session.flush()
        self.register.fresh.clear()
        with session.no_autoflush:
            self._open(session, [each for each in ready if each.first is not None])
            self._bring_cycles(session, ready)
            session.flush()
        for each in ready:
            yield self._told(session, each), each.refusal

    def _plan_of(self, row: PlanRow) -> UUID | None:
        """The plan with that reference, or else the one that an assessment of this child made on that day, unless
        the file has that one under its own reference."""
        if (plan := self.known.cases.get(row.ref.casefold())) is not None:
            return plan
        person = self.known.people.find(identity_in(row))
        ref = self.known.made.get((person, row.began), "") if person else ""
        return None if ref in self.register.in_file else self.known.cases.get(ref)

    def _ready(self, session: Session, row: PlanRow, held: HeldPlan | None) -> Ready:
        return self._new(session, row) if held is None else self._found(row, held)

    def _new(self, session: Session, row: PlanRow) -> Ready:
        person = self.register.person_of(session, row)
        touched = self._bring_fields(row, person, None)
        first, second = place_new(row)
        self._tell_of(person, row, row.ref)
        found = weighed([], self._changes(row, first), self.scribe, ANNUAL_REVIEW)
        return Ready(row, person=person, touched=touched, first=found, second=second)

    def _found(self, row: PlanRow, held: HeldPlan) -> Ready:
        if not is_about(held.person, row):
            said = "this reference belongs to another child on record: correct the reference"
            return Ready(row, refusal=RowRefused("plan_ref", said))
        self._tell_of(held.person, row, held.plan.plan_ref)
        self._call(held.plan, row.ref)
        if held.void:
            row.warnings.append(("plan_ref", "the plan was closed in the app as opened in error: left as it is"))
            return Ready(row)
        row.meeting_withdrawn = meeting_is_withdrawn(row, held)
        placed = place_known(row, [cycle.held for cycle in held.cycles])
        if placed.reviewed:
            row.warnings.append(("last_review_outcome", UNKNOWN))
        touched = self._bring_fields(row, held.person, held)
        return Ready(row, held.plan.id, held, placed, held.person, touched=touched)

    def _call(self, plan: Plan, ref: str) -> None:
        """A plan that its assessment named is called from now on as the council's tracker calls it."""
        if plan.plan_ref.casefold() != ref.casefold():
            self.known.of_person.get(plan.person_id, set()).discard(plan.plan_ref)
            self.known.of_person.setdefault(plan.person_id, set()).add(ref)
            self.known.cases[ref.casefold()] = plan.id
            plan.plan_ref = ref

    def _bring_fields(self, row: PlanRow, person: Person, held: HeldPlan | None) -> Mapping[str, str]:
        self.register.check_upn(row, person)
        return bring_fields(row, person, held, self.words.get(person.id, ()))

    def _tell_of(self, person: Person, row: PlanRow, called: str) -> None:
        """Another plan that runs is told; one that has ended is history."""
        if not row.has_ended:
            self.register.tell_of(person, row, called)
            self.known.of_person.setdefault(person.id, set()).add(called)

    def _changes(self, row: PlanRow, wanted: Sequence[Wanted]) -> Sequence[Change]:
        source, keys = Source(self.file_hash, row.line), {each.key for each in wanted}
        return differences(NOTHING, wanted, keys, source, shape=PLAN).changes

    def _open(self, session: Session, ready: Sequence[Ready]) -> None:
        """Open the plans that are new, quiet until somebody arms them."""
        new = [self._new_plan(each) for each in ready]
        actor = Actor(self.scribe.actor_name, IMPORT)
        for each, opened in zip(ready, open_plans(session, new, actor, self.scribe.now), strict=True):
            each.plan = opened.plan.id
            self.known.cases[each.row.ref.casefold()] = opened.plan.id

    def _new_plan(self, ready: Ready) -> NewPlan:
        row = ready.row
        assert ready.person is not None and ready.first is not None
        officer = row.caseworker if "caseworker" in row.present else ""
        return NewPlan(
            ready.person,
            row.ref,
            [change.fact for change in ready.first.accepted],
            officer or None,
            row.team or self.directory.officers.get(row.caseworker) or None,
            imported=True,
            source_row=kept_row(ready.person, row, None),
        )

    def _bring_cycles(self, session: Session, ready: Sequence[Ready]) -> None:
        """First the cycles that are there, the latest first; then those that began because a decision was recorded."""
        known = [each for each in ready if each.held is not None and each.placed.parts]
        for back in range(max((len(each.placed.parts) - 1 for each in known), default=0)):
            self._bring_cycle(session, [(each, len(each.placed.parts) - 2 - back) for each in known])
        begun = [(each, len(each.placed.parts) - 1) for each in known if each.placed.parts[-1].wanted and each.changed]
        for each in (each for each in ready if each.second):
            each.placed = Placed((Part(), Part(list(each.second), {said.key for said in each.second})))
            each.changed = 1
            begun.append((each, 1))
        self._bring_cycle(session, begun)

    def _bring_cycle(self, session: Session, which: Sequence[tuple[Ready, int]]) -> None:
        """One cycle of each of these plans. What was recorded in another cycle of it may have changed this one."""
        stale = {each.plan for each, at in which if at >= 0 and each.changed and each.plan}
        fresh = hold_plans(session, stale)
        found: list[tuple[Ready, Judged]] = []
        for each, at in which:
            each.held = fresh.get(each.plan, each.held) if each.plan else each.held
            if each.held is not None and 0 <= at < len(each.held.cycles):
                found.append((each, self._judged(each, each.held, at)))
        record_all(session, [judgement for _, judgement in found], self.scribe)
        for each, judgement in found:
            each.changed += len(judgement.accepted)
            self._tell(each.row, judgement)

    def _judged(self, ready: Ready, held: HeldPlan, at: int) -> Judged:
        cycle, part, source = held.cycles[at], ready.placed.parts[at], Source(self.file_hash, ready.row.line)
        history = present(cycle.held.history, part.since)
        found = differences(history, part.wanted, part.spoken, source, shape=PLAN)
        ready.row.warnings.extend(found.kept)
        changes = list(found.changes)
        if ready.placed.reviewed is not None and at == len(ready.placed.parts) - 2:
            changes.append(_counted_from(cycle.held, ready.placed.reviewed, source))
        return judged(cycle.case, changes, self.scribe, new=False)

    def _told(self, session: Session, ready: Ready) -> Outcome:
        """What became of a row, with everything that its people should know in the report."""
        row = ready.row
        if ready.refusal:
            return "refused"
        if ready.first is not None:
            self._tell(row, ready.first)
        for column, message in row.warnings:
            self.register.report.warn(row.line, row.ref, column, message)
        if ready.first is not None:
            return "added"
        if ready.held is not None and {"caseworker", "team"} & ready.touched.keys():
            for cycle in ready.held.cycles:
                relabel(session, cycle.case.process, cycle.case.person)
        return "changed" if ready.changed or ready.touched else "unchanged"

    def _tell(self, row: PlanRow, recorded: Weighed) -> None:
        row.warnings.extend(("", f"{kind} was left out: {said}") for kind, said in dict.fromkeys(recorded.left_out))
        for kind, message in dict.fromkeys(recorded.odd):
            if kind in DECISIONS:
                continue  # to whom a decision went, and after which meeting, no column says
            self.register.report.note(row.line, row.ref, "", message)


def _counted_from(cycle: CycleHistory, said: Wanted, source: Source) -> Change:
    """The last review of a cycle is now a later one: a cycle has one beginning."""
    if cycle.last_review is not None:
        anew = replace(said, attributes={"meeting": "", "early_years": "", **said.attributes})
        return correction(cycle.last_review.fact, anew, source, frozenset(anew.attributes))
    return Change(Fact(said.kind, said.day, "", source.marked(said.attributes)))
