"""Assessments of the kinds that are wanted, as rows."""

from collections import Counter
from datetime import date

from scorecard.synthetic.advice import advice
from scorecard.synthetic.assessment_days import AssessmentDays, Year, assessment_days
from scorecard.synthetic.assessment_kind import AssessmentKind, Fate
from scorecard.synthetic.children import Children
from scorecard.synthetic.endings import final_days, relief
from scorecard.synthetic.places import place
from scorecard.synthetic.rows import AssessmentRow

_SOURCES, _WEIGHTS = (1, 2, 3, 4, 5), (34, 60, 3, 2, 1)
"""Who requests, by SEN2 code, and about how often."""

_DEATHS = 0.02


def assessments(kinds: Counter[AssessmentKind], year: Year, children: Children) -> list[AssessmentRow]:
    """One row for each assessment, in the order of the requests."""
    drawn = [(assessment_days(kind, year), number, kind) for number, kind in enumerate(kinds.elements())]
    drawn.sort(key=lambda each: (each[0].began, each[1]))
    number: Counter[int] = Counter()
    rows: list[AssessmentRow] = []
    for days, _, kind in drawn:
        number[days.began.year] += 1
        rows.append(_row(f"EHC-{days.began.year}-{number[days.began.year]:04d}", kind, days, year, children))
    return rows


def _row(ref: str, kind: AssessmentKind, days: AssessmentDays, year: Year, children: Children) -> AssessmentRow:
    rng = year.days.rng
    child = children.assessed(days.began)
    decision = "" if not days.decided else "not_assess" if kind.fate is Fate.REFUSED else "assess"
    last = days.outcome or year.census
    told: dict[str, object] = {}
    if decision == "assess" and days.decided:
        told = advice(days.decided, last, year) | final_days(kind, days, year)
    if kind.flagged and days.outcome:
        told |= relief(days.began, days.outcome, year)
    return AssessmentRow(
        case_ref=ref,
        child=child,
        place=place(rng, child.date_of_birth, days.began),
        request_source=rng.choices(_SOURCES, _WEIGHTS)[0],
        received=days.began,
        decision=decision,
        decision_notified=days.decided,
        **(told | _ended(kind, days.outcome, year)),  # pyright: ignore[reportArgumentType]
    )


def _ended(kind: AssessmentKind, outcome: date | None, year: Year) -> dict[str, object]:
    if kind.fate is Fate.WITHDREW:
        return {"withdrawn": outcome}
    if kind.fate in (Fate.NO_PLAN_IN_TIME, Fate.NO_PLAN_LATE):
        return {"no_plan_notified": outcome}
    if kind.fate is Fate.LEFT:
        return {"died" if year.days.rng.random() < _DEATHS else "moved_away": outcome}
    return {}
