"""How far a case has come, told from which of its limits stand: for one case, and as a condition in SQL.

Nothing is kept: a stage is read off the read model of deadlines, so it is as true of a past day as of today.
"""

from collections.abc import Collection, Mapping
from enum import StrEnum
from types import MappingProxyType

from statute import annual_review, assessment
from statute.kind import ANNUAL_REVIEW


class Stage(StrEnum):
    """How far an assessment or a review has come."""

    DECIDING = "deciding"
    AWAITING_ADVICE = "awaiting_advice"
    DRAFTING = "drafting"
    AFTER_DRAFT = "after_draft"
    ARRANGING = "arranging"
    AWAITING_REPORT = "awaiting_report"
    REVIEW_DECISION = "review_decision"
    AMENDING = "amending"
    REVIEWED = "reviewed"


Standings = Collection[tuple[str, str]]
"""Limit and standing of each spell of one process that holds on the day."""

BINDS = ("open", "lifted")
ADVICE = ("reg8_advice", "code_advice")

OF_ASSESSMENTS, OF_REVIEWS = tuple(Stage)[:4], tuple(Stage)[4:]
_OF_AN_ASSESSMENT = (*assessment.LIMITS, assessment.LOCAL_DRAFT_PLAN.id)
_NOT_ITS: Mapping[Stage, tuple[str, ...]] = MappingProxyType(
    dict.fromkeys(OF_ASSESSMENTS, tuple(annual_review.LIMITS)) | dict.fromkeys(OF_REVIEWS, _OF_AN_ASSESSMENT)
)


def stage_of(process: str, rows: Standings) -> Stage:
    """The stage of an open process of that kind, by its limits."""
    return _stage_of_a_review(rows) if process == ANNUAL_REVIEW else _stage_of_an_assessment(rows)


def stage_condition(stage: Stage, held: str, *, now: bool) -> str:
    """The condition in SQL that the process of `deadline d` has come so far.

    `held` says of `deadline s` that its spell holds on the day; `now` that this is today.
    """

    def binds(*limits: str) -> str:
        return _bind_now(limits) if now else _one_by_one(limits, f"{held} AND s.standing IN {_sql(BINDS)}")

    decided, drafted = f"NOT {binds('reg5_decide')}", _one_by_one(("reg13_representations",), held)
    amending, met = binds("reg22_final"), _one_by_one(("reg20_decision",), held)
    conditions: dict[Stage, tuple[str, ...]] = {
        Stage.DECIDING: (binds("reg5_decide"), f"NOT {drafted}"),
        Stage.AWAITING_ADVICE: (binds(*ADVICE), decided, f"NOT {drafted}"),
        Stage.DRAFTING: (decided, f"NOT {binds(*ADVICE)}", f"NOT {drafted}"),
        Stage.AFTER_DRAFT: (drafted,),
        Stage.ARRANGING: (f"NOT {amending}", f"NOT {met}"),
        Stage.AWAITING_REPORT: (binds("reg20_report"), binds("reg20_decision"), f"NOT {amending}"),
        Stage.REVIEW_DECISION: (binds("reg20_decision"), f"NOT {binds('reg20_report')}", f"NOT {amending}"),
        Stage.AMENDING: (amending,),
        Stage.REVIEWED: (f"NOT {binds('reg20_decision')}", f"NOT {amending}", met),
    }
    # Whose a limit is, is told without looking at its process; as an exclusion, because a list of limits that are
    # wanted leads Postgres away from the index of what is open.
    return " AND ".join((f"d.limit_id NOT IN {_sql(_NOT_ITS[stage])}", *conditions[stage]))


def _stage_of_an_assessment(rows: Standings) -> Stage:
    if any(limit == "reg13_representations" for limit, _ in rows):
        return Stage.AFTER_DRAFT
    if _binds(rows, "reg5_decide"):
        return Stage.DECIDING
    return Stage.AWAITING_ADVICE if _binds(rows, *ADVICE) else Stage.DRAFTING


def _stage_of_a_review(rows: Standings) -> Stage:
    if _binds(rows, "reg22_final"):
        return Stage.AMENDING
    if not any(limit == "reg20_decision" for limit, _ in rows):
        return Stage.ARRANGING
    if not _binds(rows, "reg20_decision"):
        return Stage.REVIEWED
    return Stage.AWAITING_REPORT if _binds(rows, "reg20_report") else Stage.REVIEW_DECISION


def _binds(rows: Standings, *limits: str) -> bool:
    return any(limit in limits and standing in BINDS for limit, standing in rows)


def _bind_now(limits: tuple[str, ...]) -> str:
    """Told from the two small indexes of what binds today, read once; "is true" keeps Postgres from joining instead."""
    each = (
        f"SELECT s.process_id FROM deadline s WHERE s.to_day IS NULL AND s.standing = '{standing}' "  # noqa: S608 - nothing in it was typed
        f"AND s.limit_id IN {_sql(limits)}"
        for standing in BINDS
    )
    return f"((d.process_id IN ({' UNION ALL '.join(each)})) IS TRUE)"


def _one_by_one(limits: tuple[str, ...], so: str) -> str:
    """Looked up for each row in turn, and no further than the page goes: EXISTS would be made a search of them all."""
    where = f"s.process_id = d.process_id AND s.limit_id IN {_sql(limits)} AND {so}"
    return f"((SELECT true FROM deadline s WHERE {where} LIMIT 1) IS TRUE)"  # noqa: S608 - as above


def _sql(words: tuple[str, ...]) -> str:
    return "(" + ", ".join(f"'{word}'" for word in words) + ")"
