"""Moves to another phase of education: reg 18. The plan must name the receiving school, institution or type in time.

Staying in the sixth form of the same school is no transfer: it is asked, never derived from the year group.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from statute.attributes import codes_of, day_of
from statute.endings import ANOTHER_REVIEW_FOLLOWS, went_to_family
from statute.facts import Fact
from statute.limit import Limit
from statute.limits_of_plans import TRANSFER_LIMITS
from statute.review_case import ReviewCase
from statute.row import Row, settle
from statute.standing import in_order
from statute.words import day_words

_DAY = timedelta(days=1)
_WEEK = timedelta(weeks=1)
_NO_TRANSFER = "No move to another phase of education is recorded, so this limit does not bind."
_CARRIED = "It is still owed: it goes on with the next review of the plan."


@dataclass(frozen=True, slots=True)
class Backplan:
    """A phase transfer planned backwards from its last lawful day: the latest day for each step.

    `draft` is the amendment notice with the proposed amendments, which goes with the `decision`.
    """

    meeting: date
    report: date
    decision: date
    draft: date
    final: date


def backward(legal_due: date) -> Backplan:
    """The steps that lead to a final plan on `legal_due`: eight weeks for the amendment, four for the decision."""
    draft = legal_due - 8 * _WEEK
    meeting = draft - 4 * _WEEK
    return Backplan(meeting, meeting + 2 * _WEEK, draft, draft, legal_due)


def transfer_day(transfer: Fact) -> date:
    """The day of transfer: as `transfer` says it, else the day of the fact."""
    return day_of(transfer, "transfer") or transfer.day


def phase_transfers(limit: Limit, case: ReviewCase) -> Iterator[Row]:
    """One row for each kind of transfer: the earliest that is not met, else the last."""
    found = {kind: _transfer(kind, case) for kind in TRANSFER_LIMITS if _of_kind(case, kind)}
    yield from found.values()
    if not found:
        row = Row(limit, case, None, None, None)
        row.because = _NO_TRANSFER if case.started is not None else ""
        yield settle(row)


def unmet(case: ReviewCase) -> tuple[Fact, ...]:
    """The phase transfers for which no amended plan names where the child or young person goes."""
    waiting = [transfer for kind in TRANSFER_LIMITS for transfer, met in _answers(case, kind) if met is None]
    return tuple(sorted(waiting, key=in_order))


def names(plan: Fact, transfer: Fact) -> bool:
    """Whether the amended plan names the receiving school, institution or type of this transfer."""
    said = _named(plan)
    receiving = transfer.attributes.get("receiving", "").lower()
    if not said or "no" in said:
        return False
    # A plan may name the type alone (reg 18(1), s.40(2)), also where it is known which school is to receive.
    return not receiving or not said.isdisjoint({"yes", "type", receiving})


def _named(plan: Fact) -> frozenset[str]:
    """What the plan is recorded to name; `No` is no more a name than `no`."""
    return frozenset(code.lower() for code in codes_of(plan, "names_setting"))


def _transfer(kind: str, case: ReviewCase) -> Row:
    answers = _answers(case, kind)
    transfer, met = next((each for each in answers if each[1] is None), answers[-1])
    day = transfer_day(transfer)
    limit = TRANSFER_LIMITS[kind]
    row = Row(limit, case, transfer, day, limit.rule.last_day(day), kind, met=met)
    row.practice = row.due + _DAY if row.due else None
    settle(row)
    _not_named(row, case, transfer)
    if case.ended is not None and not case.void and met is None and case.ended.kind in ANOTHER_REVIEW_FOLLOWS:
        row.because = _CARRIED
    return row


def _not_named(row: Row, case: ReviewCase, transfer: Fact) -> None:
    plans = _plans(case)
    if row.met is not None or not plans or case.void:
        return
    said = _named(plans[-1])
    if said and "no" not in said:
        what = f"names {', '.join(sorted(said))}, not {transfer.attributes.get('receiving', '')}"
    else:
        what = "is not recorded to name" if not said else "does not name"
        what += " the receiving school, institution or type"
    row.notes.append(f"The amended plan of {day_words(plans[-1].day)} {what}, so it does not meet the phase transfer.")


def _of_kind(case: ReviewCase, kind: str) -> list[Fact]:
    return sorted((fact for fact in case.all("phase_transfer") if fact.subject == kind), key=transfer_day)


def _answers(case: ReviewCase, kind: str) -> list[tuple[Fact, Fact | None]]:
    """Each transfer of that kind, by its day, with the plan that met it: never one from before the transfer before."""
    found: list[tuple[Fact, Fact | None]] = []
    since = date.min
    for transfer in _of_kind(case, kind):
        met = next((plan for plan in _plans(case) if plan.day > since and names(plan, transfer)), None)
        found.append((transfer, met))
        since = transfer_day(transfer)
    return found


def _plans(case: ReviewCase) -> Sequence[Fact]:
    sent = [fact for fact in case.all("amended_plan_sent") if went_to_family(fact)]
    return sorted([*sent, *case.all("plan_amended")], key=in_order)
