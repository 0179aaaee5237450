"""Giving many cases away at once: to one officer, or shared out evenly among several."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import Engine, text
from sqlmodel import Session, col, or_, select

from casework.actor import Actor
from casework.cases import Case, authority, may_see
from casework.errors import Refused
from casework.reassigning import hand_over
from engine.messages import ProcessRef
from records.tables import Person, Process, Review

MOST = 2000
"""Cases in one go: more hold everybody else's recording up for too long."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What was given to whom, and the clocks to wake."""

    given: Mapping[str, Sequence[str]]
    wakes: Sequence[ProcessRef]

    @property
    def number(self) -> int:
        """How many cases changed hands."""
        return sum(len(refs) for refs in self.given.values())


def share_out(db: Engine, dealt: Mapping[str, Sequence[str]], actor: Actor, now: datetime) -> Shared:
    """Give each officer the cases (mail references) that were dealt to them, in the officer's own team; all or none.

    A plan changes hands as a whole, with its other open reviews. What ended meanwhile, and what the actor may not
    see, stays.
    Raises Refused when one of the officers is not in the directory, no longer active or may not see what was dealt to
    them, and for too many at once.
    """
    wanted = {ref: officer for officer, refs in dealt.items() for ref in refs}
    if len(wanted) > MOST:
        raise Refused(f"These are {len(wanted)} cases, and {MOST} can be given away at once. Give away some first.")
    with Session(db) as session, session.begin():
        held = _by_officer(_held(session, list(wanted), actor), wanted, _plans(session, list(wanted)))
        done = {officer: hand_over(session, held.get(officer, []), officer, actor, now) for officer in dealt}
        wakes = [wake for each in done.values() for wake in each.wakes]
        return Shared({officer: each.case_refs for officer, each in done.items()}, wakes)


def deal(people: Sequence[tuple[str, str]], officers: Sequence[str]) -> Mapping[str, Sequence[str]]:
    """Share cases out evenly: whoever has got fewest gets the next; the cases of one child stay together.

    `people` are child and mail reference; a child is known by a word that no other child has, and that sorts, for a
    name may be that of two. The same cases and officers are always dealt alike.
    """
    dealt: dict[str, list[str]] = {officer: [] for officer in officers}
    of_child = {child: [ref for _, ref in refs] for child, refs in groupby(sorted(people), key=lambda each: each[0])}
    # The children with most cases first, and small ones to even out what is left.
    for child in sorted(of_child, key=lambda each: (-len(of_child[each]), each)):
        fewest = min(officers, key=lambda officer: (len(dealt[officer]), officers.index(officer)))
        dealt[fewest] += of_child[child]
    return dealt


def _held(session: Session, refs: Sequence[str], actor: Actor) -> list[Case]:
    """The open cases of these references, with the other open reviews of their plans, held in the order of their ids:
    so nobody who holds several waits for another in a ring."""
    reviews = select(Review.plan_id).join(Process, col(Process.id) == col(Review.process_id))
    plans = reviews.where(col(Process.mail_ref).in_(refs))
    beside = select(Review.process_id).where(col(Review.plan_id).in_(plans))
    query = (
        select(Process, Person)
        .join(Person, col(Person.id) == col(Process.person_id))
        .where(Process.authority == authority(), col(Process.ended_on).is_(None))
        .where(or_(col(Process.mail_ref).in_(refs), col(Process.id).in_(beside)))
        .order_by(col(Process.id))
        .with_for_update(of=Process)  # pyright: ignore[reportArgumentType]
    )
    return [Case(process, person, []) for process, person in session.exec(query) if may_see(person, actor)]


_PLANS = text(
    "SELECT o.mail_ref, p.mail_ref AS named FROM process p JOIN review v ON v.process_id = p.id "
    "JOIN review w ON w.plan_id = v.plan_id JOIN process o ON o.id = w.process_id WHERE p.mail_ref = ANY(:refs)"
)


def _plans(session: Session, refs: Sequence[str]) -> Mapping[str, str]:
    """Of each review of the plans of these reviews the one that was named."""
    return {row.mail_ref: row.named for row in session.connection().execute(_PLANS, {"refs": list(refs)})}


def _by_officer(cases: Iterable[Case], wanted: Mapping[str, str], plans: Mapping[str, str]) -> Mapping[str, list[Case]]:
    found: dict[str, list[Case]] = {}
    for case in cases:
        ref = case.process.mail_ref
        officer = wanted.get(ref) or wanted[plans[ref]]
        found.setdefault(officer, []).append(case)
    return found
