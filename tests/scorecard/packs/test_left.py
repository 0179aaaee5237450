"""What nobody shows and anybody can work out: two answers that came late, the one case without social care advice."""

from collections.abc import Mapping
from decimal import Decimal

from scorecard.figures import share
from scorecard.measures import measure
from scorecard.packs.amounts import Amounts, Key
from scorecard.packs.hiding import hidden_of, in_public


def told(counts: Mapping[str, tuple[int, int]], part: str = "") -> dict[str, tuple[int | None, int | None]]:
    """The counts that the public version shows."""
    figures: dict[Key, Amounts] = {
        (name, part): Amounts(number, of, share(number, of) or Decimal()) for name, (number, of) in counts.items()
    }
    measures = [measure(name) for name in counts]
    hide = [hidden_of(measures, figures, 5)]
    shown = {each.id: in_public(each, part, figures[each.id, part], hide) for each in measures}
    return {name: (each.numerator, each.denominator) for name, each in shown.items()}


def test_those_who_answered_late_are_not_what_is_left_of_all() -> None:
    """40 asked, 30 in time and 8 not at all: two answered late."""
    for part in ("", "Education psychology"):
        found = told({"advice_on_time": (30, 40), "advice_not_returned": (8, 40)}, part)
        assert None in (*found["advice_on_time"], *found["advice_not_returned"])


def test_nothing_is_hidden_where_enough_answered_late_or_none_did() -> None:
    for number in (20, 32):
        shown = {"advice_on_time": (number, 40), "advice_not_returned": (8, 40)}
        assert told(shown) == shown


def test_the_one_who_lacks_social_care_alone_is_not_a_difference() -> None:
    """10 lack one or the other, 9 of them health: one lacks social care alone."""
    found = told({
        "plans_without_advice": (10, 30), "plans_without_health": (9, 30), "plans_without_social_care": (6, 30),
    })  # fmt: skip
    assert None in (found["plans_without_advice"][0], found["plans_without_health"][0])


def test_the_two_who_lack_both_are_not_a_difference() -> None:
    """9 lack health, 8 social care and 15 one or the other: two lack both."""
    found = told({
        "plans_without_advice": (15, 40), "plans_without_health": (9, 40), "plans_without_social_care": (8, 40),
    })  # fmt: skip
    assert None in [number for number, _ in found.values()]
