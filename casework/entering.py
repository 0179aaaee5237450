"""Adding facts to a case that is held: judged first, then all of them or none."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from types import MappingProxyType

from sqlmodel import Session

from casework.actor import Actor
from casework.calendars import calendar_in_force
from casework.cases import Case
from casework.effects import settle
from casework.errors import NeedsConfirmation, Refused
from casework.final_plans import open_made
from casework.refresh import refresh, write_wakes
from casework.requests import completed
from config.clock import london_day
from engine.messages import ProcessRef
from records.ledger import NO_TEXTS, append_many
from statute.calendar import Calendar
from statute.facts import Fact
from statute.judgement import Judgement, judge
from statute.kinds import ABOUT_THE_RECORD, TEXT_ATTRIBUTES
from statute.standing import as_now_known, target_of

_Said = tuple[Fact, Mapping[str, str]]
# What these say, people have decided elsewhere: a file is itself the confirmation, and the reason.
_NOT_A_PERSON = frozenset({"import", "engine"})


@dataclass(frozen=True, slots=True)
class Entered:
    """What came of it: sentences for the caseworker, and which clocks to wake after the commit, its own first."""

    warnings: tuple[str, ...]
    wakes: tuple[ProcessRef, ...]


@dataclass(slots=True)
class Verdict:
    """What the law says of all new facts together."""

    refusals: list[str] = field(default_factory=list[str])
    confirmations: list[str] = field(default_factory=list[str])
    warnings: list[str] = field(default_factory=list[str])


def enter(
    session: Session,
    case: Case,
    facts: Sequence[Fact],
    actor: Actor,
    now: datetime,
    *,
    confirm: bool = False,
    texts: Mapping[str, str] = NO_TEXTS,
) -> Entered:
    """Judge and append facts in their order, then bring everything derived in step; the caller commits.

    Free text among the attributes (because, evidence, ...) is kept beside its fact; `texts` go with the first
    fact. Raises Refused with every reason when one fact is impossible; NeedsConfirmation, without `confirm`, when one
    is unlawful but may be real. What wants a person's reason is refused without one; a file is itself the reason.
    """
    said = _prepared(session, case, facts, texts)
    by_person = actor.channel not in _NOT_A_PERSON
    new, verdict = _judged(case, said, london_day(now), calendar_in_force(session), by_person=by_person)
    _decide(verdict, confirm)
    if case.person.text_key is None and any(texts for _, texts in said):
        raise Refused("What was written about this child was erased on request. Record it again without any note.")
    append_many(
        session,
        case.process,
        [(fact, texts) for fact, (_, texts) in zip(new, said, strict=True)],
        actor.name,
        actor.channel,
        now,
    )
    case.facts.extend(replace(fact, recorded_at=now) for fact in new)
    settled = settle(session, case, new, now)
    refresh(session, case, now, is_new=len(case.facts) == len(new))
    open_made(session, settled.plans, now)
    wakes = write_wakes(session, settled.wakes, now)
    return Entered(tuple(dict.fromkeys([*verdict.warnings, *settled.warnings])), wakes)


def weigh(
    session: Session, case: Case, facts: Sequence[Fact], now: datetime, texts: Mapping[str, str] = NO_TEXTS
) -> Verdict:
    """What the law would say of these facts, in their order, if a person recorded them; nothing is recorded."""
    said = _prepared(session, case, facts, texts)
    return _judged(case, said, london_day(now), calendar_in_force(session))[1]


def _prepared(session: Session, case: Case, facts: Sequence[Fact], texts: Mapping[str, str]) -> list[_Said]:
    said: list[_Said] = []
    for fact in facts:
        plain, own = _apart(fact)
        said.append((completed(session, case, plain), own if said else {**texts, **own}))
    return said


def _apart(fact: Fact) -> tuple[Fact, dict[str, str]]:
    """The fact with codes and days only, and its free text: names must never enter the ledger itself."""
    texts = {name: value for name, value in fact.attributes.items() if name in TEXT_ATTRIBUTES}
    if not texts:
        return fact, {}
    rest = {name: value for name, value in fact.attributes.items() if name not in texts}
    return replace(fact, attributes=MappingProxyType(rest)), texts


def _judged(
    case: Case, said: Sequence[_Said], today: date, calendar: Calendar, *, by_person: bool = True
) -> tuple[list[Fact], Verdict]:
    known, new, verdict = list(case.facts), list[Fact](), Verdict()
    for fact, texts in said:
        numbered = _linked(known, replace(fact, sequence=len(known) + 1))
        judgement = judge(known, numbered, today, case.process.kind, calendar)
        verdict.refusals.extend(judgement.refusals)
        if by_person:
            verdict.refusals.extend(_unexplained(case, judgement, numbered, texts))
        verdict.confirmations.extend(judgement.confirmations)
        verdict.warnings.extend(judgement.warnings)
        if not judgement.refusals:  # what is refused must not make the facts after it look wrong
            known.append(numbered)
            new.append(numbered)
    return new, verdict


def _unexplained(case: Case, judgement: Judgement, fact: Fact, texts: Mapping[str, str]) -> Iterator[str]:
    """What a person must give a reason for, and has not; nobody can write one about a child whose texts were erased."""
    yield from judgement.unexplained
    if "without" in fact.attributes and not texts.get("because") and case.person.text_key is not None:
        yield "because is empty: say in your own words why the decision does not wait for that advice."


def _linked(known: Sequence[Fact], fact: Fact) -> Fact:
    """A correction or retraction with the sequence of the entry that it is about."""
    if fact.kind not in ABOUT_THE_RECORD or fact.supersedes is not None:
        return fact
    target = target_of(as_now_known(known), fact)
    return fact if target is None else replace(fact, supersedes=target.sequence)


def _decide(verdict: Verdict, confirm: bool) -> None:
    if verdict.refusals:
        raise Refused(verdict.refusals)
    if verdict.confirmations and not confirm:
        raise NeedsConfirmation(verdict.confirmations)
    verdict.warnings[:0] = verdict.confirmations
