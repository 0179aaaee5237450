"""The read model of a review says on every day of it what the law says on that day, and nothing of days to come."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from casework.spells import spells, standing_of
from statute.facts import Fact
from statute.notation import parse_fact
from statute.processes import timeline_of

REVIEW = "annual-review"
PLAN = ("plan_made=2023-06-01", "last_review=2024-09-02;meeting=2024-08-05;early_years=yes")
BEGINS, TODAY = date(2024, 9, 2), date(2026, 3, 31)
MET = ("review_invited=2025-06-02;meeting=2025-07-01", "review_papers_sent=2025-06-20", "review_meeting=2025-07-02")
AMENDED = ("decision_amend=2025-07-28", "amendment_notice_sent=2025-08-04;method=post")


def facts_of(said: Sequence[str]) -> list[Fact]:
    """The facts of a plan that was last reviewed on 2 September 2024, and these."""
    return [replace(parse_fact(text), sequence=place) for place, text in enumerate((*PLAN, *said), start=1)]


@pytest.mark.parametrize(
    "said",
    [
        (),
        (*MET, "review_report_received=2025-07-20;recommends=maintain", "decision_maintain=2025-09-01"),
        (*MET, *AMENDED, "amended_plan_sent=2025-10-20;to=family;names_setting=117222"),
        (*MET, *AMENDED, "decided_not_to_amend=2025-09-15", "reopened=2025-10-01"),
        (*MET, "decision_cease=2025-07-28;reason=4", "appeal_registered=2025-09-01", "plan_ceased=2026-02-02"),
        (*MET, "decision_cease=2025-07-28", "appeal_determined=2025-12-01;outcome=allowed"),
        ("phase_transfer:post16=2026-09-01;receiving=120000", *MET, *AMENDED),
        ("phase_transfer:school=2025-01-10;transfer=2025-09-01", "corrected:phase_transfer:school=2025-01-11"),
        ("transferred_in=2025-05-05;from_authority=330;family_told_on=2025-06-20",),
        ("amendment_notice_sent=2025-02-03", "amended_plan_sent=2025-03-03;to=family"),
        ("plan_amended=2024-12-02;after=reassessment", "moved_away=2025-11-03"),
        ("corrected:last_review=2024-10-01", *MET, "retracted:review_meeting=2025-07-02"),
    ],
)
def test_spells_agree_with_the_law_on_every_day_of_a_review(said: tuple[str, ...]) -> None:
    facts = facts_of(said)
    laid = spells(REVIEW, facts, TODAY)
    day = BEGINS
    while day <= TODAY:
        timeline = timeline_of(REVIEW, facts, day)
        if timeline.started_on is not None:
            begun = {(d.limit, d.subject): (standing_of(d.state), d.legal_due) for d in timeline.deadlines if d.start}
            told = [s for s in laid if s.from_day <= day and (s.to_day is None or s.to_day > day)]
            assert {s.key: (s.standing, s.legal_due) for s in told} == begun, day
        day += timedelta(days=1)


def test_a_plan_has_few_rows_and_none_of_a_day_to_come() -> None:
    laid = spells(REVIEW, facts_of(["phase_transfer:post16=2026-09-01"]), date(2024, 10, 1))
    assert {(spell.limit, spell.from_day, spell.to_day) for spell in laid} == {
        ("s44_review", BEGINS, None),
        ("code_early_years", BEGINS, None),
        ("reg18_phase_transfer", BEGINS, None),
    }
