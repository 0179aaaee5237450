"""Local norms: beside the law, never instead of it."""

import pytest

from statute.errors import NormError
from tests.statute.saying import at, day

SAID = ("request_received=2024-09-02", "decision_to_assess=2024-10-11")


def test_a_norm_is_a_day_of_its_own_beside_the_legal_one() -> None:
    row = at("2024-12-01", *SAID, norms={"reg13_final_plan": 18}).get("reg13_final_plan")
    assert row is not None
    assert (row.norm_due, row.legal_due, row.state) == (day("2025-01-06"), day("2025-01-20"), "running")
    assert "own norm, beside the law, is Monday 6 January 2025" in row.explain()


def test_a_missed_norm_is_not_overdue() -> None:
    row = at("2025-01-10", *SAID, norms={"reg13_final_plan": 18}).get("reg13_final_plan")
    assert row is not None
    assert row.state == "due_soon"
    assert "passed 4 days ago" in row.explain()


@pytest.mark.parametrize(
    ("as_of", "said", "expected"),
    [
        ("2024-12-01", (), "running"),
        ("2025-03-01", (), "running"),
        ("2025-03-01", ("draft_plan_sent=2024-12-01",), "met"),
        ("2025-03-01", ("draft_plan_sent=2025-01-05",), "met"),
        ("2025-03-01", ("withdrawn=2025-01-05",), "not_applicable"),
        ("2025-03-01", ("opened_in_error=2025-01-05",), "not_applicable"),
    ],
)
def test_the_local_day_for_a_draft_is_listed_only_as_a_norm(as_of: str, said: tuple[str, ...], expected: str) -> None:
    row = at(as_of, *SAID, *said, norms={"local_draft_plan": 14}).get("local_draft_plan")
    assert row is not None
    assert (row.norm_due, row.legal_due, row.operational_due, row.days) == (day("2024-12-09"), None, None, None)
    assert row.state == expected
    assert at(as_of, *SAID, *said).get("local_draft_plan") is None


def test_the_local_day_for_a_draft_waits_for_the_request() -> None:
    row = at("2024-12-01", norms={"local_draft_plan": 14}).get("local_draft_plan")
    assert row is not None and row.state == "not_started"


@pytest.mark.parametrize(
    ("norms", "why"),
    [
        ({"reg13_final_plan": 21}, "may only be tighter"),
        ({"reg5_decide": 7}, "longer than the 42 days"),
        ({"code_consultation": 3}, "longer than the 15 days"),
        ({"local_draft_plan": 21}, "may only be tighter"),
        ({"reg5_decide": 0}, "at least 1"),
        ({"reg13_representations": 2}, "a minimum for the family"),
        ({"reg5_decides": 5}, "Did you mean reg5_decide?"),
        ({"lunch": 5}, "There is no limit 'lunch'"),
    ],
)
def test_a_norm_that_is_none_is_refused(norms: dict[str, int], why: str) -> None:
    with pytest.raises(NormError, match=why.replace("?", r"\?")):
        at("2024-12-01", *SAID, norms=norms)
