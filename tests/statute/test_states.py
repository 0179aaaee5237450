"""Which states each limit can be in: no more, no fewer."""

from datetime import date

from hypothesis import given

from statute.assessment import timeline
from statute.facts import Fact
from statute.timeline import State
from tests.statute.test_any_case import any_ledger, days
from tests.statute.test_explanation import CASES

S = State
OPEN = {S.RUNNING, S.DUE_SOON, S.DUE_TODAY, S.OVERDUE}
DONE = {S.MET, S.MET_LATE}
RELIEF = {S.LIFTED, S.MET_UNDER_RELIEF}
OVER = {S.ENDED_OVERDUE, S.NOT_APPLICABLE}

REACHABLE = {
    # Bind only a refusal: never open, so never overdue and never ended overdue.
    "reg4_refuse_assessment": {S.NOT_STARTED, S.CONDITIONAL, S.MET_UNDER_RELIEF, S.NOT_APPLICABLE} | DONE,
    "reg10_refuse_plan": {S.NOT_STARTED, S.CONDITIONAL, S.MET_UNDER_RELIEF, S.NOT_APPLICABLE, S.REPLACED} | DONE,
    "reg5_decide": {S.NOT_STARTED} | OPEN | DONE | RELIEF | OVER,
    "reg8_advice": {S.NOT_STARTED} | OPEN | DONE | RELIEF | OVER,
    "code_advice": {S.NOT_STARTED} | OPEN | DONE | RELIEF | OVER,
    # A minimum for the family.
    "reg13_representations": {S.NOT_STARTED, S.WINDOW_OPEN, S.WINDOW_CLOSED, S.NOT_APPLICABLE},
    "reg13_final_plan": {S.NOT_STARTED, S.REPLACED} | OPEN | DONE | RELIEF | OVER,
    # The Code gives no exceptions for it.
    "code_consultation": {S.NOT_STARTED} | OPEN | DONE | OVER,
    # A local norm: the law gives no day, so it is only there or not.
    "local_draft_plan": {S.NOT_STARTED, S.RUNNING, S.MET, S.NOT_APPLICABLE},
}


def test_every_state_that_a_limit_can_be_in_is_reached_and_explained() -> None:
    reached: dict[str, set[State]] = {}
    for limit, _, state, *_ in CASES:
        reached.setdefault(limit, set()).add(State(state))
    assert reached == REACHABLE


@given(any_ledger(), days)
def test_no_ledger_puts_a_limit_into_another_state(ledger: list[Fact], today: date) -> None:
    for row in timeline(ledger, today).deadlines:
        assert row.state in REACHABLE[row.limit], (row.limit, row.state)
