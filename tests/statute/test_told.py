"""The notices of the law as a checklist: what is wanted, what is recorded, who was told."""

from collections.abc import Mapping

import pytest

from statute.kind import ANNUAL_REVIEW, ASSESSMENT
from statute.kinds import KINDS
from statute.notation import parse_fact
from statute.notices_of_assessments import NOTICES_OF_ASSESSMENTS
from statute.notices_of_reviews import NOTICES_OF_REVIEWS
from statute.told import Found, Told, checklist
from statute.wanted_notice import Who

REQUEST = "request_received=2026-06-19"
ASSESS = "decision_to_assess=2026-07-25"


def lines(*facts: str, process: str = ASSESSMENT) -> Mapping[str, Told]:
    return {each.notice.name: each for each in checklist(process, [parse_fact(fact) for fact in facts])}


@pytest.mark.parametrize("notice", [*NOTICES_OF_ASSESSMENTS, *NOTICES_OF_REVIEWS], ids=lambda notice: notice.name)
def test_every_notice_speaks_of_facts_that_there_are(notice: object) -> None:
    for name in ("kinds", "after", "unless"):
        assert set(getattr(notice, name)) <= set(KINDS)
    assert getattr(notice, "link").startswith("https://www.legislation.gov.uk/")  # noqa: B009


def test_the_decision_whether_to_assess_is_wanted_from_the_request_on() -> None:
    assert lines(REQUEST)["whether_to_assess"].found is Found.MISSING
    assert lines(REQUEST, ASSESS)["whether_to_assess"].found is Found.RECORDED


def test_nothing_is_missing_before_its_time() -> None:
    found = lines(REQUEST)
    assert found["final"].found is found["draft"].found is Found.NOT_YET


def test_a_refusal_must_hold_reasons_appeal_mediation_and_support() -> None:
    refusal = lines(REQUEST, "decision_not_to_assess=2026-07-25")["whether_to_assess"]
    assert refusal.notice.contents[0] == "the reasons"
    assert len(refusal.notice.contents) == 5
    assert not lines(REQUEST, ASSESS)["whether_to_assess"].notice.contents


def test_after_a_refusal_no_plan_is_wanted() -> None:
    assert not {"draft", "final", "advice"} & set(lines(REQUEST, "decision_not_to_assess=2026-07-25"))


def test_a_final_plan_must_reach_the_family_the_school_and_the_health_commissioner() -> None:
    sent = lines(REQUEST, ASSESS, "final_plan_sent=2026-11-01;to=parent,setting")["final"]
    assert sent.found is Found.UNSAID
    assert sent.told == {Who.FAMILY, Who.SETTING}
    assert sent.unsaid == {Who.HEALTH}
    everybody = lines(REQUEST, ASSESS, "final_plan_sent=2026-11-01;to=parent,setting,health_commissioner")["final"]
    assert everybody.found is Found.RECORDED


def test_an_entry_that_names_nobody_is_taken_to_have_gone_to_the_family() -> None:
    assert lines(REQUEST, ASSESS)["whether_to_assess"].told == {Who.FAMILY}


def test_what_the_ledger_has_no_entry_for_is_to_be_looked_for_in_the_file() -> None:
    assert lines(REQUEST)["considering"].found is Found.UNKNOWN


def test_a_decision_to_amend_wants_the_amendment_notice() -> None:
    made = ("plan_made=2025-11-01", "review_meeting=2026-10-01", "decision_amend=2026-10-20")
    found = lines(*made, process=ANNUAL_REVIEW)
    assert found["amendment_notice"].found is Found.MISSING
    assert "ceased" not in found
    kept = lines("plan_made=2025-11-01", "decision_maintain=2026-10-20", process=ANNUAL_REVIEW)
    assert "amendment_notice" not in kept
