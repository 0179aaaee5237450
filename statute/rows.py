"""How each limit of an assessment stands: one function per limit, named after what it limits."""

from collections.abc import Iterator
from datetime import date

from statute.advice import Request
from statute.case import Case
from statute.consultation import consultations
from statute.endings import went_to_family
from statute.facts import Fact
from statute.limit import Limit
from statute.norms import advice_norm_due
from statute.row import Row, settle
from statute.timeline import State
from statute.window import representations_row

__all__ = [
    "advice",
    "consultation",
    "decide",
    "final_plan",
    "local_draft",
    "refuse_assessment",
    "refuse_plan",
    "representations",
]


def refuse_assessment(limit: Limit, case: Case) -> Iterator[Row]:
    """Reg 4(1): binds only a determination that a plan is not needed (s.36(5)), so it waits for a refusal."""
    row = _from_request(limit, case)
    refusals = case.all("decision_not_to_assess")
    # A refusal under s.36(9) alone follows an assessment already being considered: reg 5(1) alone governs it.
    row.met = next((fact for fact in refusals if fact.attributes.get("under") != "s36(9)"), None)
    yield _conditional(row, case.first("decision_to_assess", "decision_not_to_assess"))


def decide(limit: Limit, case: Case) -> Iterator[Row]:
    """Reg 5(1): met by the first decision, yes or no."""
    row = _from_request(limit, case)
    row.met = case.first("decision_to_assess", "decision_not_to_assess")
    yield settle(row)


def refuse_plan(limit: Limit, case: Case) -> Iterator[Row]:
    """Reg 10(1): binds only a decision not to issue a plan; there is no day for a decision to issue one."""
    row = _from_request(limit, case)
    row.met = case.first("decision_not_to_issue")
    if _replaced(row):
        yield row
    else:
        yield _conditional(row, row.met or case.first("decision_to_issue") or _final(case))


def final_plan(limit: Limit, case: Case) -> Iterator[Row]:
    """Reg 13(2): met when the final plan is sent to the family."""
    row = _from_request(limit, case)
    row.met = _final(case)
    yield row if _replaced(row) else settle(row)


def representations(limit: Limit, case: Case) -> Iterator[Row]:
    """Reg 13(1)(a): the family's own time to answer the draft."""
    yield representations_row(limit, case, case.all("draft_plan_sent"), _final(case))


def advice(limit: Limit, case: Case) -> Iterator[Row]:
    """Reg 8(1) or the Code: one row for each request that the limit binds."""
    mine = [request for request in case.requests if request.limit == limit.id]
    for request in sorted(mine, key=lambda each: each.subject):
        yield _asked(limit, case, request)
    if not mine:
        yield settle(Row(limit, case, None, None, None))


def consultation(limit: Limit, case: Case) -> Iterator[Row]:
    """The Code's 15 days: one row for each provider consulted."""
    mine = consultations(case.facts)
    for each in mine:
        row = Row(limit, case, each.asked, each.asked.day, limit.rule.last_day(each.asked.day), each.key)
        row.met = each.answered
        yield settle(row)
    if not mine:
        yield settle(Row(limit, case, None, None, None))


def local_draft(limit: Limit, case: Case) -> Iterator[Row]:
    """A local norm for the draft plan: no law gives a day for it, so it is never overdue."""
    row = Row(limit, case, case.started, _day(case.started), None)
    row.met = case.first("draft_plan_sent")
    if case.void:
        row.state = State.NOT_APPLICABLE
    elif row.met:
        row.state = State.MET
    elif case.ended:
        row.state = State.NOT_APPLICABLE
    elif case.started:
        row.state = State.RUNNING
    yield row


def _asked(limit: Limit, case: Case, request: Request) -> Row:
    start = request.start
    due = None if start is None else limit.rule.last_day(start)
    row = Row(limit, case, request.asked, start, due, request.subject, request=request)
    row.met, row.closed = request.answered, request.closed
    if case.norms:
        row.norm = advice_norm_due(case.norms, request.key, request.asked.attributes.get("body", ""), start)
    return settle(row)


def _from_request(limit: Limit, case: Case) -> Row:
    start = _day(case.started)
    return Row(limit, case, case.started, start, None if start is None else limit.rule.last_day(start))


def _conditional(row: Row, decided: Fact | None) -> Row:
    """A limit that binds only if the authority refuses: `decided` is the decision taken, whichever way."""
    settle(row)
    if row.state is State.NOT_STARTED or row.met is not None or row.case.void:
        return row
    row.state = State.CONDITIONAL if decided is None and row.case.ended is None else State.NOT_APPLICABLE
    return row


def _replaced(row: Row) -> bool:
    """Whether an agreement, a notice or an order has put other limits in the place of this one.

    The day on which it was done all the same is kept to be seen; only the state no longer judges it.
    """
    if row.case.replaced is None or row.case.void or row.due is None:
        return False
    row.state = State.REPLACED
    return True


def _final(case: Case) -> Fact | None:
    return next((fact for fact in case.all("final_plan_sent") if went_to_family(fact)), None)


def _day(fact: Fact | None) -> date | None:
    return None if fact is None else fact.day
