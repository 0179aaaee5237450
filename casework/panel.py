"""Cases in which something is expected to happen next: where a panel's decisions are ticked off."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, text

from casework.actor import Actor
from casework.cases import authority
from casework.list_queries import SEEN
from statute.kind import ANNUAL_REVIEW, ASSESSMENT
from statute.kinds import KINDS

PAGE = 50

Key = tuple[date, str]
"""Where a page ended: day and mail reference of its last case."""


@dataclass(frozen=True, slots=True)
class Expected:
    """Where a kind of fact is expected: one of the limits binds, all of `after` stand, and none of `before`."""

    limits: Sequence[str]
    after: Sequence[str] = ()
    before: Sequence[str] = ()
    process: str = ANNUAL_REVIEW


@dataclass(frozen=True, slots=True)
class Candidate:
    """A case to tick, with the earliest day by which one of the limits is due."""

    process_id: UUID
    mail_ref: str
    case_ref: str
    child: str
    officer: str
    team: str
    due: date

    @property
    def key(self) -> Key:
        """Give the last one's as `after` to get the next page."""
        return self.due, self.mail_ref


_DECIDED = ("decision_to_issue", "decision_not_to_issue")
_PLAN = ("reg13_final_plan",)
_REVIEW = ("s44_review", "reg27_review", "reg15_review")
_AMENDING = ("reg22_final",)


def _assessing(limits: Sequence[str], after: Sequence[str] = (), before: Sequence[str] = ()) -> Expected:
    return Expected(limits, after, before, ASSESSMENT)


EXPECTED: Mapping[str, Expected] = MappingProxyType(
    {
        "decision_to_assess": _assessing(["reg5_decide"]),
        "decision_not_to_assess": _assessing(["reg5_decide"]),
        "family_views": _assessing(_PLAN, ["decision_to_assess"], ["family_views"]),
        "decision_to_issue": _assessing(_PLAN, ["decision_to_assess"], _DECIDED),
        "decision_not_to_issue": _assessing(_PLAN, ["decision_to_assess"], _DECIDED),
        "draft_plan_sent": _assessing(_PLAN, ["decision_to_assess"], ["draft_plan_sent"]),
        "final_plan_sent": _assessing(_PLAN, ["draft_plan_sent"]),
        "review_invited": Expected(_REVIEW, (), ["review_invited", "review_meeting"]),
        "review_papers_sent": Expected(_REVIEW, ["review_invited"], ["review_papers_sent", "review_meeting"]),
        "review_meeting": Expected(_REVIEW, (), ["review_meeting"]),
        "review_report_received": Expected(["reg20_decision"], ["review_meeting"], ["review_report_received"]),
        "decision_maintain": Expected(["reg20_decision"]),
        "decision_amend": Expected(["reg20_decision"], (), ["decision_amend"]),
        "decision_cease": Expected(["reg20_decision"], (), ["decision_cease"]),
        "amendment_notice_sent": Expected(["reg20_decision"], ["decision_amend"], ["amendment_notice_sent"]),
        "amended_plan_sent": Expected(_AMENDING, ["amendment_notice_sent"]),
        "decided_not_to_amend": Expected(_AMENDING, ["amendment_notice_sent"]),
    }
)
"""Kinds for which a list can be made; of others the references are given."""

# A review is prepared from some sixteen weeks before it is due.
AHEAD = timedelta(weeks=16)

# In the words of the partial indexes (`records.tables.deadlines`), each by itself: asked otherwise, they are not used.
_ONE = (
    "SELECT d.process_id, d.legal_due FROM deadline d WHERE d.authority = :authority AND d.to_day IS NULL "
    "AND d.standing = '{standing}' AND d.limit_id = ANY(:limits) AND d.legal_due <= :until AND {narrowed} AND {seen}"
)
_LIST = """
SELECT p.id AS process_id, p.mail_ref, p.case_ref, n.forename || ' ' || n.surname AS child,
    coalesce(o.name, p.officer, '') AS officer, coalesce(p.team, '') AS team, due.due
FROM (SELECT process_id, min(legal_due) AS due FROM ({either}) binds GROUP BY process_id) due
JOIN process p ON p.id = due.process_id JOIN person n ON n.id = p.person_id
LEFT JOIN officer o ON o.authority = p.authority AND o.username = p.officer
WHERE p.kind = :kind AND p.ended_on IS NULL AND {stands}
  AND (CAST(:after_due AS date) IS NULL OR (due.due, p.mail_ref) > (:after_due, :after_ref))
ORDER BY due.due, p.mail_ref LIMIT :page
"""
_STANDS = (
    "EXISTS (SELECT FROM fact f WHERE f.process_id = p.id AND f.kind = '{kind}' AND NOT EXISTS "
    "(SELECT FROM fact r WHERE r.process_id = p.id AND r.kind = 'retracted' AND r.supersedes = f.sequence))"
)


def candidates(
    db: Engine, kind: str, actor: Actor, today: date, *, officer: str = "", team: str = "", after: Key | None = None
) -> tuple[Candidate, ...]:
    """The cases in which a kind of fact is expected, the soonest due first, at most 50 and one that says there are
    more; of one officer, of one team, or of all."""
    where = EXPECTED.get(kind)
    if where is None:
        return ()
    narrowed = [f"d.{name} = :{name}" for name, value in (("officer", officer), ("team", team)) if value]
    stands = [_stands(name) for name in where.after] + [f"NOT {_stands(name)}" for name in where.before]
    by = " AND ".join(narrowed) or "true"
    either = " UNION ALL ".join(_ONE.format(standing=each, narrowed=by, seen=SEEN) for each in ("open", "lifted"))
    query = _LIST.format(either=either, stands=" AND ".join(stands) or "true")
    due, ref = after or (None, "")
    bound: dict[str, Any] = {
        "authority": authority(),
        "viewer": actor.name,
        "limits": list(where.limits),
        "kind": where.process,
        "officer": officer,
        "team": team,
        "until": today + AHEAD if where.limits is _REVIEW else date.max,
        "after_due": due,
        "after_ref": ref,
        "page": PAGE + 1,
    }
    with db.connect() as connection:
        return tuple(Candidate(**row) for row in connection.execute(text(query), bound).mappings())


def _stands(kind: str) -> str:
    if kind not in KINDS:  # it goes into the statement as it is
        raise KeyError(kind)
    return _STANDS.format(kind=kind)
