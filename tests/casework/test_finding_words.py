"""What is meant by what somebody types into the box."""

from datetime import date

import pytest

from casework.finding_words import Meant, meant_by, read_birth

BORN = date(2015, 3, 27)


@pytest.mark.parametrize(
    "typed",
    [
        "27/3/2015",
        "27.03.2015",
        "27-3-2015",
        "27/3/15",
        "2015-03-27",
        "27 March 2015",
        "27th mar 2015",
        " 27 MAR 2015 ",
    ],
)
def test_a_date_of_birth_is_read_as_people_write_it(typed: str) -> None:
    assert meant_by(typed) == Meant(born=BORN)
    assert read_birth(typed, date(2026, 11, 20)) == BORN


@pytest.mark.parametrize("typed", ["", "31/2/2015", "27 Smarch 2015", "27/3/2099", "Khan", "27/3/2015 Khan"])
def test_what_is_no_date_of_birth_is_none(typed: str) -> None:
    assert read_birth(typed, date(2026, 11, 20)) is None


def test_a_name_a_date_and_a_number_are_told_apart() -> None:
    found = meant_by("Amira Khan 27/3/2015 a123456789012")
    assert found == Meant("A123456789012", BORN, ("Amira", "Khan"))


def test_two_words_are_forename_and_surname_or_the_reverse_or_one_name() -> None:
    assert meant_by("Amira Khan").names == (
        ("Amira", "Khan"),
        ("Khan", "Amira"),
        ("Amira Khan", ""),
        ("", "Amira Khan"),
    )


def test_before_a_comma_stands_the_surname() -> None:
    assert meant_by("van der Berg, Anna").names == (("van der Berg", "Anna"),)


def test_a_surname_of_several_words_is_parted_everywhere() -> None:
    assert ("van der Berg", "Anna") in meant_by("Anna van der Berg").names


@pytest.mark.parametrize("typed", [",", ",,", "Khan,", ", Amira", "   "])
def test_stray_commas_mean_nothing(typed: str) -> None:
    assert all(any(pair) for pair in meant_by(typed).names)


def test_more_words_than_a_name_has_are_not_tried() -> None:
    assert len(meant_by("a b c d e f g h i j k l").names) == 12
