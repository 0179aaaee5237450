"""The review meeting: the notice and the papers before it, the report and the decision after it (regs 20 and 21)."""

from collections.abc import Iterator
from datetime import date, timedelta

from statute.attributes import day_of
from statute.facts import Fact
from statute.limit import Limit
from statute.limits_of_reviews import REG21
from statute.review_case import ReviewCase, meeting_day
from statute.row import Row, settle
from statute.standing import in_order
from statute.timeline import State
from statute.words import count, day_words

_TWO_WEEKS = timedelta(weeks=2)
_FOUR_WEEKS = timedelta(weeks=4)
_ONLY_HALF = "The decision to amend was sent, but not yet the amendment notice that belongs to it."


def notice(limit: Limit, case: ReviewCase) -> Iterator[Row]:
    """Two weeks' notice of the day of the meeting; an invitation to another day gives no notice of this one."""
    row = _before_the_meeting(limit, case)
    invited = _by_the_day(case.all("review_invited"), row.start)
    row.met = next((fact for fact in invited if day_of(fact, "meeting") in (None, row.start)), None)
    if row.met is None and invited and row.start is not None:
        row.notes.append(f"The invitations recorded name another day than {day_words(row.start)}.")
    yield _settled_before(row, case)


def papers(limit: Limit, case: ReviewCase) -> Iterator[Row]:
    """The advice goes to everyone invited two weeks before the meeting, whatever day they were told first."""
    row = _before_the_meeting(limit, case)
    row.met = next(iter(_by_the_day(case.all("review_papers_sent"), row.start)), None)
    yield _settled_before(row, case)


def report(limit: Limit, case: ReviewCase) -> Iterator[Row]:
    """The report, within two weeks; once the decision is out without it nobody waits for it any more."""
    row = _from_the_meeting(of_regulation_21(limit, case), case)
    row.met = case.first("review_report_received")
    row.closed = case.decision if row.met is None else None
    yield _closed(settle(row), "The decision was sent")


def decision(limit: Limit, case: ReviewCase) -> Iterator[Row]:
    """The decision, within four weeks of the meeting: to amend only together with the notice (Devon)."""
    row = _from_the_meeting(of_regulation_21(limit, case), case)
    row.met = None if row.start is None else decided(case)
    if row.met is not None and row.met.kind in ("decision_amend", "amendment_notice_sent"):
        row.done = "The decision to amend and the amendment notice had both been sent"
    settle(row)
    if row.met is None and row.due is not None and not case.void and case.first("decision_amend") is not None:
        row.notes.append(
            "The decision to amend was sent without the amendment notice, so it does not meet the four weeks."
        )
    if case.untold and not case.void and row.met is None:
        said = day_words(case.untold[-1].day)
        row.notes.append(f"The decision of {said} is not recorded as sent to the family, so it meets nothing.")
    yield row


def local_decision(limit: Limit, case: ReviewCase) -> Iterator[Row]:
    """A norm beside the law: two weeks from the report, never later than the legal day. It is never overdue."""
    report = case.first("review_report_received")
    row = Row(limit, case, report, report.day if report else None, None, met=decided(case) if report else None)
    if report is not None:
        legal = case.meeting.day + _FOUR_WEEKS if case.meeting else date.max
        row.norm = min(report.day + _TWO_WEEKS, legal)
    row.state = _norm_state(row)
    if row.state is State.RUNNING:
        row.because = _ONLY_HALF if case.first("decision_amend") else "The decision has not been sent yet."
    yield row


def decided(case: ReviewCase) -> Fact | None:
    """What meets the four weeks: the decision to keep or cease, or the later of that to amend and its notice."""
    found = [fact for kind in ("decision_maintain", "decision_cease") for fact in case.all(kind)[:1]]
    amend = case.first("decision_amend")
    notice = first_notice(case)
    if amend is not None and notice is not None:
        found.append(max(amend, notice, key=in_order))
    if not found and case.completed is not None and case.completed.kind != "decision_amend":
        return case.completed
    return min(found, key=in_order, default=None)


def first_notice(case: ReviewCase) -> Fact | None:
    """The first amendment notice that can belong to the review: not one from before its meeting and decision."""
    begun = [fact.day for fact in (case.meeting, case.first("decision_amend")) if fact is not None]
    since = min(begun, default=date.min)
    return next((fact for fact in case.all("amendment_notice_sent") if fact.day >= since), None)


def _norm_state(row: Row) -> State:
    if row.case.void:
        return State.NOT_APPLICABLE
    if row.start is None:
        return State.NOT_STARTED if row.case.ended is None else State.NOT_APPLICABLE
    if row.met is not None:
        return State.MET
    return State.RUNNING if row.case.ended is None else State.NOT_APPLICABLE


def of_regulation_21(limit: Limit, case: ReviewCase) -> Limit:
    """The limit as it binds this review: with the words of regulation 21 where the authority arranges it."""
    return REG21[limit.id] if case.by_authority else limit


def _before_the_meeting(limit: Limit, case: ReviewCase) -> Row:
    event, day = meeting_day(case)
    row = Row(of_regulation_21(limit, case), case, event, day, None if day is None else limit.rule.last_day(day))
    row.practice = None if day is None else day - _TWO_WEEKS
    return row


def _by_the_day(facts: list[Fact], meeting: date | None) -> list[Fact]:
    """Those of before the meeting: what is sent after it gives nobody notice, nor does what names no day."""
    return [] if meeting is None else [fact for fact in facts if fact.day <= meeting]


def _settled_before(row: Row, case: ReviewCase) -> Row:
    """Once the meeting was held without it, it can no longer be done."""
    if row.met is None:
        row.closed = case.meeting
    return _closed(settle(row), "The meeting was held")


def _closed(row: Row, what: str) -> Row:
    """What can no longer be done, in the words of what happened without it."""
    if row.closed is not None and row.due is not None:
        late = (row.closed.day - row.due).days
        past = f", {count(late, 'day')} after that last day" if late > 0 else ""
        row.because = f"{what} on {day_words(row.closed.day)} without {row.limit.met_by}{past}."
    return row


def _from_the_meeting(limit: Limit, case: ReviewCase) -> Row:
    day = case.meeting.day if case.meeting else None
    return Row(limit, case, case.meeting, day, None if day is None else limit.rule.last_day(day))
