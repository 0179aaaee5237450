"""Numbers that stand for a child."""

import pytest

from casework.identifiers import tidy_upn, uln_is_valid, upn_is_valid


@pytest.mark.parametrize("upn", ["J810392614088", "H810460817254", "G810434214299"])
def test_a_unique_pupil_number_with_its_own_check_letter_is_verified(upn: str) -> None:
    assert upn_is_valid(upn)


@pytest.mark.parametrize(
    "upn",
    [
        "A810392614088",
        "J810392614089",
        "J81039261408",
        "J8103926140888",
        "8810392614088",
        "",
        "I810392614088",
        "J81039261408S",
    ],
)
def test_a_unique_pupil_number_that_does_not_add_up_is_not_verified(upn: str) -> None:
    assert not upn_is_valid(upn)


def test_a_temporary_number_ends_in_a_letter_and_is_checked_like_any_other() -> None:
    right = [letter for letter in "ABCDEFGHJKLMNPQRTUVWXYZ" if upn_is_valid(f"{letter}81039261408A")]
    assert len(right) == 1


def test_spaces_and_small_letters_in_a_pupil_number_do_not_matter() -> None:
    assert tidy_upn(" j810 392614088 ") == "J810392614088"


@pytest.mark.parametrize(
    ("uln", "right"), [("1000000001", False), ("1000000027", True), ("123", False), ("0123456789", False)]
)
def test_a_unique_learner_number_has_ten_digits_and_a_check_digit(uln: str, right: bool) -> None:
    assert uln_is_valid(uln) is right
