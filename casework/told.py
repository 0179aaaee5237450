"""The checklist of notices of one case, and the contacts that may be the record of what the ledger has no entry for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from casework.actor import Actor
from casework.case_head import Head, open_case
from casework.fates import BOUNCED, FAILED
from casework.statuses import SENT
from config.clock import london_day
from records.ledger import texts_of
from records.tables import ContactNote, Digest, Message
from statute.facts import Fact
from statute.ladder import Kind
from statute.notifying import WHO_IN
from statute.standing import standing
from statute.told import Told, ToldByLink, checklist
from statute.wanted_notice import Who


@dataclass(frozen=True, slots=True)
class Checklist:
    """Every notice of a case, the texts kept with the facts that stand, and the days of contacts by whom with."""

    head: Head
    lines: Sequence[Told]
    texts: Mapping[int, Mapping[str, str]]
    contacts: Mapping[str, Sequence[date]]

    def reasons(self, fact: Fact) -> bool:
        """Whether reasons were put down with it."""
        return bool(self.texts.get(fact.sequence, {}).get("reasons"))


def notices_of(db: Engine, reference: str, actor: Actor, now: datetime) -> Checklist:
    """The checklist of a case as it stands. Raises UnknownCase."""
    with Session(db) as session:
        opened = open_case(session, reference, actor)
        stands = standing(opened.case.facts, london_day(now))
        query = select(ContactNote).where(ContactNote.process_id == opened.head.id).order_by(col(ContactNote.day))
        contacts: dict[str, list[date]] = {}
        for note in session.exec(query):
            contacts.setdefault(note.with_whom, []).append(note.day)
        lines = checklist(opened.head.kind, stands, told_by_link(session, opened.head.id))
        return Checklist(opened.head, lines, texts_of(session, opened.head.id), contacts)


def told_by_link(session: Session, process_id: UUID) -> ToldByLink:
    """Who was told by a link what the law wants them to know, and when a mail server took the letter.

    One that came back tells nobody.
    """
    query = (
        select(Message.limit_id, Message.subject, Digest.sent_at)
        .join(Digest, col(Digest.id) == col(Message.digest_id))
        .where(Message.process_id == process_id, Message.kind == Kind.NOTIFY.value, Message.status == SENT)
        .where(col(Digest.fate).not_in((BOUNCED, FAILED)), col(Digest.sent_at).is_not(None))
        .order_by(col(Digest.sent_at))
    )
    told: dict[str, dict[Who, date]] = {}
    for notice, category, sent_at in session.exec(query):
        if sent_at is not None:
            told.setdefault(notice, {})[WHO_IN[category]] = london_day(sent_at)
    return told
