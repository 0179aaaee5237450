"""Whatever is in the ledger of a plan, the law answers, and its days are those that counting by hand gives."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from statute.annual_review import LIMITS, timeline
from statute.facts import Fact
from statute.form import kinds_of
from statute.judgement import judge
from statute.kinds import ABOUT_THE_RECORD, KINDS, MAY_LIE_AHEAD, STARTS, About, Value
from statute.report import as_json
from statute.review_standing import completed_by, held_meeting, planned_meeting, review_due, unmet_transfers
from statute.timeline import OPEN, Deadline, State, Timeline

MADE = date(2024, 3, 1)
days = st.integers(min_value=-10, max_value=450).map(lambda n: MADE + timedelta(days=n))
SUBJECTS = {
    About.NOTHING: [""],
    About.TRANSFER: ["school", "post16", "post16_move"],
    About.ARRANGER: ["", "school", "authority"],
    About.KIND: ["plan_made", "last_review", "review_meeting", "decision_amend", "decision_maintain", "relief"],
}
WORTH = {"limit": ["reg20_decision", "s44_review", "reg22_final"], "names_setting": ["yes", "no", "123456"]}


@st.composite
def any_fact(draw: st.DrawFn) -> Fact:
    kind = KINDS[draw(st.sampled_from(sorted(kinds_of("annual-review"))))]
    attributes: dict[str, str] = {}
    for name, allowed in kind.attributes.items():
        if name in kind.required or draw(st.integers(min_value=0, max_value=3)) == 0:
            attributes[name] = draw(_value(name, allowed))
    return Fact(kind.name, draw(days), draw(st.sampled_from(SUBJECTS[kind.about])), attributes)


def _value(name: str, allowed: object) -> st.SearchStrategy[str]:
    if isinstance(allowed, tuple):
        return st.sampled_from([str(choice).rstrip("*") for choice in allowed])
    if allowed is Value.YES_NO:
        return st.sampled_from(["yes", "no"])
    if allowed in (Value.CODE, Value.TEXT):
        return st.sampled_from(WORTH.get(name, ["123456", "R1"]))
    return days.map(date.isoformat)


@st.composite
def any_ledger(draw: st.DrawFn) -> list[Fact]:
    """Facts that a judge let through, in the order in which they were recorded."""
    ledger = [Fact("plan_made", MADE, sequence=1)]
    for said in draw(st.lists(any_fact(), max_size=14)):
        new = Fact(said.kind, said.day, said.subject, said.attributes, sequence=len(ledger) + 1)
        if not judge(ledger, new, MADE + timedelta(days=500), "annual-review").refusals:
            ledger.append(new)
    return ledger


@given(any_ledger(), days)
def test_every_ledger_has_a_timeline_that_explains_itself(ledger: list[Fact], today: date) -> None:
    found = timeline(ledger, today)
    assert list(dict.fromkeys(row.limit for row in found.deadlines)) == list(LIMITS)
    assert len({(row.limit, row.subject) for row in found.deadlines}) == len(found.deadlines)
    assert all(row["explanation"].endswith(".") for row in as_json(found)["deadlines"])
    for row in found.deadlines:
        assert_the_state_agrees_with_the_days(found, row)


def assert_the_state_agrees_with_the_days(found: Timeline, row: Deadline) -> None:
    assert (row.days is None) == (row.legal_due is None)
    if row.limit == "local_report_decision":
        assert row.state in (State.NOT_STARTED, State.RUNNING, State.MET, State.NOT_APPLICABLE)
    elif row.days is None or row.legal_due is None:
        assert row.state in (State.NOT_STARTED, State.NOT_APPLICABLE, State.CONDITIONAL)
        assert row.met_on is None
    elif row.state in OPEN:
        assert found.ended_on is None
        assert (row.state is State.OVERDUE) == (found.as_of > row.legal_due)
    elif row.state in (State.MET, State.MET_LATE, State.MET_UNDER_RELIEF):
        assert row.met_on is not None
        assert (row.state is State.MET) == (row.met_on <= row.legal_due)
    elif row.state is State.ENDED_OVERDUE:
        assert row.days > 0


@given(any_ledger(), days)
def test_nothing_that_happens_later_changes_how_a_day_looked(ledger: list[Fact], today: date) -> None:
    plain = [fact for fact in ledger if fact.kind not in ABOUT_THE_RECORD]
    until = [fact for fact in plain if fact.day <= today or fact.kind in STARTS | MAY_LIE_AHEAD]
    assert timeline(plain, today).deadlines == timeline(until, today).deadlines


@given(any_ledger(), days)
def test_what_was_met_stays_met_on_that_day_until_it_is_taken_back(ledger: list[Fact], today: date) -> None:
    undoing = {*ABOUT_THE_RECORD, "reopened", "opened_in_error", "merged_into", "relief", "plan_amended"}
    plain = [fact for fact in ledger if fact.kind not in undoing]
    now, later = timeline(plain, today), timeline(plain, today + timedelta(days=400))
    for row in now.deadlines:
        if row.limit in ("s44_review", "reg20_report") and row.state in (State.MET, State.MET_LATE):
            after = later.get(row.limit)
            assert after is not None
            assert (after.state, after.legal_due, after.met_on) == (row.state, row.legal_due, row.met_on)


@given(any_ledger(), days)
def test_the_questions_of_the_house_always_have_an_answer(ledger: list[Fact], today: date) -> None:
    found = timeline(ledger, today)
    done = completed_by(ledger, today)
    assert done is None or done.day <= today
    assert all(fact.kind == "phase_transfer" for fact in unmet_transfers(ledger, today))
    for day in (planned_meeting(ledger), held_meeting(ledger), review_due(found)):
        assert day is None or isinstance(day, date)
    if found.ended_by in ("decision_maintain", "amended_plan_sent", "decided_not_to_amend", "appeal_determined"):
        assert done is not None


@given(st.lists(any_fact(), max_size=8), any_fact(), days)
def test_the_judge_answers_whatever_is_said(ledger: list[Fact], new: Fact, today: date) -> None:
    found = judge(ledger, new, today, "annual-review")
    assert all(sentence.endswith((".", "?")) for sentence in (*found.refusals, *found.confirmations, *found.warnings))


@given(st.dates(min_value=date(2014, 9, 1), max_value=date(2050, 12, 31)))
def test_twelve_months_starting_with_a_day_end_where_counting_day_by_day_ends(made: date) -> None:
    row = timeline([Fact("plan_made", made)], made).get("s44_review")
    assert row is not None and row.legal_due is not None
    # Walk until the next day would be the same date of the next year (1 March after a leap day): day 1 of year two.
    day = made
    while True:
        tomorrow = day + timedelta(days=1)
        anniversary = (made.month, made.day) if (made.month, made.day) != (2, 29) else (3, 1)
        if tomorrow.year == made.year + 1 and (tomorrow.month, tomorrow.day) == anniversary:
            break
        day = tomorrow
    assert row.legal_due == day
