"""The attacker of `test_linked` on all other measures: advice, outcomes, cohorts, reviews as they go, and exceptions.

Here the attacker also looks for small numbers that no measure shows: of one kind of case, or of several together.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import chain, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorecard.measure import Measure, Shape
from scorecard.measures import MEASURES, measure
from scorecard.packs.amounts import Amounts, Key
from scorecard.packs.hiding import hidden_of
from scorecard.packs.linked import Whom
from tests.scorecard.packs import test_linked
from tests.scorecard.packs.attacker import (
    COUNT,
    Asks,
    Kind,
    anybody,
    found_out,
    has,
    key,
    makes,
    measures,
    named,
    of,
    row_of,
    shown,
    shown_rows,
)

SERVICES = ("Paediatrics", "Social care team")
_ANSWERED = (("nil", "sound"), ("said", "sound"), ("said", "insufficient"))
ADVICE = tuple(
    (service, *each)
    for service in SERVICES
    for each in (
        *(("on_time", "came", *answer) for answer in _ANSWERED),
        *(("late", "came", *answer) for answer in _ANSWERED),
        ("out",),
        *(("excepted", "came", *answer) for answer in _ANSWERED),
        ("excepted",),
        ("declined",),
    )
)
_OWED = has("on_time", "late", "out")
_ADVICE = {
    "advice_on_time": (_OWED, has("on_time")),
    "advice_not_returned": (_OWED, has("out")),
    "advice_declined": (has("declined"), has("declined")),
    "advice_nil": (has("came"), has("nil")),
    "advice_insufficient": (has("came"), has("insufficient")),
}


def both(one: Callable[[Kind], bool], other: Callable[[Kind], bool]) -> Callable[[Kind], bool]:
    return lambda kind: one(kind) and other(kind)


ADVICE_ASK: Asks = {
    **_ADVICE,
    **{
        f"{name}: {service}": (both(among, has(service)), counted)
        for (name, (among, counted)), service in product(_ADVICE.items(), SERVICES)
    },
}
LATE = [has("late"), *(both(has("late"), has(service)) for service in SERVICES)]

OUTCOMES = (("issue",), ("not_issue", "in 16"), ("not_issue", "late"), ("not_made",), ("withdrawn",))
OUTCOMES_ASK: Asks = {
    "assessments_finished": (anybody, anybody),
    "assessments_issue": (anybody, has("issue")),
    "assessments_no_plan": (anybody, has("not_issue")),
    "assessments_not_decided": (anybody, has("not_made")),
    "assessments_withdrawn": (anybody, has("withdrawn")),
    "no_plan_sixteen_weeks": (has("not_issue"), has("in 16")),
    "no_plan_over_sixteen_weeks": (has("not_issue"), has("late")),
}

COHORT = tuple(product(("in time", "late"), ("excepted", "not")))
COHORT_ASK: Asks = {
    "due_in_time": (anybody, has("in time")),
    "due_in_time_ex": (has("not"), has("in time")),
    "went_late": (has("not"), has("late")),
}

RUNNING = (("can",), ("lost",))
RUNNING_ASK: Asks = {"saveable_now": (anybody, has("can")), "lost_already": (anybody, has("lost"))}

MOVED = (("none",), ("health",), ("social_care",), ("health", "social_care"))
MOVED_ASK: Asks = {
    "plans_without_advice": (anybody, has("health", "social_care")),
    "plans_without_health": (anybody, has("health")),
    "plans_without_social_care": (anybody, has("social_care")),
}

DECISIONS = tuple(product(("four", "late", "no meeting"), ("two", "after two", "no report")))
DECISIONS_ASK: Asks = {
    "review_decisions_four_weeks": (has("four", "late"), has("four")),
    "review_decisions_of_report": (has("two", "after two"), has("two")),
}

_OVERDUE = ("4 to 8 weeks", "9 to 12 weeks", "over 52 weeks")
WAITING = tuple(product(("up to 2", "2 to 4", *_OVERDUE), ("report", "no report")))
WAITING_ASK: Asks = {
    "reports_missing": (has("2 to 4", *_OVERDUE), has("no report")),
    "reviews_undecided": (has(*_OVERDUE), anybody),
    **{f"reviews_undecided: {band}": (has(band), anybody) for band in _OVERDUE},
}

GROUNDS = ("coronavirus", "missed appointment", "exceptional circumstances")
RELIEFS = tuple(product(GROUNDS, ("before", "after")))
RELIEFS_ASK: Asks = {
    "exceptions": (anybody, anybody),
    **{f"exceptions: {ground}": (has(ground), anybody) for ground in GROUNDS},
    "exceptions_after_the_day": (anybody, has("after")),
}

AGES = ("up to 4 years", "5 to 10 years", "11 to 15 years")
CHILDREN = tuple(product(AGES, ("up to 6 weeks", "over 52 weeks")))
CHILDREN_ASK: Asks = {
    "open_assessments": (anybody, anybody),
    "open_over_a_year": (anybody, has("over 52 weeks")),
    **{f"open_assessments: {band}": (has(band), anybody) for band in ("up to 6 weeks", "over 52 weeks")},
    "open_by_age": (anybody, anybody),
    **{f"open_by_age: {age}": (has(age), anybody) for age in AGES},
}


def by_parts(name: str, parts: Sequence[str]) -> tuple[Asks, Sequence[Kind]]:
    """A count and its parts, and nothing beside."""
    return {name: (anybody, anybody), **{f"{name}: {each}": (has(each), anybody) for each in parts}}, [
        (each,) for each in parts
    ]


def one_share(name: str) -> tuple[Asks, Sequence[Kind]]:
    """A share that hangs together with nothing."""
    return {name: (anybody, has("yes"))}, [("yes",), ("no",)]


Family = tuple[Asks, Sequence[Kind]]
FAMILIES: Mapping[str, Family] = {
    "advice": (ADVICE_ASK, ADVICE),
    "outcomes": (OUTCOMES_ASK, OUTCOMES),
    "cohort": (COHORT_ASK, COHORT),
    "running": (RUNNING_ASK, RUNNING),
    "moved": (MOVED_ASK, MOVED),
    "review decisions": (DECISIONS_ASK, DECISIONS),
    "reviews that wait": (WAITING_ASK, WAITING),
    "exceptions": (RELIEFS_ASK, RELIEFS),
    "children": (CHILDREN_ASK, CHILDREN),
    "changed": by_parts("refusals_overturned", ("agreed in mediation", "ordered by the Tribunal", "-")),
    "appeals": by_parts("review_appeals", ("B,F", "I", "-")),
    "aligned": by_parts("reviews_aligned", ("continuing care", "looked-after child")),
    "actioned": one_share("reviews_actioned"),
    "withdrawn": one_share("withdrawals_after_six_weeks"),
    "named": one_share("transfers_named"),
    "to name": one_share("transfers_to_name"),
    "nobody's": one_share("cases_without_officer"),
}
NOBODY_PRINTS: Mapping[str, Sequence[Callable[[Kind], bool]]] = {"advice": LATE}
SMALL = (1, 2, 3, 4)


def only(kind: Kind) -> Callable[[Kind], bool]:
    return lambda each: each == kind


def given_away(
    family: str, kinds: Mapping[Kind, int], figures: Mapping[Key, Amounts], hide: frozenset[Whom]
) -> list[object]:
    """Small numbers that no measure shows and that can be made of those that are shown."""
    asks = FAMILIES[family][0]
    known = shown_rows(asks, list(kinds), figures, hide)
    looked_for = [*map(only, kinds), *NOBODY_PRINTS.get(family, ())]
    return [
        [kind for kind in kinds if asked(kind)]
        for asked in looked_for
        if 0 < sum(number for kind, number in kinds.items() if asked(kind)) < 5
        and makes(known, row_of(asked, list(kinds)))
    ]


@pytest.mark.parametrize("family", FAMILIES)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_no_hidden_or_small_count_is_made_of_shown_ones(family: str, data: st.DataObject) -> None:
    asks, kinds = FAMILIES[family]
    numbers = data.draw(st.lists(COUNT, min_size=len(kinds), max_size=len(kinds)))
    counted = dict(zip(kinds, numbers, strict=True))
    figures = of(asks, counted)
    hide = hidden_of(measures(asks), figures, 5)
    assert found_out(asks, kinds, figures, hide) == []
    assert given_away(family, counted, figures, hide) == []
    for name in asks:
        counts, told = figures[key(name)], shown(name, figures, hide)
        assert counts.numerator not in SMALL or told.numerator is None
        assert counts.denominator not in SMALL or told.denominator is None


def test_every_measure_is_attacked_somewhere() -> None:
    """A new measure must be thought about here or in `test_linked`."""
    asks = chain.from_iterable(
        [*(family[0] for family in FAMILIES.values()), *(each for each, _ in test_linked.FAMILIES)]
    )
    attacked = {named(name)[0].id for name in asks}
    there: list[Measure] = [
        each for each in MEASURES if each.shape is not Shape.FED and each.until == 9999 and not each.for_managers
    ]
    assert {each.id for each in there} == attacked
    assert measure("caseload").for_managers
