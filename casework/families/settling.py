"""Letters to families kept in step with what is true: put down once as drafts, and dropped when they are not any more.

A letter that is being sent, was sent, or could not be delivered stays what it is.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, select

from casework.actor import ENGINE
from casework.families.states import (
    APPROVED,
    BY_ITSELF,
    CONTACT_GONE,
    DAY_CHANGED,
    DAY_PASSED,
    DIED,
    DO_NOT_CONTACT,
    DRAFT,
    DROPPED,
    ENDED,
    LIFTED,
    MET,
    NOT_CHOSEN,
)
from casework.families.wanted import Matter, matters, next_wake
from casework.families.who import Family, family_of, sensitive, way_of
from casework.families.writing import TRY
from post.family import ACKNOWLEDGEMENT
from records.tables import Contact, FamilyLetter, Process
from statute.policy_families import SEND
from statute.situation import Situation
from statute.timeline import State

CHOSEN = "chosen"
"""In `about`: a person has chosen the way, and what the contact prefers no longer changes it."""
FIRST_ATTEMPT = "first_attempt"
_KEPT = frozenset({"why", CHOSEN, TRY, FIRST_ATTEMPT})
_MET = frozenset({State.MET, State.MET_LATE, State.MET_UNDER_RELIEF})


def settle(session: Session, process: Process, situation: Situation) -> datetime | None:
    """Bring the letters of one armed process in step with its ledger; returns when to look again (aware).

    The caller holds the process's lock.
    """
    found = matters(situation, imported=process.imported)
    query = select(FamilyLetter).where(FamilyLetter.process_id == process.id).order_by(col(FamilyLetter.step_key))
    rows = session.exec(query.with_for_update()).all()
    if rows or any(matter.rung for matter in found):
        letters = Letters(process, situation, found, family_of(session, process.person_id))
        letters.look_again(rows)
        session.add_all(rows)
        _insert(session, letters.wanted(rows))
    return next_wake(situation)


def _insert(session: Session, wanted: Sequence[FamilyLetter]) -> None:
    if wanted:
        session.flush()
        claim = insert(FamilyLetter).on_conflict_do_nothing(index_elements=["step_key"])
        session.connection().execute(claim, [row.model_dump() for row in wanted])


class Letters:
    """One process's letters, with whom they may go to. Where they are kept is the caller's business: a rehearsal keeps
    them in memory."""

    def __init__(self, process: Process, situation: Situation, found: Sequence[Matter], family: Family) -> None:
        """`found` is what is to be told now."""
        self.process, self.situation, self.died = process, situation, family.died
        self.contacts = {each.id: each for each in family.contacts}
        self.matters: Mapping[Any, Matter] = {each.name: each for each in found}
        sends = situation.policy.families.acknowledge == SEND
        self.by_itself = sends and not sensitive(family.person, family.contacts)

    def look_again(self, rows: Iterable[FamilyLetter]) -> None:
        """Drop what is no longer true, take up again what is after all, and bring the rest up to date."""
        for row in rows:
            self._look_again(row)

    def wanted(self, rows: Iterable[FamilyLetter]) -> list[FamilyLetter]:
        """A new one for everybody who may be written to and has none: dropped ones do not count, sent ones do."""
        if self.died or self.situation.asking.held_until(self.situation.today) is not None:
            return []
        have = {(row.kind, row.limit_id, row.due, row.contact_id) for row in rows if row.status != DROPPED}
        return [
            self._row(matter, contact)
            for matter in self.matters.values()
            if matter.rung
            for contact in self.contacts.values()
            if not contact.do_not_contact and (*matter.name, contact.id) not in have
        ]

    def _look_again(self, row: FamilyLetter) -> None:
        waits = row.status in (DRAFT, APPROVED)
        if not waits and not (row.status == DROPPED and row.reason in BY_ITSELF):
            return
        untrue = self._untrue(row)
        if untrue:
            row.status, row.reason = DROPPED, untrue
        else:
            if row.status == DROPPED:
                back_to_draft(row)
            self._bring_up_to_date(row)

    def _untrue(self, row: FamilyLetter) -> str:
        if self.died:
            return DIED
        if self.situation.timeline.ended_on is not None:
            return ENDED
        if (row.kind, row.limit_id, row.due) not in self.matters:
            return self._why_not(row)
        contact = self.contacts.get(row.contact_id) if row.contact_id else None
        if contact is None:
            return CONTACT_GONE
        return DO_NOT_CONTACT if contact.do_not_contact else ""

    def _why_not(self, row: FamilyLetter) -> str:
        deadline = self.situation.timeline.get(row.limit_id)
        if deadline is None or deadline.legal_due != row.due:
            return DAY_CHANGED
        if deadline.state in _MET:
            return MET
        return LIFTED if deadline.state == State.LIFTED else DAY_PASSED

    def _bring_up_to_date(self, row: FamilyLetter) -> None:
        said = self.matters[row.kind, row.limit_id, row.due or self.situation.today].about
        row.about = {**said, **{name: value for name, value in row.about.items() if name in _KEPT}}
        contact = self.contacts.get(row.contact_id) if row.contact_id else None
        if row.status == DRAFT and contact and not row.about.get(CHOSEN):
            row.way = way_of(contact)
        if row.status == APPROVED and row.approved_by == ENGINE.name and not self.by_itself:
            back_to_draft(row)

    def _row(self, matter: Matter, contact: Contact) -> FamilyLetter:
        now, way = self.situation.now, way_of(contact)
        goes = self.by_itself and matter.kind == ACKNOWLEDGEMENT and way != NOT_CHOSEN
        return FamilyLetter(
            authority=self.process.authority,
            step_key=key_of(self.process.id, matter, contact.id),
            process_id=self.process.id,
            contact_id=contact.id,
            kind=matter.kind,
            limit_id=matter.limit,
            due=matter.due,
            way=way,
            status=APPROVED if goes else DRAFT,
            about=dict(matter.about),
            drafted_at=now,
            approved_at=now if goes else None,
            approved_by=ENGINE.name if goes else None,
        )


def back_to_draft(row: FamilyLetter) -> None:
    """It waits for approval (again)."""
    row.status, row.reason, row.approved_at, row.approved_by = DRAFT, "", None, None


def key_of(process_id: UUID, matter: Matter, contact_id: UUID) -> str:
    """The claim of one letter: the same matter, rung and contact are put down once."""
    return f"{process_id}/family/{matter.kind}/{matter.limit}/{matter.due}/{matter.rung}/{contact_id}"
