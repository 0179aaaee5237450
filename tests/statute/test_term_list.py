"""The list of reviews before a term, which the Code asks for."""

import pytest

from tests.statute.saying import day
from tests.statute.saying_reviews import MADE, at

TERMS = ("2025-01-06", "2025-04-28", "2025-09-02")


@pytest.mark.parametrize(
    ("as_of", "start", "legal", "practice", "expected"),
    [
        ("2024-12-01", "2025-01-06", "2024-12-22", "2024-12-23", "running"),
        ("2024-12-22", "2025-01-06", "2024-12-22", "2024-12-23", "due_today"),
        ("2024-12-23", "2025-01-06", "2024-12-22", "2024-12-23", "not_applicable"),
        ("2025-01-06", "2025-04-28", "2025-04-13", "2025-04-14", "running"),
        ("2025-04-10", "2025-04-28", "2025-04-13", "2025-04-14", "due_soon"),
        ("2026-01-01", "2025-09-02", "2025-08-18", "2025-08-19", "not_applicable"),
    ],
)
def test_the_list_is_due_two_clear_weeks_before_the_next_term(
    as_of: str, start: str, legal: str, practice: str, expected: str
) -> None:
    found = at(as_of, MADE, terms=[day(term) for term in TERMS]).get("code_term_list")
    assert found is not None
    assert (found.start, found.legal_due) == (day(start), day(legal))
    assert (found.practice_due, found.state.value) == (day(practice), expected)


def test_without_a_term_there_is_no_day() -> None:
    found = at("2025-01-01", MADE).get("code_term_list")
    assert found is not None
    assert (found.legal_due, found.state.value) == (None, "not_started")
