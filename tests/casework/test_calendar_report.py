"""A calendar that runs out within a year is reported, where somebody depends on it."""

from datetime import date, timedelta

from sqlmodel import Session

from casework.calendar_changes import apply, work_out
from casework.calendar_edits import TakeTerms
from casework.calendar_report import Ending, ending
from casework.nightly import check
from casework.term_files import TermFile, TermRow
from statute.calendar import LAST_YEAR
from statute.words import day_words
from tests.casework.support import NOW, OFFICER, TODAY, Council


def take(council: Council, *terms: TermRow) -> None:
    plan = work_out(council.db, TakeTerms(TermFile(list(terms))), OFFICER, NOW)
    apply(council.db, plan, OFFICER, NOW)


def term(last: date, urn: str = "") -> TermRow:
    return TermRow(urn, last - timedelta(days=90), last)


def ends(council: Council, today: date = TODAY) -> Ending:
    with Session(council.db) as session:
        return ending(session, today)


def with_a_review(council: Council) -> None:
    """A child with a plan, at the setting 117222."""
    case = council.opens("2026-03-02")
    council.records(case, "decision_to_assess=2026-04-01", "final_plan_sent=2026-07-01;to=family", confirm=True)


def test_where_nobody_depends_on_term_dates_none_are_asked_for(council: Council) -> None:
    council.opens("2026-09-02")
    assert ends(council) == Ending()
    said = f"the bank holidays of England end on {day_words(date(LAST_YEAR, 12, 31))}"
    assert ends(council, date(LAST_YEAR, 2, 1)) == Ending((said,))


def test_a_review_at_a_setting_asks_for_term_dates(council: Council) -> None:
    with_a_review(council)
    assert ends(council) == Ending(("no term dates are recorded, although reviews are open at settings",))
    take(council, term(TODAY + timedelta(days=365)))
    assert ends(council) == Ending()


def test_term_dates_that_end_within_a_year_are_said_and_within_a_quarter_are_wrong(council: Council) -> None:
    take(council, term(date(2027, 7, 21)))
    assert ends(council) == Ending(("the term dates of the authority end on Wednesday 21 July 2027",))
    assert ends(council, date(2027, 4, 23)).soon


def test_a_settings_own_dates_are_looked_at_where_it_has_open_reviews(council: Council) -> None:
    take(council, term(date(2028, 7, 21)), term(date(2027, 7, 21), "117222"), term(date(2027, 3, 1), "117333"))
    assert ends(council) == Ending()
    with_a_review(council)
    said = "the own term dates of setting 117222 (Wednesday 21 July 2027) end within a year"
    assert ends(council) == Ending((said,))
    assert f"{said}; record what follows: 'ehcp calendar terms FILE'" in "\n".join(
        check(council.db, set(), NOW).problems
    )
