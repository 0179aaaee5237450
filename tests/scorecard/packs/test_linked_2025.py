"""Whoever knows the definitions works out no hidden count of reviews by the release of 2025, in a pack of 2024 either."""

from collections.abc import Sequence
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from scorecard.measures import in_force, measure
from scorecard.packs.hiding import hidden_of
from scorecard.packs.wholes import PARTITIONS
from tests.scorecard.packs.attacker import COUNT, Asks, Kind, anybody, found_out, has, key, measures, of, shown

OUTCOMES = ("amend", "cease", "maintain")
# A plan waits for the decision on its last meeting, and had one on the meeting before; or was decided without any.
KINDS: Sequence[Kind] = (
    ("new",),
    *(("expected", "never", outcome) for outcome in (*OUTCOMES, "none")),
    *(
        ("expected", "met", when, waits, *decided)
        for when, waits, decided in product(
            ("year", "other"),
            ("told", "due", "outstanding"),
            ((), *((outcome,) for outcome in OUTCOMES), *product(("four",), OUTCOMES), ("late", "none")),
        )
    ),
)


def decided(kind: Kind) -> bool:
    return "four" in kind or "late" in kind


def outcome(kind: Kind) -> bool:
    return any(each in kind for each in OUTCOMES)


ASKS: Asks = {
    "plans_held": (anybody, anybody),
    "reviews_expected": (anybody, has("expected")),
    "reviews_met_2025": (has("expected"), has("year")),
    "reviews_not_met_2025": (has("expected"), has("never")),
    "reviews_outstanding_2025": (has("met"), has("outstanding")),
    "reviews_not_due_2025": (has("met"), has("due")),
    "reviews_four_weeks_2025": (decided, has("four")),
    "reviews_over_four_weeks_2025": (decided, has("late")),
    "reviews_expected_four_weeks_2025": (has("expected"), has("four")),
    **{f"reviews_{each}_2025": (outcome, has(each)) for each in OUTCOMES},
}


@settings(max_examples=20, deadline=None)
@given(st.dictionaries(st.sampled_from(KINDS), COUNT, min_size=2, max_size=14))
def test_no_hidden_count_is_made_of_shown_ones(numbers: dict[Kind, int]) -> None:
    figures = of(ASKS, numbers)
    hide = hidden_of(measures(ASKS), figures, 5)
    assert found_out(ASKS, KINDS, figures, hide) == []
    small = [name for name in ASKS if figures[key(name)].numerator in (1, 2, 3, 4)]
    assert all(shown(name, figures, hide).numerator is None for name in small)


def test_the_one_plan_that_was_to_cease_is_not_what_the_others_leave() -> None:
    """52 outcomes, 31 to amend and 20 to keep: one to cease."""
    told = {("expected", "met", "year", "told", "four", name): n for name, n in zip(OUTCOMES, (31, 1, 20), strict=True)}
    figures = of(ASKS, told)
    hide = hidden_of(measures(ASKS), figures, 5)
    seen = [shown(f"reviews_{each}_2025", figures, hide) for each in OUTCOMES]
    assert seen[1].numerator is None
    assert None in (seen[0].numerator, seen[2].numerator, seen[0].denominator)


def test_those_whose_last_meeting_was_in_another_year_are_not_what_is_left() -> None:
    """50 expected, 40 met in the year and 8 never: the last meeting of two was in another."""
    figures = of(ASKS, {("expected", "met", "year", "told"): 40, ("expected", "never", "none"): 8,
                        ("expected", "met", "other", "told"): 2})  # fmt: skip
    hide = hidden_of(measures(ASKS), figures, 5)
    seen = [shown(f"reviews_{each}_2025", figures, hide) for each in ("met", "not_met")]
    assert None in (*(each.numerator for each in seen), seen[0].denominator)


def test_every_measure_of_that_release_is_attacked() -> None:
    there = {each.id for each in in_force(2024) if (each.population, each.span) == ("held", measure("plans_held").span)}
    assert there == set(ASKS)
    assert [f"reviews_{each}_2025" for each in OUTCOMES] in map(list, PARTITIONS)
