"""Which days a calendar can move at all: what the search for the cases near a changed day relies on."""

from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from casework.calendar_moves import COUNTED_IN_WORKING_DAYS, REACH, changed_days
from casework.calendar_words import FIELD_WORDS
from statute.calendar import ENGLAND, Calendar
from statute.facts import Fact
from statute.judgement import judge
from statute.notation import parse_fact
from statute.processes import timeline_of
from statute.timeline import OPEN, Deadline
from tests.statute.test_any_case import BEGAN, any_ledger

DAYS = [BEGAN + timedelta(days=number) for number in range(0, 300)]
REVIEW = (
    "review_meeting={}",
    "decision_amend={}",
    "decision_cease={};reason=not_necessary",
    "amendment_notice_sent={};method=post",
    "amendment_notice_sent={}",
    "amended_plan_sent={};names_setting=no",
    "plan_ceased={};reason=not_necessary",
)


LAST = ("decision_cease={};reason=not_necessary", "amendment_notice_sent={};method=post")
BY_POST = "draft_plan_sent={};method=post"


@st.composite
def any_review(draw: st.DrawFn) -> list[Fact]:
    ledger = [Fact("plan_made", date(2023, 11, 1), sequence=1)]
    for form in draw(st.lists(st.sampled_from(REVIEW), max_size=4)):
        add(ledger, form, draw(st.sampled_from(DAYS)), "annual-review")
    add(ledger, draw(st.sampled_from(LAST)), draw(st.sampled_from(DAYS)), "annual-review")
    return ledger


@st.composite
def any_assessment(draw: st.DrawFn) -> list[Fact]:
    ledger = draw(any_ledger())
    add(ledger, BY_POST, draw(st.sampled_from(DAYS)), "assessment")
    return ledger


def add(ledger: list[Fact], form: str, day: date, process: str) -> None:
    """Record it, unless it is refused."""
    new = parse_fact(form.format(day))
    numbered = Fact(new.kind, new.day, new.subject, new.attributes, sequence=len(ledger) + 1)
    if not judge(ledger, numbered, DAYS[-1], process).refusals:
        ledger.append(numbered)


@given(any_assessment(), st.data())
def test_an_assessment_moves_only_near_the_changed_day(ledger: list[Fact], data: st.DataObject) -> None:
    assert_near("assessment", ledger, data)


@given(any_review(), st.data())
def test_a_review_moves_only_near_the_changed_day(ledger: list[Fact], data: st.DataObject) -> None:
    assert_near("annual-review", ledger, data)


def assert_near(process: str, ledger: Sequence[Fact], data: st.DataObject) -> None:
    """Change one day round about a day of the process, and look which of its days move."""
    today = max(fact.day for fact in ledger) + timedelta(days=data.draw(st.integers(0, 30)))
    said = timeline_of(process, ledger, today).deadlines
    days = [day for each in said for day in (each.start, each.legal_due) if day and is_tried(each)]
    changed = data.draw(st.sampled_from([*days, today])) + timedelta(days=data.draw(st.integers(-4, 1)))
    other = with_the_other(changed, data.draw(st.booleans()))
    old, new = data.draw(st.permutations([ENGLAND, other]))
    if not changed_days(old, new):
        return
    before = timeline_of(process, ledger, today, calendar=old).deadlines
    after = timeline_of(process, ledger, today, calendar=new).deadlines
    for was, now in zip(before, after, strict=True):
        if moved := {name for name in FIELD_WORDS if getattr(was, name) != getattr(now, name)}:
            assert is_near(was, moved, changed), (was, now)


def is_tried(deadline: Deadline) -> bool:
    """What binds, and the few limits that are counted in working days however they stand."""
    return deadline.limit in ("reg13_representations", "reg22_representations", "s45_hold") or deadline.state in OPEN


def with_the_other(day: date, closed: bool) -> Calendar:
    """England with that day a closure, a bank holiday, or (if it is one) a working day."""
    if closed:
        return ENGLAND.with_changes(closed=[day])
    if day in ENGLAND.bank_holidays:
        return ENGLAND.with_changes(removed=[day])
    return ENGLAND.with_changes(added=[day])


def is_near(was: Deadline, moved: set[str], changed: date) -> bool:
    if moved == {"operational_due"}:
        assert was.operational_due
        assert was.legal_due
        return was.operational_due <= changed <= was.legal_due
    assert was.limit in COUNTED_IN_WORKING_DAYS
    return any(day is not None and changed <= day <= changed + REACH for day in (was.start, was.legal_due))
