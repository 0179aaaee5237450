"""The letters to come of a case, as its page tells them."""

from dataclasses import replace
from datetime import UTC, date, datetime

from casework.forecast import Planned
from web.case_coming import coming

AT = datetime(2026, 12, 24, 8, 30, tzinfo=UTC)


def _planned(role: str, to: str = "somebody@council.example", kind: str = "warn") -> Planned:
    return Planned(kind, "reg5_decide", "", role, to, "", date(2027, 1, 1), AT, "day-7")


def test_the_same_to_several_is_told_in_one_line() -> None:
    (line,) = coming([_planned("caseworker"), _planned("manager")])
    assert line.day == date(2026, 12, 24)
    assert line.what.endswith("(Decide whether to assess)")
    assert line.to == "to the officer and the officer's manager"
    assert line.nowhere == ""


def test_staff_are_told_about_a_service_and_are_not_that_service() -> None:
    about = replace(_planned("caseworker", kind="papers"), subject="health", service="Community Paediatrics")
    (line,) = coming([about])
    assert line.to == "to the officer"
    (asked,) = coming([replace(about, role="adviser", kind="chase")])
    assert asked.to == "to Community Paediatrics"


def test_who_has_no_address_is_named() -> None:
    (line,) = coming([_planned("caseworker"), _planned("manager", to="")])
    assert line.nowhere == "the officer's manager"


def test_other_words_are_another_line() -> None:
    assert len(list(coming([_planned("caseworker"), _planned("caseworker", kind="breach")]))) == 2
