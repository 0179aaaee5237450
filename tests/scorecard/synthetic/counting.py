"""What the department's columns are on the rows of a council, counted row by row in plain Python.

Written from the readings of the columns alone: neither the generator nor the scorecard has a part in it.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from scorecard.synthetic.rows import AssessmentRow, PlanRow

Cells = dict[str, int]


def counted(assessments: Sequence[AssessmentRow], plans: Sequence[PlanRow], year: int, day: date) -> dict[str, Cells]:
    """All four tables of a year, as known on a day."""
    return {
        "requests": _requests(assessments, year, day),
        "assessments": _assessments(assessments, year),
        "timeliness_20_week": _timeliness(assessments, year),
        "annual_reviews": _reviews(assessments, plans, year, day),
    }


def _in(day: date | None, year: int) -> bool:
    return day is not None and day.year == year


def _count(found: Iterable[object]) -> int:
    return sum(map(bool, found))


def _requests(rows: Sequence[AssessmentRow], year: int, day: date) -> Cells:
    asked = [row for row in rows if row.received.year == year]
    decided = [row for row in asked if row.decision_notified and row.decision_notified <= day]
    gone = [row for row in asked if row.decision_notified is None and row.withdrawn and row.withdrawn <= day]
    yes = _count(row.decision == "assess" for row in decided)
    waits = [(told - row.received).days for row in rows if (told := row.decision_notified) and told.year == year]
    return {
        "requests_received_in_year": len(asked),
        "requests_decided_to_assess": yes,
        "requests_decided_not_to_assess": len(decided) - yes,
        "requests_withdrawn": len(gone),
        "requests_decision_not_made": len(asked) - len(decided) - len(gone),
        "request_outcome_six_weeks": _count(wait <= 42 for wait in waits),
        "request_outcome_over_6_weeks": _count(wait > 42 for wait in waits),
    }


def _assessments(rows: Sequence[AssessmentRow], year: int) -> Cells:
    agreed = [row for row in rows if row.decision == "assess"]
    issued = _count(_in(row.issue_notified or row.final_sent, year) for row in agreed)
    refused = [(told - row.received).days for row in agreed if (told := row.no_plan_notified) and told.year == year]
    withdrawn = _count(_in(row.withdrawn, year) for row in agreed)
    left = _count(_in(row.moved_away or row.died, year) for row in agreed)
    return {
        "assess_in_year": issued + len(refused) + withdrawn + left,
        "assess_issued": issued,
        "assess_not_issued": len(refused),
        "assess_not_made": left,
        "assess_withdrawn": withdrawn,
        "outcome_decision_within_time": _count(took <= 112 for took in refused),
        "outcome_decision_over_time": _count(took > 112 for took in refused),
    }


def _excepted(row: AssessmentRow) -> bool:
    """A ground of regulation 10(4) whose days touch the first sixteen weeks (of four weeks' absence: 28 of them)."""
    if not row.relief_ground:
        return False
    assert row.relief_from and row.relief_to
    end = row.received + timedelta(days=112)
    days = (min(row.relief_to, end) - max(row.relief_from, row.received)).days + 1
    return days >= (28 if row.relief_ground == "absent_4w" else 1)


def _timeliness(rows: Sequence[AssessmentRow], year: int) -> Cells:
    sent = [
        ((row.final_sent - row.received).days, _excepted(row))
        for row in rows
        if row.final_sent and row.final_sent.year == year
    ]
    plain = [days for days, excepted in sent if not excepted]
    every = [days for days, _ in sent]
    return {
        "plans_issued_den": len(every),
        "plans_issued_den_ex": len(plain),
        "plans_issued_within_20_weeks": _count(days <= 140 for days in every),
        "plans_issued_20_weeks_ex": _count(days <= 140 for days in plain),
        "plans_issued_gt20weeks_ltYear": _count(140 < days <= 364 for days in every),
        "plans_issued_gt20weeks_ltYear_ex": _count(140 < days <= 364 for days in plain),
        "plans_issued_gt_1_year": _count(days > 364 for days in every),
        "plans_issued_gt_1_year_ex": _count(days > 364 for days in plain),
    }


def _reviews(assessments: Sequence[AssessmentRow], plans: Sequence[PlanRow], year: int, day: date) -> Cells:
    held = [row for row in plans if row.plan_made <= day and not (row.ended and row.ended <= day)]
    with_row = {(row.child.upn, row.plan_made) for row in plans}
    sent = [(row.child.upn, row.final_sent) for row in assessments if row.final_sent and row.final_sent <= day]
    without_row = _count(each not in with_row for each in sent)
    expected = [row for row in held if row.plan_made < date(year, 1, 1)]
    new = len(held) - len(expected) + without_row
    meetings = [row.last_review_meeting.year for row in expected if row.last_review_meeting]
    decided = [(row.last_review_decision, met) for row in expected if row.last_review_decision and (met := _own(row))]
    owed = [row.last_review_meeting for row in expected if row.last_review_meeting and _owed(row)]
    said = [row.last_review_outcome for row in expected]
    this, last = (year + 1) % 100, year % 100
    outcomes = {word: said.count(word) for word in ("amend", "cease", "maintain")}
    return {
        "total_ehc_plans": len(expected) + new,
        "review_expected": len(expected),
        "review_not_expected": new,
        f"review_meeting_{this}": meetings.count(year + 1),
        f"review_meeting_{last}": meetings.count(year),
        f"review_meeting_prior_{last}": _count(met < year for met in meetings),
        "total_review_meeting": len(meetings),
        "no_review_meeting": len(expected) - len(meetings),
        f"review_decision{this}": _count(told.year == year + 1 for told, _ in decided),
        f"review_decision{last}": _count(told.year == year for told, _ in decided),
        f"review_decision_prior{last}": _count(told.year < year for told, _ in decided),
        "review_decision_not_due": _count((day - met).days <= 28 for met in owed),
        "review_decision_outstanding": _count((day - met).days > 28 for met in owed),
        "outcome_amend": outcomes["amend"],
        "outcome_cease": outcomes["cease"],
        "outcome_maintan": outcomes["maintain"],
        "no_outcome": len(meetings) - sum(outcomes.values()),
        "number_decsion_4weeks": _count((told - met).days <= 28 for told, met in decided),
        "number_decision_gt_4weeks": _count((told - met).days > 28 for told, met in decided),
    }


def _own(row: PlanRow) -> date | None:
    """The meeting of the last decision: the file's own column for it, else the last meeting if that came before."""
    if row.decided_meeting:
        return row.decided_meeting
    return None if _owed(row) else row.last_review_meeting


def _owed(row: PlanRow) -> bool:
    """Whether the last meeting's decision has not been made."""
    met, told = row.last_review_meeting, row.last_review_decision
    return met is not None and (told is None or told < met)
