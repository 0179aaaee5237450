"""The read model in spells says on every day what the law says on that day."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.spells import Spell, spells, standing_of
from statute.facts import Fact
from statute.judgement import judge
from statute.notation import parse_fact
from statute.processes import timeline_of
from statute.standing import standing
from statute.timeline import State

STARTS = date(2025, 12, 15)
LONGEST = 190

# What can happen, and when about: days from the start; {d}, {e} and {f} are days drawn for the attributes.
HAPPENINGS = (
    "decision_to_assess={d}",
    "decision_not_to_assess={d}",
    "refusal_changed={d};why=own_accord",
    "refusal_changed={d};why=mediation_agreement",
    "advice_requested:health={d};section_31=yes",
    "advice_requested:health={d};section_31=yes;received_by_body={e}",
    "advice_requested:social_care={d};section_31=no",
    "advice_requested:health/slt={d};section_31=yes",
    "advice_received:health={d}",
    "advice_part:health={d}",
    "advice_insufficient:health={d}",
    "advice_nil:social_care={d}",
    "advice_cancelled:social_care={d}",
    "advice_reused:education={d};report_date={d}",
    "proceeding_without:health={d}",
    "decision_to_issue={d}",
    "decision_not_to_issue={d}",
    "draft_plan_sent={d};method=post",
    "draft_plan_sent={d};served={e}",
    "draft_plan_sent={d};served={d};reps_until={f}",
    "consulted:117222={d}",
    "consultation_reply:117222={d};outcome=can_meet",
    "final_plan_sent={d};to=family",
    "final_plan_sent={d};to=setting",
    "relief={d};ground=personal;from={d};to={f}",
    "relief={d};ground=absent_4w;from={d};to={f}",
    "relief={d};ground=personal;limit=reg13_final_plan;from={d};to={f};target={f}",
    "relief={d};ground=exceptional;limit=reg8_advice;subject=health;from={d};to={f}",
    "withdrawn={d}",
    "moved_away={d};to_authority=330",
    "reopened={d}",
    "corrected:request_received={d}",
    "corrected:decision_to_assess={d}",
    "retracted:decision_to_assess={d}",
    "retracted:withdrawn={d}",
    "mail_hold={d};from={d};to={f}",
)

DAYS = st.integers(0, LONGEST)
HAPPENING = st.tuples(st.sampled_from(HAPPENINGS), DAYS, st.integers(0, 5), st.integers(10, 60))


ON_NO_LIST = {State.NOT_STARTED, State.NOT_APPLICABLE}


def _facts(happenings: Sequence[tuple[str, int, int, int]]) -> list[Fact]:
    """What the law does not refuse of these, on top of a request."""
    known = [Fact("request_received", STARTS, attributes={"source": "1"}, sequence=1)]
    last = STARTS + timedelta(days=LONGEST)
    for text, offset, few, many in happenings:
        day = STARTS + timedelta(days=offset)
        filled = text.format(d=day, e=day + timedelta(days=few), f=day + timedelta(days=many))
        fact = replace(parse_fact(filled), sequence=len(known) + 1)
        if not judge(known, fact, last + timedelta(days=10)).refusals:
            known.append(fact)
    return known


def _on(laid: Sequence[Spell], day: date) -> dict[tuple[str, str], Spell]:
    held = [spell for spell in laid if spell.from_day <= day and (spell.to_day is None or spell.to_day > day)]
    by_key = {spell.key: spell for spell in held}
    assert len(by_key) == len(held), "two spells of one limit hold on one day"
    return by_key


def _assert_same_on_every_day(facts: Sequence[Fact], today: date) -> None:
    laid = spells("assessment", facts, today)
    day = min(fact.day for fact in standing(facts))
    while day <= today:
        timeline = timeline_of("assessment", facts, day)
        told = _on(laid, day)
        begun = [d for d in timeline.deadlines if d.start]
        assert set(told) == {(d.limit, d.subject) for d in begun}
        assert {d.state for d in timeline.deadlines if not d.start} <= ON_NO_LIST
        for deadline in begun:
            spell = told[deadline.limit, deadline.subject]
            overdue = spell.standing == "open" and spell.legal_due is not None and spell.legal_due < day
            assert overdue == (deadline.state is State.OVERDUE), (day, deadline, spell)
            assert spell.standing == standing_of(deadline.state), (day, deadline, spell)
            assert (spell.legal_due, spell.met_on, spell.target) == (
                deadline.legal_due,
                deadline.met_on,
                deadline.target,
            )
        day += timedelta(days=1)


@settings(max_examples=60, deadline=None)
@given(st.lists(HAPPENING, max_size=9))
def test_spells_say_what_a_fresh_timeline_says_on_every_day_of_any_case(
    happenings: list[tuple[str, int, int, int]],
) -> None:
    facts = _facts(happenings)
    today = max(STARTS + timedelta(days=LONGEST), *(fact.day for fact in facts))
    _assert_same_on_every_day(facts, today)


@pytest.mark.parametrize(
    "facts",
    [
        ("decision_to_assess=2026-01-20", "advice_requested:health=2026-01-22", "advice_received:health=2026-04-01"),
        ("withdrawn=2026-02-01", "reopened=2026-03-01", "decision_to_assess=2026-03-02"),
        ("decision_not_to_assess=2026-01-10", "refusal_changed=2026-03-01;why=tribunal_order"),
        ("relief=2026-03-01;ground=absent_4w;from=2025-12-20;to=2026-01-25",),
        ("relief=2026-03-01;ground=absent_4w;from=2025-12-20",),
        ("draft_plan_sent=2026-02-02;method=post", "final_plan_sent=2026-05-20"),
        ("corrected:request_received=2025-12-20",),
    ],
)
def test_spells_agree_with_the_law_on_every_day_of_a_case(facts: tuple[str, ...]) -> None:
    known = [Fact("request_received", STARTS, attributes={"source": "1"}, sequence=1)]
    known += [replace(parse_fact(fact), sequence=n) for n, fact in enumerate(facts, start=2)]
    _assert_same_on_every_day(known, STARTS + timedelta(days=200))


def test_a_spell_ends_where_the_next_begins_and_only_the_last_is_open_ended() -> None:
    facts = _facts([("decision_to_assess={d}", 60, 0, 10), ("withdrawn={d}", 80, 0, 10)])
    of_limit = [
        spell for spell in spells("assessment", facts, STARTS + timedelta(days=90)) if spell.limit == "reg5_decide"
    ]
    assert [spell.standing for spell in of_limit] == ["open", "met_late"]
    assert of_limit[0].to_day == of_limit[1].from_day
    assert of_limit[-1].to_day is None


def test_nothing_happens_to_spells_because_a_day_passes() -> None:
    facts = _facts([("decision_to_assess={d}", 20, 0, 10), ("advice_requested:health={d};section_31=yes", 21, 0, 10)])
    one = spells("assessment", facts, STARTS + timedelta(days=30))
    assert spells("assessment", facts, STARTS + timedelta(days=180)) == one


def test_a_case_opened_in_error_never_owed_anything() -> None:
    facts = _facts([("opened_in_error={d}", 100, 0, 10)])
    assert len(facts) == 2
    assert spells("assessment", facts, STARTS + timedelta(days=120)) == []
