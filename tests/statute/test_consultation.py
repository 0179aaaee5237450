"""Consultations: fifteen days, the Code only, one row for each provider."""

import pytest

from tests.statute.saying import at, day, one

OPENED = ("request_received=2024-09-02", "decision_to_assess=2024-10-11", "draft_plan_sent=2024-12-16")
ASKED = "consulted:123456=2024-12-16"
LIMIT = "code_consultation"


@pytest.mark.parametrize(
    ("as_of", "said", "expected"),
    [
        ("2024-12-16", (), "running"),
        ("2024-12-17", (), "due_soon"),
        ("2024-12-31", (), "due_today"),
        ("2025-01-01", (), "overdue"),
        ("2025-01-10", ("consultation_reply:123456=2024-12-31;outcome=can_meet",), "met"),
        ("2025-01-10", ("consultation_reply:123456=2025-01-01",), "met_late"),
        ("2025-01-10", ("consultation_reply:654321=2024-12-20",), "overdue"),
        ("2025-01-10", ("consulted:123456=2025-01-05",), "overdue"),  # asked again: the first ask governs
        ("2025-01-10", ("consultation_reply:123456=2024-12-20", "consulted:123456=2025-01-05"), "due_soon"),
        ("2025-02-10", ("final_plan_sent=2025-01-20",), "ended_overdue"),
    ],
)
def test_a_provider_has_fifteen_days_to_answer(as_of: str, said: tuple[str, ...], expected: str) -> None:
    row = one(as_of, LIMIT, *OPENED, ASKED, *said, subject="123456")
    assert row.state == expected


def test_every_provider_has_its_own_row() -> None:
    found = at("2024-12-20", *OPENED, ASKED, "consulted:654321=2024-12-18").deadlines
    assert [(row.subject, row.legal_due) for row in found if row.limit == LIMIT] == [
        ("123456", day("2024-12-31")),
        ("654321", day("2025-01-02")),
    ]
    assert one("2024-12-20", LIMIT, *OPENED).state == "not_started"
