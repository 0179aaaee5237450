"""What happens to messages whose address takes no mail: each goes to the next in line, or the officer is told."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, select

from casework.notices import RECEIPT, UNDELIVERED
from casework.recipients import Directory, Recipients
from casework.resending import RESENT
from casework.statuses import FAILED, QUEUED
from casework.term_letters import OF_TERM_LISTS, chain_of
from casework.weekly import weekly_chain
from config.clock import london_day
from records.tables import AdviceRequest, Message, Person, Process
from statute.ladder import Role

COLLEAGUE = "colleague"
"""Said to the officer of a letter to whom a request had been passed on within its body."""
_OF_SERVICES = frozenset({Role.ADVISER.value, Role.SERVICE_MANAGER.value, Role.SERVICE_LEAD.value, Role.TOLD.value})


@dataclass(frozen=True, slots=True)
class PassingOn:
    """Takes messages away from the address `refused`, in the caller's transaction, which has locked them."""

    session: Session
    refused: str
    now: datetime

    def to_the_next(self, message: Message, why: str) -> bool:
        """Queue a message for whoever is next in its line; False when nobody is left."""
        # Whoever answered gets no receipt at another's address.
        if message.kind == RECEIPT:
            return False
        to = self._next(message)
        colleague = self._forget_the_colleague(message)
        if to is None:
            return False
        if colleague and message.process_id:
            self._tell_the_officer(message, message.process_id, COLLEAGUE)
        message.recipient = message.fallback = to
        message.status, message.reason, message.digest_id = QUEUED, why, None
        self.session.add(message)
        return True

    def give_up(self, message: Message, reason: str) -> None:
        """Nobody takes it: it has failed, and where a service was to have it the officer is told."""
        message.status, message.reason = FAILED, reason
        self.session.add(message)
        if message.process_id and message.role in _OF_SERVICES and message.kind != RECEIPT:
            self._tell_the_officer(message, message.process_id)

    def _next(self, message: Message) -> str | None:
        if message.process_id is None:
            chain = (
                chain_of(self.session, message, london_day(self.now))
                if message.kind in OF_TERM_LISTS
                else weekly_chain(self.session, message)
            )
            rest = chain[chain.index(self.refused) + 1 :] if self.refused in chain else ()
            return next(iter(rest), None)
        return self._recipients(message.process_id).of(Role(message.role), message.subject).after(self.refused)

    def _forget_the_colleague(self, message: Message) -> bool:
        """Whether a request had been passed on to that address within its body: its letters go to the body again."""
        if message.role != Role.ADVISER or not message.process_id:
            return False
        mine = (AdviceRequest.process_id == message.process_id, AdviceRequest.subject == message.subject)
        request = self.session.exec(select(AdviceRequest).where(*mine)).first()
        if request is None or (request.asked_of or "").lower() != self.refused:
            return False
        request.asked_of = None
        self.session.add(request)
        return True

    def _recipients(self, process_id: UUID) -> Recipients:
        process = self.session.get_one(Process, process_id)
        requests = self.session.exec(select(AdviceRequest).where(AdviceRequest.process_id == process_id)).all()
        person = self.session.get_one(Person, process.person_id)
        directory = Directory(self.session, process.authority, london_day(self.now))
        return Recipients(directory, process, person, requests)

    def _tell_the_officer(self, failed: Message, process_id: UUID, who: str = "") -> None:
        process = self.session.get_one(Process, process_id)
        if process.ended_on is not None:
            return  # nothing more about a child who has died, or a case that is closed
        to = self._recipients(process_id).of(Role.CASEWORKER, failed.subject)
        # It may be refused again at its next address, or when it went once more: that is another word to the officer.
        again = who or failed.about.get(RESENT, "")
        rung = f"{failed.id}@{again}" if again else str(failed.id)
        self.session.add(
            Message(
                authority=process.authority,
                step_key=f"{process_id}/{UNDELIVERED}/{failed.subject}//{rung}/{Role.CASEWORKER.value}",
                process_id=process_id,
                mail_ref=process.mail_ref,
                limit_id=UNDELIVERED,
                subject=failed.subject,
                rung=rung,
                kind=UNDELIVERED,
                role=Role.CASEWORKER.value,
                recipient=to.address,
                about={"answer": who} if who else {},
                due_at=self.now,
                created_at=self.now,
            )
        )
