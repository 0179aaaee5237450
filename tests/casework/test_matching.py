"""Whether two records are about one child."""

from datetime import date

import pytest

from casework.matching import Identity, Likeness, likeness

BORN = date(2016, 3, 4)
ANNA = Identity("O'Neil-Brown", "Anna", BORN, "J810392614088")


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (Identity("Brown", "A", None, "J810392614088"), Likeness.SAME),
        (Identity("ONEIL BROWN", "anna", BORN), Likeness.SAME),
        (Identity("O’Neil Brown", "Ánna", BORN, "H810460817254"), Likeness.SAME),
        (Identity("O'Neil-Brown", "Amelia", BORN), Likeness.PERHAPS),
        (Identity("O'Neil-Brown", "Anna", date(2016, 4, 3)), Likeness.DIFFERENT),
        (Identity("O'Neil-Brown", "Anna", None), Likeness.DIFFERENT),
        (Identity("Brown", "Anna", BORN), Likeness.DIFFERENT),
        (Identity("", "", BORN), Likeness.DIFFERENT),
    ],
)
def test_one_child_is_one_number_or_one_name_and_birth_date(other: Identity, expected: Likeness) -> None:
    assert likeness(ANNA, other) is expected
    assert likeness(other, ANNA) is expected


def test_two_children_without_a_number_are_not_one_because_both_have_none() -> None:
    assert likeness(Identity("Ali", "Zara", None), Identity("Shah", "Omar", None)) is Likeness.DIFFERENT
