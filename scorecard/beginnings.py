"""When the data of a council begin: before that there is nothing to be counted, which is not the same as nought."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import Connection, text

from casework.cases import authority
from scorecard.period import Period

Beginnings = Mapping[str, date | None]
"""The first day of each kind of case; None where there is no case of it."""

_ASSESSMENT, _PLAN, _REVIEW, _ANY = "assessment", "plan", "review", "any"
_OF_PLANS = frozenset({"held", "moves"})
_OF_REVIEWS = frozenset({"review_decisions", "review_actions", "review_waiting", "aligned_meetings", "appeals"})
_OF_ANY = frozenset({"caseload"})
_FIRST = text(
    "SELECT *, least(assessment, plan, review) AS any FROM (SELECT "
    "(SELECT min(began) FROM counted_assessment WHERE authority = :authority AND NOT void) AS assessment, "
    "(SELECT min(made_on) FROM plan WHERE authority = :authority AND ended_by <> 'opened_in_error') AS plan, "
    "(SELECT min(began) FROM counted_review WHERE authority = :authority AND NOT void) AS review) f"
)


def beginnings(connection: Connection) -> Beginnings:
    """The day on which the first assessment here began, the first plan was made, the first review's time began."""
    found = connection.execute(_FIRST, {"authority": authority()}).mappings().one()
    return dict(found)


def has_data(first: Beginnings, population: str, period: Period) -> bool:
    """Whether a case of the kind that a population counts had begun by the end of a period (plans: by the day on which
    they are looked at).

    From then on a population of nobody is a true nought.
    """
    kind = _kind(population)
    begun, until = first[kind], period.as_at if kind == _PLAN else period.last
    return begun is not None and begun <= until


def _kind(population: str) -> str:
    if population in _OF_PLANS:
        return _PLAN
    if population in _OF_REVIEWS:
        return _REVIEW
    return _ANY if population in _OF_ANY else _ASSESSMENT
