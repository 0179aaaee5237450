"""The caseload that is rehearsed, read once from a database and never written to."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import Engine, or_
from sqlmodel import Session, col, select

from casework.calendars import calendar_in_force
from casework.cases import authority
from casework.earlier import Claim
from casework.families.who import families_of
from casework.mailing import posts_paper
from casework.policies import policy_in_force
from casework.recipients import Directory
from casework.situations import by_link
from casework.statuses import WAITING
from casework.term_dates import terms_of
from casework.term_letters import OF_TERM_LISTS
from casework.term_lists import own_terms
from config.settings import get_settings
from records.ledger import facts_of_many
from records.tables import (
    AdviceRequest,
    CasePapers,
    Cover,
    FactRow,
    FamilyLetter,
    Message,
    Process,
    Review,
    TermList,
)
from scorecard.rehearsal.held import Held
from scorecard.rehearsal.world import Rules, World
from statute.facts import Fact
from statute.opening_day import opens_on
from statute.policy import Policy

# Of what ended longer ago nothing is learnt about how long things take today.
LEARNT_FROM = timedelta(days=730)
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Caseload:
    """What is rehearsed: the open processes, the world around them, the ledgers that waits are learnt from; and the
    lists before terms, with what was said of them."""

    cases: Sequence[Held]
    world: World
    term_lists: Sequence[TermList]
    term_words: Sequence[Message]
    ledgers: Mapping[UUID, tuple[str, Sequence[Fact]]]


def read(db: Engine, start: datetime, policy: Policy | None = None) -> Caseload:
    """Read the caseload as it stands; `policy` is the one to rehearse, by default the one in force.

    Cases that are still quiet are armed in the rehearsal from `start` (aware) on. The database is asked within one
    transaction that cannot write.
    """
    with Session(db, expire_on_commit=False) as session:
        session.connection(execution_options={"isolation_level": "REPEATABLE READ", "postgresql_readonly": True})
        in_force = policy_in_force(session)
        rules = Rules(in_force, policy or in_force, start)
        processes = _processes(session, start.date() - LEARNT_FROM)
        facts = {each: found for batch in _batches(list(processes)) for each, found in _facts(session, batch).items()}
        cases = _held(session, [each for each in processes.values() if each.ended_on is None], facts)
        world = _world(session, cases, rules)
        lists = session.exec(select(TermList).where(TermList.authority == authority())).all()
        words = session.exec(select(Message).where(col(Message.kind).in_(OF_TERM_LISTS))).all()
        session.expunge_all()
    for case in cases:
        _armed(case, rules)
    return Caseload(cases, world, lists, words, {each: (processes[each].kind, facts[each]) for each in processes})


def _processes(session: Session, since: date) -> dict[UUID, Process]:
    query = select(Process).where(
        Process.authority == authority(), or_(col(Process.ended_on).is_(None), col(Process.ended_on) >= since)
    )
    return {each.id: each for each in session.exec(query.order_by(col(Process.case_ref)))}


def _batches(ids: Sequence[UUID]) -> Iterable[Sequence[UUID]]:
    return (ids[first : first + _BATCH] for first in range(0, len(ids), _BATCH))


def _facts(session: Session, ids: Sequence[UUID]) -> dict[UUID, list[Fact]]:
    return facts_of_many(session, ids)


def _held(session: Session, processes: Sequence[Process], facts: Mapping[UUID, list[Fact]]) -> list[Held]:
    ids = [each.id for each in processes]
    families = families_of(session, authority())
    held = {each.id: Held(each, families[each.person_id], list(facts[each.id])) for each in processes}
    for batch in _batches(ids):
        _beside(session, held, batch)
    return list(held.values())


def _armed(case: Held, rules: Rules) -> None:
    """A quiet case sends from the beginning; a review is opened when the rehearsed policy wants it."""
    case.process.armed_from = case.process.armed_from or rules.since
    if case.opens_on is not None and rules.changed:
        case.opens_on = opens_on(case.facts, rules.since.date(), rules.rehearsed)


def _beside(session: Session, held: Mapping[UUID, Held], batch: Sequence[UUID]) -> None:
    """What is kept of these processes beside their facts."""
    for request in session.exec(select(AdviceRequest).where(col(AdviceRequest.process_id).in_(batch))):
        held[request.process_id].requests.append(request)
    _claims(session, held, batch)
    for papers in session.exec(select(CasePapers).where(col(CasePapers.process_id).in_(batch))):
        held[papers.process_id].papers_from = papers.ready_at
    for review in session.exec(select(Review).where(col(Review.process_id).in_(batch))):
        held[review.process_id].opens_on = None if review.opened_at else review.opens_on or date.max
    for letter in session.exec(select(FamilyLetter).where(col(FamilyLetter.process_id).in_(batch))):
        held[letter.process_id].letters.append(letter)
    for process_id, sequences in _from_files(session, batch).items():
        held[process_id].from_file = frozenset(sequences)


def _from_files(session: Session, batch: Sequence[UUID]) -> Mapping[UUID, set[int]]:
    """The numbers of the facts that came from a file, by process."""
    files: defaultdict[UUID, set[int]] = defaultdict(set)
    query = select(FactRow.process_id, FactRow.sequence).where(FactRow.channel == "import")
    for process_id, sequence in session.exec(query.where(col(FactRow.process_id).in_(batch))):
        files[process_id].add(sequence)
    return files


def _claims(session: Session, held: Mapping[UUID, Held], batch: Sequence[UUID]) -> None:
    """What these processes have said, and have still to say."""
    for message in session.exec(select(Message).where(col(Message.process_id).in_(batch))):
        if message.process_id:
            case = held[message.process_id]
            case.claim(message.step_key, Claim(message.status, message.reason, message.created_at))
            case.kinds[message.step_key] = (message.kind, message.subject)
            if message.fallback and message.status in WAITING:
                case.fallbacks[message.step_key] = message.fallback


def _world(session: Session, cases: Sequence[Held], rules: Rules) -> World:
    directory = Directory(session, authority()).with_settings()
    urns = {each.person.setting_urn for each in cases}
    urns |= {request.setting_urn for each in cases for request in each.requests}
    for urn in urns:
        directory.setting(urn)
    # Each is read when it is first asked for, and nothing may be asked for later.
    _ = directory.bodies, directory.everybody, directory.covers
    terms = {urn or "": terms_of(session, urn) for urn in (None, *urns)}
    covers = session.exec(select(Cover).where(Cover.authority == authority()).order_by(col(Cover.id))).all()
    return World(
        rules,
        calendar_in_force(session),
        directory,
        covers,
        terms,
        own_terms(session),
        by_link(session),
        posts_paper(get_settings()),
    )
