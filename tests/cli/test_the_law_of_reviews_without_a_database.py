"""`ehcp timeline annual-review`: the law of reviews for anybody, on typed facts."""

import pytest

from tests.cli.conftest import Ehcp
from tests.cli.test_the_law_without_a_database import COLUMNS

LIMITS = {
    "s44_review",
    "reg27_review",
    "reg15_inform",
    "reg15_review",
    "reg18_phase_transfer",
    "reg20_notice",
    "reg20_papers",
    "reg20_report",
    "local_report_decision",
    "reg20_decision",
    "reg22_representations",
    "reg22_final",
    "devon_final",
    "s45_hold",
    "code_early_years",
    "code_term_list",
}
FACTS = ("decision_amend=2025-02-14;to=family,setting", "review_meeting=2025-01-20", "plan_made=2024-03-01")


def typed(law: Ehcp, *facts: str, as_of: str, more: tuple[str, ...] = ()) -> dict[tuple[str, str], dict[str, object]]:
    words = [word for fact in facts for word in ("--fact", fact)]
    done = law("timeline", "annual-review", *words, *more, "--as-of", as_of, "--json")
    assert done.code == 0, done.err
    assert (done.json["process"], done.json["as_of"]) == ("annual-review", as_of)
    return {(d["limit"], d["subject"]): d for d in done.json["deadlines"]}


def test_every_limit_is_there_with_every_column_in_whatever_order_the_facts_are_typed(law: Ehcp) -> None:
    found = typed(law, *FACTS, as_of="2025-02-20")
    assert {limit for limit, _ in found} == LIMITS
    assert all(set(row) == COLUMNS and row["explanation"] for row in found.values())
    days = {limit: (row["legal_due"], row["state"], row["days"]) for (limit, _), row in found.items()}
    assert days["s44_review"] == ("2025-02-28", "met", -14)
    assert days["reg20_decision"] == ("2025-02-17", "overdue", 3)
    assert days["devon_final"] == ("2025-04-14", "running", -53)
    assert days["reg22_final"] == (None, "not_started", None)
    assert found == typed(law, *reversed(FACTS), as_of="2025-02-20")


def test_a_term_gives_the_list_its_day_and_a_phase_transfer_may_lie_ahead(law: Ehcp) -> None:
    facts = ("phase_transfer:school=2030-09-02", "plan_made=2024-03-01")
    found = typed(law, *facts, as_of="2025-03-01", more=("--term", "2025-04-28"))
    assert found["code_term_list", ""]["legal_due"] == "2025-04-13"
    assert found["code_term_list", ""]["practice_due"] == "2025-04-14"
    assert found["reg18_phase_transfer", "school"]["legal_due"] == "2030-02-14"


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        (("review_meeting=2025-01-20",), "A case begins with plan_made"),
        (("plan_made=2024-03-01", "review_meeting=2024-02-20"), "before the plan was made"),
        (("plan_made=2024-03-01", "request_received=2024-04-01"), "belongs to an assessment"),
    ],
)
def test_a_refused_fact_ends_with_its_reason(law: Ehcp, facts: tuple[str, ...], reason: str) -> None:
    done = law("timeline", "annual-review", *(word for fact in facts for word in ("--fact", fact)), "--json")
    assert done.code != 0
    assert done.out == ""
    assert reason.replace(" ", "") in "".join(done.err.split())


def test_a_term_is_for_reviews_alone(law: Ehcp) -> None:
    done = law("timeline", "assessment", "--fact", "request_received=2024-09-02", "--term", "2025-04-28")
    assert done.code == 2
    assert "annual-review" in done.err


def test_two_reviews_typed_at_once_are_told_apart(law: Ehcp) -> None:
    facts = ("plan_made=2023-03-01", "decision_maintain=2024-02-01;to=family,setting", "review_meeting=2025-01-20")
    words = [word for fact in facts for word in ("--fact", fact)]
    done = law("timeline", "annual-review", *words, "--as-of", "2025-02-01", "--json")
    assert done.code == 0
    assert "Thisreviewended" in "".join(done.err.split())
