"""One entry of a case with everything that was later said about it: the original is never changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from casework.actor import Actor
from casework.at_hand import AtHand, hand_of
from casework.cases import find
from records.ledger import texts_of
from records.tables import FactRow, Officer
from statute.facts import Fact
from statute.kinds import ABOUT_THE_RECORD
from statute.standing import as_now_known


class Standing(StrEnum):
    """What became of an entry."""

    STANDS = "stands"
    CORRECTED = "corrected"
    RETRACTED = "retracted"
    UNDONE = "undone"  # by a later reopening
    ABOUT_ANOTHER = "about another"  # a correction or retraction itself


@dataclass(frozen=True, slots=True)
class Said:
    """A fact as somebody recorded it: by whom (their name), when, through which channel, with which texts."""

    fact: Fact
    by: str
    channel: str
    recorded_at: datetime
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry: as it was recorded, what was said of it since, what it says now (None: retracted), and its case."""

    hand: AtHand
    said: Said
    later: Sequence[Said]
    now: Fact | None
    standing: Standing


def entry(db: Engine, reference: str, sequence: int, actor: Actor, now: datetime) -> Entry | None:
    """The entry with that sequence; None where the case has none. Raises UnknownCase."""
    with Session(db) as session:
        case = find(session, reference, actor)
        hand = hand_of(session, case, now)
        about = [each for each in case.facts if sequence in (each.sequence, each.supersedes)]
        said = _said(session, hand, about)
    own = next((each for each in said if each.fact.sequence == sequence), None)
    if own is None:
        return None
    later = [each for each in said if each is not own and each.fact.kind in ABOUT_THE_RECORD]
    known = next((each for each in as_now_known(case.facts) if each.sequence == sequence), None)
    return Entry(hand, own, later, known, _standing(hand, own.fact, known, later))


def _standing(hand: AtHand, fact: Fact, known: Fact | None, later: Sequence[Said]) -> Standing:
    if fact.kind in ABOUT_THE_RECORD:
        return Standing.ABOUT_ANOTHER
    if known is None:
        return Standing.RETRACTED
    if all(each.sequence != fact.sequence for each in hand.stands):
        return Standing.UNDONE
    return Standing.CORRECTED if later else Standing.STANDS


def _said(session: Session, hand: AtHand, facts: Sequence[Fact]) -> list[Said]:
    kept = {fact.sequence: fact for fact in facts}
    query = select(FactRow).where(FactRow.process_id == hand.process_id, col(FactRow.sequence).in_(kept))
    rows = session.exec(query.order_by(col(FactRow.sequence))).all()
    query = select(Officer.username, Officer.name).where(col(Officer.username).in_({row.recorded_by for row in rows}))
    names = dict(session.exec(query).all())
    texts = texts_of(session, hand.process_id)
    return [
        Said(
            kept[row.sequence],
            names.get(row.recorded_by, row.recorded_by),
            row.channel,
            row.recorded_at,
            texts.get(row.sequence, {}),
        )
        for row in rows
    ]
