"""Two people, or one impatient finger, at one case: what was recorded since a page was shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from casework.actor import Actor
from casework.cases import Case
from casework.errors import ChangedSince
from casework.plan_refs import said_among
from records.ledger import texts_of
from records.mailref import tidy
from records.tables import FactRow, Officer
from statute.facts import Fact
from statute.kinds import ABOUT_THE_RECORD, KINDS, TEXT_ATTRIBUTES, split_subject
from statute.standing import standing
from statute.words import day_words, plain


@dataclass(frozen=True, slots=True)
class Sending:
    """What somebody sends to be recorded: under which reference, and `seen`, the version on their page."""

    reference: str
    facts: Sequence[Fact]
    texts: Mapping[str, str]
    actor: Actor
    seen: int


def already(session: Session, case: Case, sent: Sending) -> bool:
    """Whether this very thing was recorded since the page was shown, by whoever sends it: a form sent twice.

    The case is held. Raises ChangedSince when anything else was recorded since.
    """
    if not _named(case, sent.reference):
        # Said of a child whose assessment is over, it goes to the plan's review, which the page did not show.
        return all(said_among(standing(case.facts), fact) for fact in sent.facts)
    since = _since(session, case, sent.seen)
    if not since:
        return False
    if _the_same(session, case, since, sent):
        return True
    raise ChangedSince([*_told(session, since), _WHAT_TO_DO], case.process.version)


_WHAT_TO_DO = "Nothing of yours is recorded yet. Check what you typed, then send it again."


def _named(case: Case, reference: str) -> bool:
    asked = reference.strip()
    return asked.upper() == case.process.case_ref.upper() or tidy(asked) == case.process.mail_ref


def _since(session: Session, case: Case, seen: int) -> Sequence[FactRow]:
    query = select(FactRow).where(FactRow.process_id == case.process.id, FactRow.sequence > seen)
    return session.exec(query.order_by(col(FactRow.sequence))).all()


def _the_same(session: Session, case: Case, since: Sequence[FactRow], sent: Sending) -> bool:
    mine = [row for row in since if (row.recorded_by, row.channel) == (sent.actor.name, sent.actor.channel)]
    found = [next((row for row in mine if _says(row, fact)), None) for fact in sent.facts]
    if found[0] is None or None in found:
        return False
    own = {name: value for name, value in sent.facts[0].attributes.items() if name in TEXT_ATTRIBUTES}
    return texts_of(session, case.process.id).get(found[0].sequence, {}) == {**sent.texts, **own}


def _says(row: FactRow, fact: Fact) -> bool:
    same = (row.kind, row.subject, row.day) == (fact.kind, fact.subject, fact.day)
    coded = {name: value for name, value in fact.attributes.items() if name not in TEXT_ATTRIBUTES}
    # The ledger may know more: the directory says whether regulation 8 binds a service.
    return same and coded.items() <= row.attributes.items()


def _told(session: Session, since: Sequence[FactRow]) -> list[str]:
    names = _names(session, {row.recorded_by for row in since})
    return [f"{names.get(row.recorded_by, row.recorded_by)} recorded meanwhile: {_words(row)}." for row in since]


def _words(row: FactRow) -> str:
    kind, subject = (row.kind, row.subject)
    doing = ""
    if kind in ABOUT_THE_RECORD:
        doing = f"{kind}, "
        kind, subject = split_subject(subject)
    about = f" ({plain(subject)})" if subject else ""
    return f"{doing}{KINDS[kind].words if kind in KINDS else plain(kind)}{about}, {day_words(row.day)}"


def _names(session: Session, usernames: set[str]) -> Mapping[str, str]:
    query = select(Officer.username, Officer.name).where(col(Officer.username).in_(usernames))
    return dict(session.exec(query).all())
