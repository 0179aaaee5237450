"""A forecast of a past day, made from the ledger: what was recorded of later days changes nothing in it."""

from datetime import date

from scorecard.forecast.limits import SIX_WEEKS, TWENTY_WEEKS
from scorecard.forecast.looking_ahead import forecast
from scorecard.forecast.looking_back import look_back
from tests.casework.support import Council
from tests.scorecard.conftest import counted_row, write

DAY = date(2026, 6, 30)


def test_later_facts_change_no_forecast_of_an_earlier_day(council: Council) -> None:
    undecided, agreed, drafted, refused = (
        council.opens(received, confirm=True) for received in ("2026-06-01", "2026-04-20", "2026-02-23", "2026-05-04")
    )
    write(council, agreed, "decision_to_assess=2026-05-25")
    write(council, drafted, "decision_to_assess=2026-03-30", "draft_plan_sent=2026-06-15")
    write(council, refused, "decision_not_to_assess=2026-06-08")
    council.opens("2026-06-30", confirm=True)
    before = forecast(council.db, DAY)
    assert [each.stage for each in before.chances].count("Draft plan sent or plan decided") == 1
    assert sum(before.of(each).cases for each in (SIX_WEEKS, TWENTY_WEEKS)) == 8

    write(council, undecided, "decision_to_assess=2026-07-06")
    write(council, agreed, "withdrawn=2026-07-08")
    write(council, drafted, "final_plan_sent=2026-07-13")
    write(council, refused, "refusal_changed=2026-07-20;why=tribunal_order")
    council.opens("2026-07-01", confirm=True)
    assert forecast(council.db, DAY) == before
    assert forecast(council.db, date(2026, 7, 20)) != before


def test_the_last_quarter_is_read_from_the_ledger(council: Council) -> None:
    case = council.opens("2026-02-23", confirm=True)
    write(council, case, "decision_to_assess=2026-03-30", "final_plan_sent=2026-07-13")
    found = look_back(council.db, date(2026, 11, 20)).of(TWENTY_WEEKS)
    assert [(each.met, each.missed) for each in found.months] == [(1, 0), (0, 0), (0, 0)]
    assert [each.forecast.open for each in found.months] == [1, 0, 0]


def test_who_relents_is_on_the_list_under_the_first_days_and_who_is_ordered_is_not(council: Council) -> None:
    relented, ordered = council.opens("2026-05-04", confirm=True), council.opens("2026-05-04", confirm=True)
    for case, why in ((relented, "own_accord"), (ordered, "tribunal_order")):
        write(council, case, "decision_not_to_assess=2026-06-08", f"refusal_changed=2026-06-22;why={why}")
    found = [each for each in forecast(council.db, DAY).chances if each.limit is TWENTY_WEEKS]
    assert [(each.due, each.stage) for each in found] == [(date(2026, 9, 21), "Agreed to assess")]
    assert counted_row(council, relented.case_ref)["process_id"] == found[0].process_id
