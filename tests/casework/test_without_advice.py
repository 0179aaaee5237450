"""Deciding to issue a plan without health or social care advice: a person says why, and it stays to be seen."""

from datetime import date

import pytest
from sqlmodel import Session

from casework.actor import Actor
from casework.case_page import case_page
from casework.errors import Refused
from casework.opening import Opened
from casework.without_advice import issued_without
from tests.casework.support import NOW, OFFICER, Council

FILE = Actor("a.marsh", "import")
ISSUED = "decision_to_issue=2026-11-16"
WHY = "because=The paediatrician is away until January, and the family asked us not to wait"


@pytest.fixture
def case(council: Council) -> Opened:
    case = council.opens()
    council.records(case, "decision_to_assess=2026-10-01", "advice_received:social_care=2026-11-02", confirm=True)
    return case


def test_it_is_refused_until_a_person_says_what_is_missing_and_why_even_when_confirmed(
    council: Council, case: Opened
) -> None:
    with pytest.raises(Refused, match="add without=health and because="):
        council.records(case, ISSUED, confirm=True)
    with pytest.raises(Refused, match="because is empty"):
        council.records(case, f"{ISSUED};without=health", confirm=True)
    with pytest.raises(Refused, match="add without=health"):
        council.records(case, f"{ISSUED};{WHY}", confirm=True)
    assert council.count("fact") == 3
    council.records(case, f"{ISSUED};without=health;{WHY}")
    assert council.count("fact") == 4


def test_the_page_of_the_case_shows_what_was_missing_and_the_reason(council: Council, case: Opened) -> None:
    council.records(case, f"{ISSUED};without=health;{WHY}")
    (shown,) = case_page(council.db, case.case_ref, OFFICER, NOW).without
    assert (shown.category, shown.day) == ("health", date(2026, 11, 16))
    assert shown.why.startswith("The paediatrician is away")


def test_a_file_is_itself_the_reason_and_the_figures_tell_that_nobody_said_why(council: Council, case: Opened) -> None:
    council.records(case, ISSUED, actor=FILE)
    explained = council.opens()
    council.records(explained, "decision_to_assess=2026-10-01")
    council.records(explained, f"{ISSUED};without=health,social_care;{WHY}")
    council.records(council.opens(), "decision_to_assess=2026-10-01")
    with Session(council.db) as session:
        found = issued_without(session, date(2026, 11, 1), date(2026, 11, 30))
        assert issued_without(session, date(2026, 12, 1), date(2026, 12, 31)) == []
    said = {(each.mail_ref, each.category, each.said_why) for each in found}
    assert said == {
        (case.mail_ref, "health", False),
        (explained.mail_ref, "health", True),
        (explained.mail_ref, "social_care", True),
    }
