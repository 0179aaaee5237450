"""The law alone: limits, kinds of facts, and a timeline of facts that are given."""

from collections.abc import Mapping, Sequence
from datetime import date

from fastapi import APIRouter

from casework.errors import Refused
from statute import annual_review
from statute.annual_review import LIMITS as OF_REVIEWS
from statute.facts import Fact
from statute.judgement import judge_all
from statute.kind import ANNUAL_REVIEW, ASSESSMENT, Kind, Value
from statute.kinds import KINDS
from statute.limit import Limit as LegalLimit
from statute.limits_of_assessments import LIMITS as OF_ASSESSMENTS
from statute.processes import timeline_of
from web.api.answers import Answer, Timeline
from web.api.asked import TypedCase, facts_in
from web.api.cases import timeline_shown
from web.api.declared import ASK, READ
from web.api.desks import ApiStaff

router = APIRouter(tags=["The law"])


class Limit(Answer):
    """One time limit: whose duty it is, from what it counts, and where it is written."""

    limit: str
    process: str
    duty: str
    owed_by: str
    owed_to: str
    starts_with: str
    counted: str
    met_by: str
    citation: str
    link: str
    law: bool
    in_force_from: date
    lifted_by: Mapping[str, str]


class Limits(Answer):
    """Every limit of every process."""

    items: tuple[Limit, ...]


class KindOfFact(Answer):
    """One kind of fact. `attributes` are what can be said with it: what each holds, or its codes."""

    kind: str
    words: str
    about: str
    processes: tuple[str, ...]
    attributes: Mapping[str, str | tuple[str, ...]]
    required: tuple[str, ...]


class KindsOfFacts(Answer):
    """Everything that can be recorded."""

    items: tuple[KindOfFact, ...]


@router.get("/limits", responses=READ)
def list_limits(at: ApiStaff) -> Limits:
    """Every time limit with its paragraph."""
    of = ((ASSESSMENT, OF_ASSESSMENTS), (ANNUAL_REVIEW, OF_REVIEWS))
    return Limits(items=tuple(_limit(process, limit) for process, limits in of for limit in limits.values()))


@router.get("/kinds", responses=READ)
def list_kinds_of_facts(at: ApiStaff) -> KindsOfFacts:
    """Every kind of fact that can be recorded, and what can be said with it."""
    return KindsOfFacts(items=tuple(map(_kind, KINDS.values())))


@router.post("/timelines", responses=ASK)
def work_out_a_timeline(at: ApiStaff, body: TypedCase) -> Timeline:
    """The law applied to the facts given: nothing is read or recorded, so no Idempotency-Key is needed."""
    facts, notes = _judged(body.process, facts_in(body.facts), at.today)
    day = body.as_of or at.today
    if body.process == ANNUAL_REVIEW:
        found = annual_review.timeline(facts, day, terms=body.terms)
    else:
        found = timeline_of(body.process, facts, day)
    shown = timeline_shown(found)
    return shown.model_copy(update={"warnings": tuple(dict.fromkeys([*notes, *shown.warnings]))})


def _judged(process: str, facts: Sequence[Fact], today: date) -> tuple[list[Fact], list[str]]:
    accepted: list[Fact] = []
    refused: list[str] = []
    notes: list[str] = []
    for fact, judgement in judge_all(facts, today, process):
        refused += judgement.refusals
        notes += [*judgement.confirmations, *judgement.warnings]
        accepted.append(fact)
    if refused:
        raise Refused(refused)
    return accepted, notes


def _limit(process: str, limit: LegalLimit) -> Limit:
    return Limit(
        limit=limit.id,
        process=process,
        duty=limit.duty,
        owed_by=limit.owed_by,
        owed_to=limit.owed_to,
        starts_with=limit.starts_with,
        counted=limit.rule.words,
        met_by=limit.met_by,
        citation=limit.citation,
        link=limit.link,
        law=limit.law,
        in_force_from=limit.in_force_from,
        lifted_by=dict(limit.grounds),
    )


def _kind(kind: Kind) -> KindOfFact:
    said = {name: each.value if isinstance(each, Value) else each for name, each in kind.attributes.items()}
    return KindOfFact(
        kind=kind.name,
        words=kind.words,
        about=kind.about.value,
        processes=tuple(sorted(kind.processes)),
        attributes=said,
        required=kind.required,
    )
