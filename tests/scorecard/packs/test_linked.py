"""Whoever knows the definitions works out no hidden count: plans, requests, decisions, plans held and open cases."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorecard.measure import Measure
from scorecard.measures import MEASURES, measure
from scorecard.packs.amounts import Amounts
from scorecard.packs.hiding import hidden_of
from scorecard.packs.linked import cells_of, linked
from scorecard.packs.wholes import PARTITIONS
from scorecard.suppression import Relation
from tests.scorecard.packs.attacker import COUNT, Asks, Kind, anybody, found_out, has, key, measures, of, shown

PLANS = tuple(product(("in time", "to a year", "over a year"), ("excepted", "not")))
PLANS_ASK: Asks = {
    f"{name}{ex}": (has("not") if ex else anybody, counted)
    for ex in ("", "_ex")
    for name, counted in {
        "plans_issued": anybody,
        "plans_twenty_weeks": has("in time"),
        "plans_to_a_year": has("to a year"),
        "plans_over_a_year": has("over a year"),
        "weeks_to_plan": anybody,
        "median_weeks_to_plan": anybody,
    }.items()
} | {
    "plans_with_exception": (anybody, has("excepted")),
    "late_plans_issued": (has("not"), has("to a year", "over a year")),
}

REQUESTS = (("assess",), ("not_assess",), ("not_made",), ("withdrawn",))
REQUESTS_ASK: Asks = {
    "requests_received": (anybody, anybody),
    "requests_agreed": (anybody, has("assess")),
    "requests_refused": (anybody, has("not_assess")),
    "requests_not_decided": (anybody, has("not_made")),
    "requests_withdrawn": (anybody, has("withdrawn")),
}

DECIDED = (("six", "assess"), ("six", "refused"), ("late", "assess"), ("late", "refused"))
DECIDED_ASK: Asks = {
    "decisions_six_weeks": (anybody, has("six")),
    "decisions_over_six_weeks": (anybody, has("late")),
    "refusals_to_assess": (anybody, has("refused")),
}

REVIEWS = (
    ("new",),
    ("expected", "before"),
    ("expected", "never"),
    *(("expected", "done", *each) for each in product(("four", "late"), ("amend", "cease", "maintain", "none"))),
)
REVIEWS_ASK: Asks = {
    "plans_held": (anybody, anybody),
    "reviews_expected": (anybody, has("expected")),
    "reviews_completed": (has("expected"), has("done")),
    "reviews_completed_before": (has("expected"), has("before")),
    "reviews_not_completed": (has("expected"), has("never")),
    "reviews_four_weeks": (has("done"), has("four")),
    "reviews_over_four_weeks": (has("done"), has("late")),
    "reviews_expected_four_weeks": (has("expected"), has("four")),
    **{
        f"reviews_completed_{name}": (has("done"), has(outcome))
        for name, outcome in (("amend", "amend"), ("cease", "cease"), ("maintain", "maintain"), ("no_outcome", "none"))
    },
}
BANDS = ("up to 6 weeks", "7 to 16 weeks", "17 to 20 weeks", "21 to 52 weeks", "over 52 weeks")
OPEN = tuple(product(BANDS, ("excepted", "not")))
OPEN_ASK: Asks = {
    "open_assessments": (anybody, anybody),
    **{f"open_assessments: {band}": (anybody, has(band)) for band in BANDS},
    "open_over_twenty_weeks": (anybody, has(*BANDS[3:])),
    "open_over_a_year": (anybody, has(BANDS[4])),
    "open_by_age": (anybody, anybody),
    "still_late": (has("not"), has(*BANDS[3:])),
    "longest_wait": (anybody, anybody),
}
FAMILIES = (
    (PLANS_ASK, PLANS),
    (REQUESTS_ASK, REQUESTS),
    (DECIDED_ASK, DECIDED),
    (REVIEWS_ASK, REVIEWS),
    (OPEN_ASK, OPEN),
)


@pytest.mark.parametrize(
    ("asks", "kinds"),
    FAMILIES,
    ids=["plans", "requests", "decisions", "reviews", "open"],
)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_no_hidden_count_is_made_of_shown_ones(asks: Asks, kinds: Sequence[Kind], data: st.DataObject) -> None:
    numbers = data.draw(st.lists(COUNT, min_size=len(kinds), max_size=len(kinds)))
    figures = of(asks, dict(zip(kinds, numbers, strict=True)))
    hide = hidden_of(measures(asks), figures, 5)
    assert found_out(asks, kinds, figures, hide) == []
    small = [name for name in asks if figures[key(name)].numerator in (1, 2, 3, 4)]
    assert all(shown(name, figures, hide).numerator is None for name in small)


def test_the_year_so_far_is_protected_by_the_month_that_it_is() -> None:
    """Twelve requests in January: a denominator that is hidden is not read off the requests of the month."""
    figures = of(REQUESTS_ASK, {("assess",): 9, ("not_assess",): 3})
    found = linked(measures(REQUESTS_ASK), figures)
    (received, _), (_, year) = (cells_of(measure(name), "") for name in ("requests_received", "requests_agreed"))
    assert year is not None
    assert Relation(year, (received,)) in found.relations
    more = figures | {key("requests_received"): Amounts(2, None, Decimal(2))}
    assert Relation(year, (received,)) not in linked(measures(REQUESTS_ASK), more).relations


def test_two_excepted_plans_are_not_the_difference_of_two_totals() -> None:
    """20 plans, 18 without exceptions: the two that were excepted must not be found by taking one from the other."""
    figures = of(PLANS_ASK, {("in time", "not"): 9, ("to a year", "not"): 9, ("in time", "excepted"): 2})
    hide = hidden_of(measures(PLANS_ASK), figures, 5)
    whole, without = (shown(name, figures, hide) for name in ("plans_issued", "plans_issued_ex"))
    assert None in (whole.numerator, without.numerator)
    assert shown("plans_with_exception", figures, hide).numerator is None


def test_measures_that_are_said_to_be_a_whole_together_have_one_denominator() -> None:
    for group in PARTITIONS:
        whole = {(each.population, each.span, each.among) for each in map(measure, group)}
        assert len(whole) == 1, group


def test_every_measure_of_these_populations_is_attacked() -> None:
    """A new measure of plans, requests, decisions, plans held or open cases must be thought about here."""
    attacked = {key(name)[0] for asks, _ in FAMILIES for name in asks}
    populations = {(measure(name).population, measure(name).span) for name in attacked}
    there: list[Measure] = [
        each for each in MEASURES
        if (each.population, each.span) in populations and each.until == 9999 and not each.for_managers
    ]  # fmt: skip
    assert {each.id for each in there} == attacked
