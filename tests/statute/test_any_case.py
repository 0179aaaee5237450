"""Whatever is in a ledger, the law answers: no case is so odd that it has no timeline."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from statute.assessment import timeline
from statute.facts import Fact
from statute.form import kinds_of
from statute.judgement import judge
from statute.kinds import KINDS, About, Value
from statute.limits_of_assessments import LIMITS
from statute.report import as_json
from statute.timeline import OPEN, State, Timeline

BEGAN = date(2024, 9, 2)
days = st.integers(min_value=-10, max_value=250).map(lambda n: BEGAN + timedelta(days=n))
SUBJECTS = {
    About.NOTHING: [""],
    About.CATEGORY: ["health", "health/slt", "health/ot", "education", "social_care"],
    About.PROVIDER: ["123456", "654321"],
    About.KIND: ["request_received", "advice_requested:health", "withdrawn", "draft_plan_sent", "relief"],
}
WORTH = {"limit": ["reg5_decide", "reg8_advice", "reg13_final_plan"], "subject": ["health"]}


@st.composite
def any_fact(draw: st.DrawFn) -> Fact:
    kind = KINDS[draw(st.sampled_from(sorted(kinds_of("assessment"))))]
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
        return st.sampled_from(WORTH.get(name, ["slt", "R1"]))
    return days.map(date.isoformat)


@st.composite
def any_ledger(draw: st.DrawFn) -> list[Fact]:
    """Facts that a judge let through, in the order in which they were recorded."""
    ledger = [Fact("request_received", BEGAN, sequence=1)]
    for said in draw(st.lists(any_fact(), max_size=14)):
        new = Fact(said.kind, said.day, said.subject, said.attributes, sequence=len(ledger) + 1)
        if not judge(ledger, new, BEGAN + timedelta(days=300)).refusals:
            ledger.append(new)
    return ledger


@given(any_ledger(), days)
def test_every_ledger_has_a_timeline_that_explains_itself(ledger: list[Fact], today: date) -> None:
    found = timeline(ledger, today)
    assert list(dict.fromkeys(row.limit for row in found.deadlines)) == list(LIMITS)
    assert len({(row.limit, row.subject) for row in found.deadlines}) == len(found.deadlines)
    assert all(row["explanation"] for row in as_json(found)["deadlines"])
    assert_the_states_agree_with_the_days(found)


def assert_the_states_agree_with_the_days(found: Timeline) -> None:
    for row in found.deadlines:
        assert (row.days is None) == (row.legal_due is None)
        if row.days is None or row.legal_due is None:
            assert row.state in (State.NOT_STARTED, State.NOT_APPLICABLE)
            continue
        if row.state in OPEN:
            assert found.ended_on is None
            assert (row.state is State.OVERDUE) == (found.as_of > row.legal_due)
        if row.state in (State.MET, State.MET_LATE, State.MET_UNDER_RELIEF):
            assert row.met_on is not None
            assert (row.state is State.MET) == (row.met_on <= row.legal_due)
        if row.state is State.ENDED_OVERDUE:
            assert row.days > 0


@given(any_ledger(), days)
def test_nothing_that_happens_later_changes_how_a_day_looked(ledger: list[Fact], today: date) -> None:
    about_the_record = {"corrected", "retracted"}
    plain = [fact for fact in ledger if fact.kind not in about_the_record]
    until = [fact for fact in plain if fact.day <= today]
    assert timeline(plain, today).deadlines == timeline(until, today).deadlines


@given(st.lists(any_fact(), max_size=8), any_fact(), days)
def test_the_judge_answers_whatever_is_said(ledger: list[Fact], new: Fact, today: date) -> None:
    found = judge(ledger, new, today)
    assert all(sentence.endswith((".", "?")) for sentence in (*found.refusals, *found.confirmations, *found.warnings))
